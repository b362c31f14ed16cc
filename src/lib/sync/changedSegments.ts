/**
 * Segments that changed elsewhere and that this device has not heard of yet: what was deleted in them is still here, and
 * what came to them is not. Brought are those that this device keeps and those behind them, never a history that nobody
 * has opened here; shown or not.
 */
import { bringSegment } from './whenBroughtUp';
import { parseRoom } from '../protocol/rooms';
import type { ConversationId } from '../domain/ids';
import type { ConversationSync } from './conversationSync';
import type { Link } from './link';
import type { LocalStore } from './ports';

/** Segments by conversation. */
export type SegmentsOf = ReadonlyMap<ConversationId, ReadonlySet<number>>;

export interface ChangedSegmentsOptions {
	readonly local: LocalStore;
	readonly link: Pick<Link, 'status' | 'onChange'>;
	/** The conversation, if it is open on this device now. */
	readonly openOne: (id: ConversationId) => ConversationSync | undefined;
	/** Called while a segment that is not shown is here: something in it may have arrived late. */
	readonly look: (sync: ConversationSync) => void;
	/** Of one in which this device has gone on further than the relay lets it: true while that is so. */
	readonly askToGoOn: (sync: ConversationSync) => Promise<boolean>;
}

export function createChangedSegments({ local, link, openOne, look, askToGoOn }: ChangedSegmentsOptions) {
	const due = new Map<ConversationId, Set<number>>();

	function add(id: ConversationId, segments: Iterable<number>): void {
		due.set(id, new Set([...(due.get(id) ?? []), ...segments]));
	}

	/** The first segment that this device keeps anything of; Infinity if it keeps none. */
	async function firstKept(id: ConversationId): Promise<number> {
		let first = Infinity;
		for (const name of await local.keys('acks')) {
			const room = parseRoom(name);
			if (room?.type === 'segment' && room.conversation === id) first = Math.min(first, room.segment);
		}
		return first;
	}

	return {
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
		/** Brings what is due of an open conversation, newest first. Rejects if the rest must be tried again later. */
		async bringUp(sync: ConversationSync): Promise<void> {
			const { id, openSegments } = sync;
			const changed = [...(due.get(id) ?? [])].sort((a, b) => b - a);
			// What changes from here on is due anew.
			due.delete(id);
			const closed = changed.filter((n) => !openSegments.includes(n));
			const from = closed.length > 0 ? await firstKept(id) : Infinity;
			const kept = closed.filter((n) => n >= from);
			for (const [i, n] of kept.entries()) {
				try {
					await bringSegment(sync, n, { link, look: () => look(sync) });
				} catch (error) {
					add(id, kept.slice(i));
					throw error;
				}
			}
			if (sync.rewritings !== '')
				await (await import('./giveBack')).giveBack(sync, { local, link, look, askToGoOn });
		}
	};
}
