/**
 * Brings conversations onto this device though nobody looks at them: newest first, a few at a time, closed when done.
 * A conversation is queued once, however often it is asked for; asked for while it is being brought up, it goes again.
 */
import { createEmitter } from './emitter';
import type { ConversationId } from '../domain/ids';
import type { Timers } from './ports';

/** Conversations brought up at once, besides the open one (DESIGN section 6, fairness). */
const AT_ONCE_MAX = 4;
/** What fails though there is a connection, as where the disk refuses, is tried again after so many milliseconds. */
const RETRY_MS = 5_000;

export interface CatchUpOptions {
	/** Opens, syncs, notes and closes one conversation. Resolves when done; rejects if it must be tried again later. */
	readonly bringUp: (id: ConversationId) => Promise<void>;
	/** Newer ones go first. */
	readonly newness: (id: ConversationId) => number;
	/** What failed is else tried again with the next connection. */
	readonly isOnline: () => boolean;
	readonly timers: Timers;
}

export type CatchUp = ReturnType<typeof createCatchUp>;

export function createCatchUp({ bringUp, newness, isOnline, timers }: CatchUpOptions) {
	const changed = createEmitter();
	const queue = new Set<ConversationId>();
	const running = new Set<ConversationId>();
	const failed = new Set<ConversationId>();
	let stopped = false;
	let stopRetry: (() => void) | undefined;

	function next(): ConversationId | undefined {
		let best: ConversationId | undefined;
		for (const id of queue)
			if (!running.has(id) && (best === undefined || newness(id) > newness(best))) best = id;
		return best;
	}

	function run(): void {
		while (!stopped && running.size < AT_ONCE_MAX) {
			const id = next();
			if (id === undefined) break;
			queue.delete(id);
			running.add(id);
			void bringUp(id)
				.then(
					() => failed.delete(id),
					() => fail(id)
				)
				.then(() => {
					running.delete(id);
					changed.emit();
					run();
				});
		}
	}

	function fail(id: ConversationId): void {
		failed.add(id);
		if (!stopped && isOnline()) stopRetry ??= timers.after(RETRY_MS, resume);
	}

	function resume(): void {
		stopRetry?.();
		stopRetry = undefined;
		for (const id of failed) queue.add(id);
		failed.clear();
		changed.emit();
		run();
	}

	return {
		onChange: changed.on,
		/** How many are still to be brought up. */
		get left(): number {
			const notQueued = [...running, ...failed].filter((id) => !queue.has(id));
			return queue.size + new Set(notQueued).size;
		},
		add(ids: Iterable<ConversationId>): void {
			for (const id of ids) queue.add(id);
			changed.emit();
			run();
		},
		/** Tries again what failed: there is a connection now. */
		resume,
		stop(): void {
			stopped = true;
			stopRetry?.();
		}
	};
}
