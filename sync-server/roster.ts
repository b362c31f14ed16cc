/**
 * Asks the host again about everyone who is here: a session may have ended, or a member gone, without the relay having
 * been told, since the app was killed before it could, or since a session's time was up. Invariant: nobody is dropped of
 * whom the host has not just said so; a host that cannot answer drops nobody.
 */
import { parseRoom } from '../src/lib/protocol/rooms';
import type { ConversationId, UserId } from '../src/lib/domain/ids';
import type { RelayAccess, RelayLog } from './ports';
import type { Room } from './room';
import { turnEnds } from './timers';

export interface RosterOptions {
	readonly access: Pick<RelayAccess, 'isLoggedIn' | 'access'>;
	readonly log: RelayLog;
	/** Sessions of the sockets that are open. */
	readonly sessions: () => Iterable<string>;
	/** Rooms in memory. */
	readonly rooms: () => Iterable<Room>;
	readonly dropSession: (sessionId: string) => void;
	readonly dropMember: (conversation: ConversationId, user: UserId) => void;
}

/** Questions to the host between which frames have their turn. */
const QUESTIONS_EACH_TURN = 20;

export class Roster {
	readonly #options: RosterOptions;
	#asked = 0;

	constructor(options: RosterOptions) {
		this.#options = options;
	}

	/** Closes the sockets of sessions that have ended. */
	async checkSessions(): Promise<void> {
		const { access, sessions, dropSession } = this.#options;
		await this.#check(async () => {
			for (const session of new Set(sessions())) {
				if (!(await access.isLoggedIn(session))) dropSession(session);
				await this.#turn();
			}
		});
	}

	/** Closes the channels of those who are no longer members. */
	async checkMembers(): Promise<void> {
		const { access, rooms, dropMember } = this.#options;
		await this.#check(async () => {
			for (const room of [...rooms()]) {
				const name = parseRoom(room.name);
				if (!name || !('conversation' in name)) continue;
				for (const user of room.users()) {
					const level = await access.access(user, name);
					if (level === 'none' || level === 'gone' || level === 'forgotten')
						dropMember(name.conversation, user);
					await this.#turn();
				}
			}
		});
	}

	async #check(check: () => Promise<void>): Promise<void> {
		try {
			await check();
		} catch (error) {
			this.#options.log.error({ err: error }, 'who is here could not be checked');
		}
	}

	async #turn(): Promise<void> {
		if (++this.#asked % QUESTIONS_EACH_TURN === 0) await turnEnds();
	}
}
