/**
 * What the documents do not say yet. Invariant: a row is added in the transaction of the change it follows from, and
 * deleted only once its document says it, so a server that is killed in between finishes at its next start.
 */
import type { Database } from 'better-sqlite3';
import { encodeSystemBody, type SystemBody } from '../../domain/bodies';
import type { Erasure } from '../../domain/erasures';
import { SYSTEM_USER, type ConversationId, type UserId } from '../../domain/ids';
import { directoryRoom, infoRoom, segmentRoom } from '../../protocol/rooms';

/** The key of the event that seals a segment. */
export const sealKey = (segment: number): string => `seal/${segment}`;

export interface DueProjection {
	/** Never used twice: a row that was added again meanwhile is another one. */
	readonly id: number;
	readonly room: string;
	/** Of a system entry; empty for a document of facts. */
	readonly eventKey: string;
	/** Of a system entry; null for a seal too, which says what the segment holds when it is written. */
	readonly eventBody: Uint8Array | null;
	/** What is to be erased with that entry, or without one. */
	readonly erases: Erasure | undefined;
}

export class ProjectionsDue {
	readonly #add;
	readonly #rooms;
	readonly #ofRoom;
	readonly #newest;
	readonly #roomsSince;
	readonly #timelinesOf;
	readonly #delete;
	readonly #deleteAll;
	readonly #conversationsOf;
	readonly #directPeersOf;
	readonly #blockersOf;

	constructor(db: Database) {
		this.#add = db.prepare<[string, string, Uint8Array | null, string | null]>(
			'INSERT OR REPLACE INTO projections_due (room, event_key, event_body, erases) VALUES (?, ?, ?, ?)'
		);
		this.#rooms = db
			.prepare<[], string>('SELECT room FROM projections_due GROUP BY room ORDER BY min(id)')
			.pluck();
		this.#ofRoom = db.prepare<[string], Omit<DueProjection, 'erases'> & { erases: string | null }>(
			`SELECT id, room, event_key AS eventKey, event_body AS eventBody, erases FROM projections_due
			WHERE room = ? ORDER BY id`
		);
		this.#newest = db.prepare<[], number>('SELECT coalesce(max(id), 0) FROM projections_due').pluck();
		this.#roomsSince = db
			.prepare<[number], string>('SELECT room FROM projections_due WHERE id > ? ORDER BY id')
			.pluck();
		// The names of a conversation's segments are all between these two.
		this.#timelinesOf = db
			.prepare<[string, string], string>(
				'SELECT DISTINCT room FROM projections_due WHERE room > ? AND room < ?'
			)
			.pluck();
		this.#delete = db.prepare<[number]>('DELETE FROM projections_due WHERE id = ?');
		this.#deleteAll = db.transaction((ids: readonly number[]) => {
			for (const id of ids) this.#delete.run(id);
		});
		this.#conversationsOf = db
			.prepare<[UserId], ConversationId>('SELECT conversation_id FROM members WHERE user_id = ?')
			.pluck();
		this.#blockersOf = db
			.prepare<[UserId], UserId>('SELECT user_id FROM blocks WHERE blocked_id = ?')
			.pluck();
		this.#directPeersOf = db
			.prepare<[UserId, UserId], UserId>(
				`SELECT DISTINCT peer.user_id FROM members own
				JOIN conversations ON conversations.id = own.conversation_id AND kind = 'direct'
				JOIN members peer ON peer.conversation_id = own.conversation_id
				WHERE own.user_id = ? AND peer.user_id <> ?`
			)
			.pluck();
	}

	addInfo(conversation: ConversationId): void {
		this.#add.run(infoRoom(conversation), '', null, null);
	}

	addDirectory(user: UserId): void {
		this.#add.run(directoryRoom(user), '', null, null);
	}

	/** Every document that tells this user's name. */
	addEverywhere(user: UserId): void {
		this.addDirectory(user);
		for (const peer of this.#directPeersOf.all(user, user)) this.addDirectory(peer);
		for (const other of this.#blockersOf.all(user)) this.addDirectory(other);
		for (const conversation of this.#conversationsOf.all(user)) this.addInfo(conversation);
	}

	/** An event in a conversation's timeline; its key makes a second writing harmless. */
	addEvent(conversation: ConversationId, segment: number, event: SystemBody): void {
		const key = `${SYSTEM_USER}/${event.key}`;
		this.#add.run(segmentRoom(conversation, segment), key, encodeSystemBody(event), null);
	}

	/** Bodies of a user's that are to be erased in a room, with the entry of `system` that says why. */
	addErasure(room: string, erasure: Erasure, why?: SystemBody): void {
		const key = `erase/${why?.key ?? erasure.message ?? erasure.author}`;
		this.#add.run(room, key, why ? encodeSystemBody(why) : null, JSON.stringify(erasure));
	}

	/** The end of a segment: its seal. */
	addSeal(conversation: ConversationId, segment: number): void {
		this.#add.run(segmentRoom(conversation, segment), `${SYSTEM_USER}/${sealKey(segment)}`, null, null);
	}

	/** Runs what makes documents due, and tells which, in the order in which they became so. */
	noting<T>(change: () => T): { readonly result: T; readonly rooms: readonly string[] } {
		const newest = this.#newest.get()!;
		const result = change();
		return { result, rooms: [...new Set(this.#roomsSince.all(newest))] };
	}

	/** All in which something is due. */
	rooms(): string[] {
		return this.#rooms.all();
	}

	/** Those of a conversation in which something may be due. */
	roomsOf(conversation: ConversationId): string[] {
		return [infoRoom(conversation), ...this.#timelinesOf.all(`c/${conversation}/`, `c/${conversation}0`)];
	}

	/** In the order they were added. */
	ofRoom(room: string): DueProjection[] {
		// SQLite gives Buffers, which Yjs does not take for the Uint8Arrays that they are.
		return this.#ofRoom.all(room).map(({ erases, ...due }) => ({
			...due,
			eventBody: due.eventBody && new Uint8Array(due.eventBody),
			erases: erases === null ? undefined : (JSON.parse(erases) as Erasure)
		}));
	}

	/** In one transaction. */
	done(ids: readonly number[]): void {
		this.#deleteAll(ids);
	}
}
