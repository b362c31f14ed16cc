/**
 * Segments that changed elsewhere and that this device has not heard of yet: what was deleted in them is still here, and
 * what came to them is not. Which of them are brought is not decided here (bringUp).
 */
import type { ConversationId } from '../domain/ids';
import type { ConversationSync } from './conversationSync';

/** Segments by conversation. */
export type SegmentsOf = ReadonlyMap<ConversationId, ReadonlySet<number>>;

export type ChangedSegments = ReturnType<typeof createChangedSegments>;

/** `openOne`: the conversation, if it is open on this device now. */
export function createChangedSegments(openOne: (id: ConversationId) => ConversationSync | undefined) {
	const due = new Map<ConversationId, Set<number>>();

	function add(id: ConversationId, segments: Iterable<number>): void {
		due.set(id, new Set([...(due.get(id) ?? []), ...segments]));
	}

	return {
		add,
		/** Takes note of what changed; returns the conversations to bring up. What is open and in step has heard of it. */
		note(changed: SegmentsOf): ConversationId[] {
			const behind = [...changed].filter(([id, segments]) => {
				const sync = openOne(id);
				return (
					!sync?.synced || sync.rewritings !== '' || [...segments].some((n) => !sync.openSegments.includes(n))
				);
			});
			for (const [id, segments] of behind) add(id, segments);
			return behind.map(([id]) => id);
		},
		/** What is due of it, newest first. What changes from here on is due anew. */
		take(id: ConversationId): number[] {
			const taken = [...(due.get(id) ?? [])].sort((a, b) => b - a);
			due.delete(id);
			return taken;
		}
	};
}
