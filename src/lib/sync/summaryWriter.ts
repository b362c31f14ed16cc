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
	const stopGathering = new Map<ConversationId, () => void>();
	let closed = false;

	function write(sync: ConversationSync): void {
		stopGathering.get(sync.id)?.();
		stopGathering.delete(sync.id);
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
			if (stopGathering.has(sync.id) || !sync.loaded) return;
			stopGathering.set(
				sync.id,
				timers.after(GATHER_MS, () => write(sync))
			);
		},
		close(): void {
			closed = true;
			for (const stop of stopGathering.values()) stop();
		}
	};
}
