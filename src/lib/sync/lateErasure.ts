/**
 * What another device of the user's deleted, or a moderator, is erased here too, however late it arrives. What is done
 * about it is loaded then (eraseLate): most segments hold nothing of the sort.
 */
import { KIND, type Entry, type EntryId } from '../domain/entry';
import { mayRedact } from '../domain/erasures';
import type { Clock } from '../domain/clock';
import type { CopyOptions } from './salvageCopy';
import type { SalvagedTexts } from './salvagedTexts';
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

/** A segment as it was at one moment. */
export interface Seen {
	/** Own edits that were new then, and had not left. */
	readonly unsent: readonly Entry[];
	readonly all: readonly Entry[];
}

/** For one segment: gives what to call with entries that are new in it, or whose body arrived or was erased. */
export function openLateErasure(segment: SegmentSync, options: LateErasureOptions) {
	const { self, onProblem } = options;
	/** Edits that had not left when they were seen here, as they were. */
	const edits = new Map<EntryId, Entry>();
	/** What is still to be judged, in its order. */
	const seen: Seen[] = [];
	const isOwnEdit = ({ author, kind }: Entry): boolean => author === self && kind === KIND.edit;

	return (entries: readonly Entry[]): void => {
		if (!entries.some((entry) => mayRedact(entry, self) || isOwnEdit(entry))) return;
		const unsent = entries.filter((entry) => isOwnEdit(entry) && entry.body && !segment.isSent(entry));
		seen.push({ unsent, all: segment.entries });
		// Behind the transaction that told of it: Yjs hands its own listeners no document to write in.
		void import('./eraseLate')
			.then(({ eraseLate }) => eraseLate(segment, { edits, seen: seen.splice(0) }, options))
			.catch(onProblem);
	};
}
