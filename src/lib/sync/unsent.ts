/** What exists only on this device, in open conversations as in those known by their summaries. */
import { unsentMessageIds } from '../domain/unsentMessages';
import type { ConversationId } from '../domain/ids';
import type { ConversationSync } from './conversationSync';
import type { OpenConversations } from './openConversations';
import type { Summaries } from './summaries';

export type Unsent = ReturnType<typeof createUnsent>;

export function createUnsent(open: OpenConversations, summaries: Summaries) {
	/** Messages of which this device alone has the text: not sent yet, or with a change that is not. */
	const countIn = (id: ConversationId): number => {
		const sync = open.get(id);
		if (!sync?.loaded) return summaries.get(id)?.unsent ?? 0;
		return unsentMessageIds(sync.unsent).size;
	};

	return {
		countIn,
		/** Anything of one's own has not left, be it a reaction. */
		isIn(id: ConversationId): boolean {
			const sync = open.get(id);
			if (sync?.loaded) return sync.unsent.length > 0;
			const summary = summaries.get(id);
			return summary !== undefined && (summary.unsent > 0 || summary.unsentSegments.length > 0);
		},
		/** Something of it may still have to leave: true too until its documents are read. */
		mayBeIn(id: ConversationId): boolean {
			const sync = open.get(id);
			return !sync?.loaded || sync.unsent.length > 0;
		},
		count(): number {
			const ids = new Set([...summaries.all.keys(), ...open.values().map(({ id }) => id)]);
			return [...ids].reduce((sum, id) => sum + countIn(id), 0);
		},
		/**
		 * Call with each change of a conversation. That something of it has not left is on disk at once: a page that ends
		 * before the summary is written again would leave it to whoever opens that segment next.
		 */
		note(sync: ConversationSync): void {
			const before = summaries.get(sync.id);
			if (!before) return;
			const segments = new Set(sync.leaving);
			for (const n of before.unsentSegments) segments.delete(n);
			if (segments.size === 0) return;
			summaries.set(sync.id, { ...before, unsentSegments: [...before.unsentSegments, ...segments] });
		},
		/** What still has to leave this device leaves though nobody looks at it. `cancelled`: where that was done. */
		openAll(cancelled: readonly ConversationId[]): void {
			const withUnsent = [...summaries.all].flatMap(([id, { unsent, unsentSegments }]) =>
				unsent > 0 || unsentSegments.length > 0 ? [id] : []
			);
			for (const id of new Set([...withUnsent, ...cancelled])) open.use(id, { inBackground: true }).release();
		}
	};
}
