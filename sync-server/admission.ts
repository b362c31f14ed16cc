/**
 * Who may open what. Invariant: a session or membership that ended while the question was being answered is not
 * admitted: the answer is asked for again.
 */
import type { IncomingMessage } from 'node:http';
import { CLOSE } from '../src/lib/protocol/closeCodes';
import { parseRoom, type Room } from '../src/lib/protocol/rooms';
import type { AccessLevel, Caller, RelayAccess, RelayLog } from './ports';
import type { Channel } from './channel';
import type { Rooms } from './rooms';
import type { StoreQuota } from './storeQuota';
import type { UserId } from '../src/lib/domain/ids';

export interface AdmissionOptions {
	readonly access: RelayAccess;
	readonly rooms: Rooms;
	readonly quota: StoreQuota;
	readonly log: RelayLog;
}

interface NotAdmitted {
	readonly code: number;
	readonly reason: string;
}

/** What the host has allowed, until some session or membership ends: then it is to be asked again. */
export interface WritePermit {
	holds(): boolean;
}

export class Admission {
	readonly #access: RelayAccess;
	readonly #rooms: Rooms;
	readonly #quota: StoreQuota;
	readonly #log: RelayLog;
	#revocations = 0;

	constructor({ access, rooms, quota, log }: AdmissionOptions) {
		this.#access = access;
		this.#rooms = rooms;
		this.#quota = quota;
		this.#log = log;
	}

	/** Some session or membership has ended. */
	revoked(): void {
		this.#revocations += 1;
	}

	/** Calls `use` with the caller of a request, in the turn in which that holds; gives why there is none. */
	async callerOf(request: IncomingMessage, use: (caller: Caller) => void): Promise<NotAdmitted | undefined> {
		const { cookie, authorization } = request.headers;
		let refused: NotAdmitted | undefined;
		try {
			if (!this.#access.allowsOrigin(request)) return { code: CLOSE.forbidden, reason: 'another site' };
			await this.#settled(
				() => this.#access.authenticate({ cookie, authorization }),
				(caller) => {
					if (caller) use(caller);
					else refused = { code: CLOSE.logIn, reason: 'log in' };
				}
			);
			return refused;
		} catch (error) {
			this.#log.error({ err: error }, 'a caller could not be known');
			return { code: CLOSE.unavailable, reason: 'try again' };
		}
	}

	/** Lets the channel into the room that it asks for, or closes it with the reason why not. */
	async enter(channel: Channel, caller: Caller): Promise<void> {
		const room = parseRoom(channel.roomName);
		if (!room) return channel.close(CLOSE.noSuchRoom, 'no such room');
		try {
			await this.#settled(
				() => this.#levelIn(room, caller),
				({ level, writesSince }) => {
					if (level === 'none') channel.close(CLOSE.forbidden, 'not a member');
					else if (level === 'absent') channel.close(CLOSE.noSuchRoom, 'no such segment');
					else if (!channel.ended)
						channel.enter(this.#rooms.open(channel.roomName), { caller, level, writesSince });
				}
			);
		} catch (error) {
			this.#log.error({ err: error, room: channel.roomName }, 'access could not be known');
			channel.close(CLOSE.unavailable, 'try again');
		}
	}

	/** Whether the user may write in the room as the host says now; undefined if they may not. */
	async permitOf(userId: UserId, roomName: string): Promise<WritePermit | undefined> {
		const room = parseRoom(roomName);
		for (;;) {
			const asked = this.#revocations;
			const level = room ? await this.#access.access(userId, room) : 'none';
			if (asked !== this.#revocations) continue;
			return level === 'write' ? { holds: () => asked === this.#revocations } : undefined;
		}
	}

	/** Whether there is such a segment is the members' affair. */
	async #levelIn(room: Room, { userId }: Caller): Promise<{ level: AccessLevel; writesSince: number }> {
		const level = await this.#access.access(userId, room);
		if (level === 'none' || !(await this.#rooms.isReachable(room)))
			return { level: level === 'none' ? level : 'absent', writesSince: 0 };
		if (level !== 'write') return { level, writesSince: 0 };
		await this.#quota.know(userId);
		const isShared = room.type === 'segment';
		return { level, writesSince: isShared ? await this.#access.writesSince(userId, room.conversation) : 0 };
	}

	/** Uses the answer in the very turn in which it is known that nothing was revoked since it was asked for. */
	async #settled<T>(ask: () => Promise<T>, use: (answer: T) => void): Promise<void> {
		for (;;) {
			const asked = this.#revocations;
			const answer = await ask();
			if (asked === this.#revocations) return use(answer);
		}
	}
}
