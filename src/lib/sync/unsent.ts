/** What exists only on this device, in open conversations as in those known by their summaries. */
import { parseEntryId } from '../domain/entry';
import { waitingDeeds } from '../domain/unsentMessages';
import type { ConversationId } from '../domain/ids';
import type { ConversationSync } from './conversationSync';
import type { OpenConversations } from './openConversations';
import type { Summaries, Summary } from './summaries';

type Held = Pick<ConversationSync, 'knowsUnsent' | 'message' | 'unsent'>;
type Told = Pick<Summary, 'changesIn' | 'unsentIn' | 'unsentSegments'>;

/** What is told of a segment that is not in memory here, or that the disk does not give, stands as it was told. */
export const unsentAway = (sync: Pick<Held, 'knowsUnsent'>, told: Told | undefined): readonly number[] =>
	(told?.unsentSegments ?? []).filter((n) => !sync.knowsUnsent(n));

/**
 * Messages of which this device alone has the text, and what else one has done that the others do not know of: deletions,
 * reactions, pins. By segment, where there are any.
 */
export function unsentIn(sync: Held, told: Told | undefined) {
	const counts = { unsentIn: {} as Record<number, number>, changesIn: {} as Record<number, number> };
	for (const { type, target } of waitingDeeds(sync)) {
		const of = counts[type === 'message' ? 'unsentIn' : 'changesIn'];
		const { segment } = parseEntryId(target)!;
		of[segment] = (of[segment] ?? 0) + 1;
	}
	for (const n of unsentAway(sync, told))
		for (const what of ['unsentIn', 'changesIn'] as const) {
			const count = told?.[what]?.[n];
			if (count) counts[what][n] = Math.max(count, counts[what][n] ?? 0);
		}
	return counts;
}

export const sumOf = (counts: Readonly<Record<number, number>> = {}): number =>
	Object.values(counts).reduce((sum, count) => sum + count, 0);

export type Unsent = ReturnType<typeof createUnsent>;

export function createUnsent(open: OpenConversations, summaries: Summaries) {
	/** Messages of which this device alone has the text (not sent yet, or with a change that is not), or other changes. */
	const countIn = (id: ConversationId, what: 'unsentIn' | 'changesIn' = 'unsentIn'): number => {
		const sync = open.get(id);
		const summary = summaries.get(id);
		if (sync?.loaded) return sumOf(unsentIn(sync, summary)[what]);
		// An older version kept the sum alone.
		return summary && what === 'unsentIn' && !summary.unsentIn ? summary.unsent : sumOf(summary?.[what]);
	};

	const count = (what?: 'changesIn'): number => {
		const ids = new Set([...summaries.all.keys(), ...open.values().map(({ id }) => id)]);
		return [...ids].reduce((sum, id) => sum + countIn(id, what), 0);
	};

	const isOpenWith = (sync: ConversationSync): boolean =>
		sync.unsent.length > 0 || unsentAway(sync, summaries.get(sync.id)).length > 0;

	return {
		countIn,
		/** Anything of one's own has not left, be it a reaction. */
		isIn(id: ConversationId): boolean {
			const sync = open.get(id);
			if (sync?.loaded) return isOpenWith(sync);
			const summary = summaries.get(id);
			return summary !== undefined && (summary.unsent > 0 || summary.unsentSegments.length > 0);
		},
		/** Something of it may still have to leave: true too until its documents are read. */
		mayBeIn(id: ConversationId): boolean {
			const sync = open.get(id);
			return !sync?.loaded || isOpenWith(sync);
		},
		count,
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
