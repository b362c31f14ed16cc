/** Keeps the summaries of open conversations true: writes each again a moment after the conversation changed. */
import { summarize, type Summarized } from './summarize';
import type { ConversationId } from '../domain/ids';
import type { ConversationSync } from './conversationSync';
import type { Summaries } from './summaries';
import type { Timers } from './ports';

/** How long changes of an open conversation are gathered before its summary is written again. */
const GATHER_MS = 150;

export interface SummaryWriterOptions {
	readonly summaries: Summaries;
	readonly timers: Timers;
	/** What a summary is made from, besides the conversation. */
	readonly known: () => Omit<Summarized, 'sync' | 'before'>;
	readonly onWritten: () => void;
}

export function createSummaryWriter({ summaries, timers, known, onWritten }: SummaryWriterOptions) {
	const gathering = new Map<ConversationId, { readonly sync: ConversationSync; readonly stop: () => void }>();
	let closed = false;

	function write(sync: ConversationSync): void {
		gathering.get(sync.id)?.stop();
		gathering.delete(sync.id);
		if (!sync.loaded || closed) return;
		const from = known();
		// Whoever is in a conversation with one can be written to, with no network too.
		from.people.know([...(sync.info?.people.values() ?? [])]);
		summaries.set(sync.id, summarize({ ...from, sync, before: summaries.get(sync.id) }));
		onWritten();
	}

	return {
		/** Writes it now. */
		write,
		/** It has changed: writes it soon. */
		note(sync: ConversationSync): void {
			const before = gathering.get(sync.id);
			if (before?.sync === sync || !sync.loaded) return;
			// Closed since, and opened anew: the one that is gone has nothing to say any more.
			before?.stop();
			gathering.set(sync.id, { sync, stop: timers.after(GATHER_MS, () => write(sync)) });
		},
		/** It is about to be closed: what of it is gathered is written now, since nothing tells of it again. */
		finish(sync: ConversationSync): void {
			if (gathering.get(sync.id)?.sync === sync) write(sync);
		},
		close(): void {
			closed = true;
			for (const { stop } of gathering.values()) stop();
		}
	};
}
