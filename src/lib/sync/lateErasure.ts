/**
 * What another device of the user's deleted, or a moderator, is erased here too, however late it arrives. An edit that
 * was written here and that they had not seen is kept for the person first: nobody will read it any more. Invariant: it
 * is on disk among the salvaged texts before it is erased from the document.
 */
import { copyOf, type CopyOptions } from './salvageCopy';
import { formatEntryId, KIND, type Entry, type EntryId } from '../domain/entry';
import { judgeEdits, type JudgedEdits } from '../domain/unseenEdits';
import { mayRedact, standingThoughDeleted } from '../domain/erasures';
import { salvageLock, type SalvagedTexts } from './salvagedTexts';
import { writeRedaction } from '../conversation/messageWrites';
import type { Clock } from '../domain/clock';
import type { SegmentSync } from './segmentSync';
import type { Tabs } from './ports';
import type { UserId } from '../domain/ids';

export interface LateErasureOptions extends Omit<CopyOptions, 'reason'> {
	readonly self: UserId;
	readonly clock: Clock;
	readonly tabs: Tabs;
	readonly salvaged: SalvagedTexts;
	/** A text could not be copied to disk; it stays where it was. */
	readonly onProblem: (error: unknown) => void;
}

/** For one segment: gives what to call with entries that are new in it, or whose body arrived or was erased. */
export function openLateErasure(segment: SegmentSync, options: LateErasureOptions) {
	const { self, clock, tabs, salvaged, onProblem } = options;
	/** Edits that had not left when they were seen here, as they were. */
	const edits = new Map<EntryId, Entry>();

	function erase(): void {
		const to = { doc: segment.doc, segment: segment.n, self, tick: () => clock.tick() };
		// Deleted once more, by an entry: the relay says whether it has that, and says nothing of what is merely erased.
		for (const target of standingThoughDeleted(segment.entries, self))
			writeRedaction(to, target, segment.entries);
	}

	async function keepAndErase(unseen: JudgedEdits['unseen']): Promise<void> {
		const copies = unseen.map((text) => copyOf(text, { ...options, reason: 'deleted' }));
		await tabs.exclusive(salvageLock(segment.room.room), async () => {
			await salvaged.keep(copies);
			erase();
		});
	}

	return (entries: readonly Entry[]): void => {
		for (const entry of entries)
			if (isOwnEdit(entry) && entry.body && !segment.isSent(entry)) edits.set(formatEntryId(entry), entry);
		if (!entries.some((entry) => mayRedact(entry, self) || isOwnEdit(entry))) return;
		const { unseen, settled } = judgeEdits(edits, segment.entries, self);
		for (const id of settled) edits.delete(id);
		if (unseen.length > 0) keepAndErase(unseen).catch(onProblem);
		// Behind the transaction that told of it: Yjs hands its own listeners no document to write in.
		else if (standingThoughDeleted(segment.entries, self).length > 0) queueMicrotask(erase);
	};

	function isOwnEdit({ author, kind }: Entry): boolean {
		return author === self && kind === KIND.edit;
	}
}
