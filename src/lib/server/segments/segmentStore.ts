/** The table of when the messages of each segment were written. */
import type { Database } from 'better-sqlite3';
import type { ConversationId } from '../../domain/ids';
import type { SegmentSpan } from '../../domain/segmentSpans';

interface SpanRow {
	readonly segment: number;
	readonly first: number;
	readonly last: number | null;
}

const COLUMNS = 'segment, first_ms AS first, last_ms AS last';

export class SegmentStore {
	readonly #put;
	readonly #one;
	readonly #all;

	constructor(db: Database) {
		this.#put = db.prepare<[ConversationId, number, number, number | null]>(
			`INSERT INTO segments (conversation_id, segment, first_ms, last_ms) VALUES (?, ?, ?, ?)
			ON CONFLICT DO UPDATE SET first_ms = excluded.first_ms, last_ms = excluded.last_ms`
		);
		this.#one = db.prepare<[ConversationId, number], SpanRow>(
			`SELECT ${COLUMNS} FROM segments WHERE conversation_id = ? AND segment = ?`
		);
		this.#all = db.prepare<[ConversationId], SpanRow>(
			`SELECT ${COLUMNS} FROM segments WHERE conversation_id = ? ORDER BY segment`
		);
	}

	put(conversation: ConversationId, segment: number, { first, last }: SegmentSpan): void {
		this.#put.run(conversation, segment, Math.round(first), last === undefined ? null : Math.round(last));
	}

	/** Undefined if the segment has no messages. */
	span(conversation: ConversationId, segment: number): SegmentSpan | undefined {
		const row = this.#one.get(conversation, segment);
		return row && { first: row.first, last: row.last ?? undefined };
	}

	/** By segment, in order. */
	spans(conversation: ConversationId): Map<number, SegmentSpan> {
		const rows = this.#all.all(conversation);
		return new Map(rows.map(({ segment, first, last }) => [segment, { first, last: last ?? undefined }]));
	}
}
