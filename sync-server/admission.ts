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

export class Admission {
	readonly #access: RelayAccess;
	readonly #rooms: Rooms;
	readonly #log: RelayLog;
	#revocations = 0;

	constructor({ access, rooms, log }: { access: RelayAccess; rooms: Rooms; log: RelayLog }) {
		this.#access = access;
		this.#rooms = rooms;
		this.#log = log;
	}

	/** Some session or membership has ended. */
	revoked(): void {
		this.#revocations += 1;
	}

	/** The caller of a request; or why there is none. */
	async callerOf(
		request: IncomingMessage
	): Promise<Caller | { readonly code: number; readonly reason: string }> {
		const { cookie, authorization } = request.headers;
		try {
			if (!this.#access.allowsOrigin(request)) return { code: CLOSE.forbidden, reason: 'another site' };
			const caller = await this.#settled(() => this.#access.authenticate({ cookie, authorization }));
			return caller ?? { code: CLOSE.logIn, reason: 'log in' };
		} catch (error) {
			this.#log.error({ err: error }, 'a caller could not be known');
			return { code: CLOSE.unavailable, reason: 'try again' };
		}
	}

	/** Lets the channel into the room that it asks for, or closes it with the reason why not. */
	async enter(channel: Channel, caller: Caller): Promise<void> {
		const room = parseRoom(channel.roomName);
		if (!room) return channel.close(CLOSE.noSuchRoom, 'no such room');
		let level: AccessLevel | 'absent';
		try {
			level = await this.#settled(() => this.#levelIn(room, caller));
		} catch (error) {
			this.#log.error({ err: error, room: channel.roomName }, 'access could not be known');
			return channel.close(CLOSE.unavailable, 'try again');
		}
		if (channel.ended) return;
		if (level === 'none') return channel.close(CLOSE.forbidden, 'not a member');
		if (level === 'absent') return channel.close(CLOSE.noSuchRoom, 'no such segment yet');
		channel.enter(this.#rooms.open(channel.roomName), caller, level);
	}

	/** Whether there is such a segment is the members' affair. */
	async #levelIn(room: Room, { userId }: Caller): Promise<AccessLevel | 'absent'> {
		const level = await this.#access.access(userId, room);
		return level === 'none' || (await this.#rooms.isReachable(room)) ? level : 'absent';
	}

	async #settled<T>(ask: () => Promise<T>): Promise<T> {
		for (;;) {
			const asked = this.#revocations;
			const answer = await ask();
			if (asked === this.#revocations) return answer;
		}
	}
}
