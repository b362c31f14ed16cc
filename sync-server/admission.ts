/**
 * Who may open what. Invariant: a session or membership that ended while the question was being answered is not
 * admitted: the answer is asked for again.
 */
import type { IncomingMessage } from 'node:http';
import { CLOSE } from '../src/lib/protocol/closeCodes';
import { formatLastWord } from '../src/lib/protocol/lastWord';
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

/** How somebody stands to a room. */
interface Standing {
	readonly level: AccessLevel;
	/** Milliseconds since 1970: what they wrote before is not taken any more. */
	readonly writesSince: number;
	/** They may not read it, and may hear what was taken of theirs. */
	readonly mayHear?: boolean;
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
	/** Of each user who hears what was taken: settles with the last of those that they wait for. */
	readonly #lastWords = new Map<UserId, Promise<void>>();
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
				() => this.#access.authenticate({ cookie, authorization }, request),
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
				({ level, writesSince, mayHear }) => {
					if (channel.since !== undefined && (mayHear || channel.since < writesSince))
						void this.#inLine(caller.userId, () => this.#putOut(channel, caller, writesSince));
					else if (level === 'none' || level === 'gone') channel.close(CLOSE.forbidden, 'not a member');
					else if (level === 'forgotten') channel.close(CLOSE.noSuchRoom, 'no such conversation');
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

	/**
	 * Tells a device that does not know that its user was put out what was taken of what they wrote, and takes nothing. What
	 * it has written since in ignorance is as little to be taken as what it wrote before, and only it knows what that is.
	 */
	async #putOut(channel: Channel, { userId }: Caller, since: number): Promise<void> {
		const { roomName } = channel;
		if (channel.ended) return;
		try {
			const room = parseRoom(roomName);
			const isThere = room !== undefined && (await this.#rooms.isReachable(room));
			const has = isThere ? await this.#rooms.open(roomName).server.lengthsOf(userId) : new Map();
			channel.close(CLOSE.putOut, formatLastWord({ since, has }), 'put out');
		} catch (error) {
			this.#log.error({ err: error, room: roomName }, 'what was taken could not be known');
			channel.close(CLOSE.unavailable, 'try again');
		}
	}

	/** One after another for each user: for a word that nobody may be waiting for, a whole room is read. */
	async #inLine(user: UserId, say: () => Promise<void>): Promise<void> {
		const said = (this.#lastWords.get(user) ?? Promise.resolve()).then(say);
		this.#lastWords.set(user, said);
		await said;
		if (this.#lastWords.get(user) === said) this.#lastWords.delete(user);
	}

	/** Whether there is such a segment is the members' affair. */
	async #levelIn(room: Room, { userId }: Caller): Promise<Standing> {
		const level = await this.#access.access(userId, room);
		if (level === 'none' || level === 'forgotten') return { level, writesSince: 0 };
		if (level === 'gone' || level === 'absent') return { level, writesSince: 0, mayHear: true };
		if (level !== 'write') return { level, writesSince: 0 };
		await this.#quota.know(userId);
		const isShared = room.type === 'segment';
		const writesSince = isShared ? await this.#access.writesSince(userId, room.conversation) : 0;
		return { level: (await this.#rooms.isReachable(room)) ? level : 'absent', writesSince };
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
