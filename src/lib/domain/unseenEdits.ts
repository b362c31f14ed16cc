/**
 * Edits of a message that somebody deleted without having seen them. Who deletes a message erases, in one transaction,
 * each edit of it that they have: an edit that still stands was unknown to them, and one that was erased when it arrived
 * late was so with a redaction of its own (see lateErasures).
 */
import { compareWritten, formatEntryId, type Entry, type EntryId } from './entry';
import { mayRedact } from './erasures';
import { readSaid } from './said';
import type { UnsentText } from './unsentTexts';
import type { UserId } from './ids';

export interface JudgedEdits {
	/** Of each message the newest of such edits, in the order in which they were written. */
	readonly unseen: readonly UnsentText[];
	/** The edits of which nothing more can come: their message is deleted, or they were taken back. */
	readonly settled: readonly EntryId[];
}

/** `edits`: own ones as they were when their bodies were here, by id; `entries`: all of their segment as it is now. */
export function judgeEdits(
	edits: ReadonlyMap<EntryId, Entry>,
	entries: Iterable<Entry>,
	self: UserId
): JudgedEdits {
	const standing = new Set<EntryId>();
	const redactions = new Map<EntryId, number>();
	for (const entry of entries) {
		const id = formatEntryId(entry);
		if (entry.body && edits.has(id)) standing.add(id);
		const said = mayRedact(entry, self) ? readSaid(entry, id) : undefined;
		if (said?.type === 'redaction') redactions.set(said.target, (redactions.get(said.target) ?? 0) + 1);
	}
	const unseen = new Map<EntryId, UnsentText>();
	const settled: EntryId[] = [];
	for (const [id, entry] of [...edits].sort(([, a], [, b]) => compareWritten(a, b))) {
		const said = readSaid(entry, id);
		const deletions = said?.type === 'edit' ? (redactions.get(said.target) ?? 0) : 0;
		if (deletions > 0 || !standing.has(id)) settled.push(id);
		if (said?.type !== 'edit' || deletions < (standing.has(id) ? 1 : 2)) continue;
		const { target, text, replyTo } = said;
		unseen.set(target, { source: id, message: target, isEdit: true, text, replyTo, at: entry.stamp.ms });
	}
	return { unseen: [...unseen.values()], settled };
}
