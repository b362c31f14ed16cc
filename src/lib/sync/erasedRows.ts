/**
 * What is erased from a document leaves the disk too. Stored updates are rows that are only added to, so a text that
 * was erased lies in an earlier row until all are written anew from the document, which has let go of it. That is done
 * soon after something was erased, all of a while at once; what a device that was killed left behind is found in its
 * rows when the document is opened again.
 */
import type * as Y from 'yjs';
import type { Timers } from './ports';

/** By then the screen shows what a document was opened for, and what is erased one after another is gathered. */
const REWRITE_AFTER_MS = 5_000;

/** What the rows may hold: as they were found, with something that was erased since, or nothing that is erased. */
export type RowsState = 'found' | 'erased' | 'clean';

export interface RowsOptions {
	readonly timers: Timers;
	/** Writes the rows anew if they need it. Rejects if the disk does not let it: it is tried again. */
	readonly rewrite: (state: RowsState) => Promise<void>;
}

/** Watches one document from `loaded` to `close`. */
export function watchErasures(doc: Y.Doc, { timers, rewrite }: RowsOptions) {
	let state: RowsState = 'clean';
	let stopTimer: (() => void) | undefined;
	let rewriting = Promise.resolve();
	let closed = false;

	function run(): Promise<void> {
		stopTimer?.();
		stopTimer = undefined;
		rewriting = rewriting.then(() => {
			const was = state;
			state = 'clean';
			return was === 'clean' ? undefined : rewrite(was).catch(() => again(was));
		});
		return rewriting;
	}

	/** After the end, the next opening finds what is left. */
	function again(was: RowsState): void {
		if (!closed) soon(state === 'erased' ? state : was);
	}

	const note = ({ deleteSet }: Y.Transaction): void => {
		if (deleteSet.clients.size > 0) soon('erased');
	};

	function soon(next: RowsState): void {
		state = next;
		stopTimer ??= timers.after(REWRITE_AFTER_MS, () => void run());
	}

	return {
		/** Call when the rows have been read: they are looked through when there is time. */
		loaded(found: RowsState = 'found'): void {
			doc.off('afterTransaction', note);
			doc.on('afterTransaction', note);
			soon(found);
		},
		/** Settles once nothing that is erased is in the rows. */
		close(): Promise<void> {
			doc.off('afterTransaction', note);
			closed = true;
			return run();
		}
	};
}
