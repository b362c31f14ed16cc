/**
 * Erases what still stands here of messages that are deleted. An edit that was written here and that who deleted them had
 * not seen is kept for the person first: nobody will read it any more. Invariant: it is on disk among the salvaged texts
 * before it is erased from the document.
 */
import { copyOf } from './salvageCopy';
import { judgeEdits } from '../domain/unseenEdits';
import { salvageLock } from './salvagedTexts';
import { standingThoughDeleted } from '../domain/erasures';
import { writeRedaction } from '../conversation/messageWrites';
import { formatEntryId, type Entry, type EntryId } from '../domain/entry';
import type { LateErasureOptions, Seen } from './lateErasure';
import type { SegmentSync } from './segmentSync';

/** `edits`: those that had not left when they were seen here; what is settled of them is taken out. */
export async function eraseLate(
	segment: SegmentSync,
	{ edits, seen }: { readonly edits: Map<EntryId, Entry>; readonly seen: readonly Seen[] },
	options: LateErasureOptions
): Promise<void> {
	const { self, clock, tabs, salvaged } = options;

	function erase(): void {
		const to = { doc: segment.doc, segment: segment.n, self, tick: () => clock.tick() };
		// Deleted once more, by an entry: the relay says whether it has that, and says nothing of what is merely erased.
		for (const target of standingThoughDeleted(segment.entries, self))
			writeRedaction(to, target, segment.entries);
	}

	const unseen = seen.flatMap(({ unsent, all }) => {
		for (const edit of unsent) edits.set(formatEntryId(edit), edit);
		const judged = judgeEdits(edits, all, self);
		for (const id of judged.settled) edits.delete(id);
		return judged.unseen;
	});
	// All of it may have been judged together with what came before.
	if (seen.length === 0) return;
	if (unseen.length === 0) return erase();
	const copies = unseen.map((text) => copyOf(text, { ...options, reason: 'deleted' }));
	await tabs.exclusive(salvageLock(segment.room.room), async () => {
		await salvaged.keep(copies);
		erase();
	});
}
