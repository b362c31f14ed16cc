/**
 * What the documents do not say yet. Invariant: a row is added in the transaction of the change it follows from, and
 * deleted only once its document says it, so a server that is killed in between finishes at its next start.
 */
import type { Database } from 'better-sqlite3';
import { encodeSystemBody, type SystemBody } from '../../domain/bodies';
import { SYSTEM_USER, type ConversationId, type UserId } from '../../domain/ids';
import { directoryRoom, infoRoom, segmentRoom } from '../../protocol/rooms';

export interface DueProjection {
	/** Never used twice: a row that was added again meanwhile is another one. */
	readonly id: number;
	readonly room: string;
	/** Of a system entry; empty for a document of facts. */
	readonly eventKey: string;
	readonly eventBody: Uint8Array | null;
}

export class ProjectionsDue {
	readonly #add;
	readonly #all;
	readonly #delete;
	readonly #conversationsOf;
	readonly #directPeersOf;

	constructor(db: Database) {
		this.#add = db.prepare<[string, string, Uint8Array | null]>(
			'INSERT OR REPLACE INTO projections_due (room, event_key, event_body) VALUES (?, ?, ?)'
		);
		this.#all = db.prepare<[], DueProjection>(
			'SELECT id, room, event_key AS eventKey, event_body AS eventBody FROM projections_due ORDER BY id'
		);
		this.#delete = db.prepare<[number]>('DELETE FROM projections_due WHERE id = ?');
		this.#conversationsOf = db
			.prepare<[UserId], ConversationId>('SELECT conversation_id FROM members WHERE user_id = ?')
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
		this.#add.run(infoRoom(conversation), '', null);
	}

	addDirectory(user: UserId): void {
		this.#add.run(directoryRoom(user), '', null);
	}

	/** Every document that tells this user's name. */
	addEverywhere(user: UserId): void {
		this.addDirectory(user);
		for (const peer of this.#directPeersOf.all(user, user)) this.addDirectory(peer);
		for (const conversation of this.#conversationsOf.all(user)) this.addInfo(conversation);
	}

	/** An event in a conversation's timeline; its key makes a second writing harmless. */
	addEvent(conversation: ConversationId, segment: number, event: SystemBody): void {
		this.#add.run(segmentRoom(conversation, segment), `${SYSTEM_USER}/${event.key}`, encodeSystemBody(event));
	}

	/** In the order they were added. */
	all(): DueProjection[] {
		// SQLite gives Buffers, which Yjs does not take for the Uint8Arrays that they are.
		return this.#all
			.all()
			.map((due) => ({ ...due, eventBody: due.eventBody && new Uint8Array(due.eventBody) }));
	}

	done(id: number): void {
		this.#delete.run(id);
	}
}
