/** What goes along with the report of a message: it and those around it, as this device shows them. */
import type { TimelineRow } from './timelineRow';
import type { EntryId } from '../domain/entry';
import { REPORT_AROUND, REPORT_TEXT_MAX } from '../domain/limits';

export interface ShownMessage {
	readonly id: EntryId;
	readonly authorName: string;
	/** Cut to its beginning. */
	readonly text: string;
}

/** Oldest first. Left out is what is deleted, and what only this device knows: it has not been said to anybody yet. */
export function reportShown(rows: readonly TimelineRow[], id: EntryId): ShownMessage[] {
	const said = rows.filter((row) => row.type === 'message' && !row.deleted && row.state !== 'queued');
	const at = said.findIndex((row) => row.id === id);
	if (at < 0) return [];
	return said
		.slice(Math.max(0, at - REPORT_AROUND), at + REPORT_AROUND + 1)
		.flatMap((row) =>
			row.type === 'message'
				? [{ id: row.id, authorName: row.authorName, text: row.text.slice(0, REPORT_TEXT_MAX) }]
				: []
		);
}
