/**
 * Erasing what deleted users wrote, room by room, behind everything else. Invariant: what is still to be done stands in
 * SQL, so a server that is killed in the middle goes on at its next start; done twice, a room is as done once.
 */
import { ErasureFailures, type ErasureFailure } from './erasureFailures';
import type { Database } from 'better-sqlite3';
import type { Logger } from 'pino';
import type { RelayPort } from '../relayPort';
import { encodeSystemBody } from '../../domain/bodies';
import { KIND } from '../../domain/entry';
import type { UserId } from '../../domain/ids';
import { parseRoom } from '../../protocol/rooms';

/** `private`: what nobody but they could read. */
export type Erased = 'private' | 'all';

/** How far the erasure of a user's messages has come. */
export interface ErasureProgress {
	readonly user: UserId;
	/** Milliseconds since 1970. */
	readonly since: number;
	/** Those that they wrote in; undefined until they have been looked for. */
	readonly conversations: number | undefined;
	/** Of them, those in which nothing is left to be erased. */
	readonly done: number;
	/** Of what failed when it was last tried. */
	readonly failure?: ErasureFailure & {
		/** When it is tried again, in milliseconds since 1970; undefined while it is being tried. */
		readonly retryAt?: number;
	};
}

interface ErasureParts {
	readonly db: Database;
	readonly relay: Pick<RelayPort, 'writtenBy' | 'erase' | 'health'>;
	readonly now: () => number;
	/** Calls back after so many milliseconds. Returns the way to stop it. */
	readonly after: (ms: number, callback: () => void) => () => void;
	readonly log: Logger;
}

interface Begun {
	readonly user: UserId;
	readonly what: Erased;
	readonly since: number;
}

interface ErasedRoom {
	readonly room: string;
	readonly done: 0 | 1;
}

/** So few that what people write meanwhile is not held up. */
const ROOMS_AT_ONCE = 4;
/** What failed is tried again this much later, and at once when the relay says that it may be. */
const RETRY_MS = 60_000;

export class Erasures {
	readonly #parts: ErasureParts;
	readonly #add;
	readonly #begun;
	readonly #addRoom;
	readonly #rooms;
	readonly #setDone;
	readonly #end;
	#running: Promise<void> | undefined;
	/** Something was asked for while it ran. */
	#again = false;
	#stopped = false;
	readonly #failures = new ErasureFailures();
	#retryAt: number | undefined;
	#stopRetry = () => {};

	constructor(parts: ErasureParts) {
		const { db } = parts;
		this.#parts = parts;
		this.#add = db.prepare<[UserId, Erased, number]>(
			'INSERT OR REPLACE INTO erasures (user_id, what, began_at) VALUES (?, ?, ?)'
		);
		this.#begun = db.prepare<[], Begun>(
			'SELECT user_id AS user, what, began_at AS since FROM erasures ORDER BY began_at, user_id'
		);
		this.#addRoom = db.prepare<[UserId, string]>(
			'INSERT OR IGNORE INTO erasure_rooms (user_id, room) VALUES (?, ?)'
		);
		this.#rooms = db.prepare<[UserId], ErasedRoom>(
			'SELECT room, done FROM erasure_rooms WHERE user_id = ? ORDER BY room'
		);
		this.#setDone = db.prepare<[UserId, string]>(
			'UPDATE erasure_rooms SET done = 1 WHERE user_id = ? AND room = ?'
		);
		this.#end = db.prepare<[UserId]>('DELETE FROM erasures WHERE user_id = ?');
	}

	/** Within the transaction that deletes the account. It begins with {@link run}. */
	add(user: UserId, what: Erased): void {
		this.#add.run(user, what, this.#parts.now());
	}

	/** Those under way, the oldest first. What nobody else could read is told of only if it fails. */
	progress(): ErasureProgress[] {
		return this.#begun.all().flatMap(({ user, what, since }) => {
			const failed = this.#failures.of(user);
			if (what === 'private' && !failed) return [];
			const rooms = this.#rooms.all(user);
			const all = conversationsIn(rooms);
			const left = conversationsIn(rooms.filter(({ done }) => !done));
			const conversations = rooms.length === 0 ? undefined : all.size;
			const failure = failed && { ...failed, ...(this.#retryAt !== undefined && { retryAt: this.#retryAt }) };
			return [{ user, since, conversations, done: all.size - left.size, ...(failure && { failure }) }];
		});
	}

	/** Resolves, never rejects, once all has been tried. What fails is tried again a while later. */
	run(): Promise<void> {
		this.#noRetry();
		this.#again = true;
		this.#running ??= this.#tryAll().finally(() => (this.#running = undefined));
		return this.#running;
	}

	/** Nothing is begun any more; the next start goes on. */
	stop(): void {
		this.#stopped = true;
		this.#noRetry();
	}

	#noRetry(): void {
		this.#stopRetry();
		this.#retryAt = undefined;
	}

	async #tryAll(): Promise<void> {
		while (this.#again && !this.#stopped) {
			this.#again = false;
			for (const begun of this.#begun.all()) {
				if (this.#stopped) return;
				await this.#attempt(begun.user, undefined, () => this.#erase(begun));
			}
		}
		if (!this.#failures.any || this.#stopped) return;
		this.#retryAt = this.#parts.now() + RETRY_MS;
		this.#stopRetry = this.#parts.after(RETRY_MS, () => void this.run());
	}

	async #erase({ user, what }: Begun): Promise<void> {
		if (this.#rooms.all(user).length === 0) await this.#lookFor(user, what);
		const left = this.#rooms.all(user).filter(({ done }) => !done);
		const next = left.values();
		const takeTurns = async () => {
			for (const { room } of next) {
				if (this.#stopped) return;
				await this.#attempt(user, room, () => this.#eraseIn(room, user));
			}
		};
		await Promise.all(Array.from({ length: ROOMS_AT_ONCE }, takeTurns));
		if (!this.#stopped && this.#rooms.all(user).every(({ done }) => done)) this.#end.run(user);
	}

	/** Their sockets are closed by now, so nothing comes behind. */
	async #lookFor(user: UserId, what: Erased): Promise<void> {
		const { db, relay } = this.#parts;
		const rooms = (await relay.writtenBy(user)).filter(
			(name) => what === 'all' || parseRoom(name)?.type === 'home'
		);
		if (!this.#stopped) db.transaction(() => rooms.forEach((room) => this.#addRoom.run(user, room)))();
	}

	async #eraseIn(room: string, user: UserId): Promise<void> {
		const why = encodeSystemBody({ key: `erased/${user}`, event: 'erased', who: [user] });
		const isTold = parseRoom(room)?.type === 'segment';
		await this.#parts.relay.erase(
			room,
			{ author: user },
			isTold ? { kind: KIND.system, body: why } : undefined
		);
		if (!this.#stopped) this.#setDone.run(user, room);
	}

	async #attempt(user: UserId, room: string | undefined, what: () => Promise<void>): Promise<void> {
		try {
			await what();
			this.#failures.clear(user, room);
		} catch (error) {
			if (this.#stopped) return;
			this.#failures.set(user, room, error);
			const { log, relay } = this.#parts;
			// Of a full disk the relay has told once: not again with each try.
			const level = relay.health().status === 'ok' ? 'error' : 'debug';
			log[level]({ err: error }, 'what a deleted user wrote could not be erased; it stays due');
		}
	}
}

const conversationsIn = (rooms: readonly ErasedRoom[]): Set<string> =>
	new Set(
		rooms.flatMap(({ room }) => {
			const parsed = parseRoom(room);
			return parsed?.type === 'segment' ? [parsed.conversation] : [];
		})
	);
