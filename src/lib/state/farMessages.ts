/**
 * Messages that are shown outside their place, as quotes and in the list of pinned ones: those in memory as they are,
 * those of segments that are on this device and not in memory as they are when their segment is read for them, one
 * segment at a time. Nothing is asked of the relay for it.
 */
import { parseEntryId, type EntryId } from '../domain/entry';
import type { ConversationSync } from '../sync/conversationSync';
import type { Quote } from '../domain/quote';

type Held = Pick<ConversationSync, 'quote' | 'keepsSegment' | 'reaches' | 'holdSegment' | 'onChange'>;

export interface FarMessagesOptions {
	/** Undefined while the conversation is not open. */
	readonly sync: () => Held | undefined;
	/** More is known than before. */
	readonly onRead: () => void;
	/** A segment could not be read. */
	readonly onProblem: (error: unknown) => void;
}

export interface FarMessages {
	/** `missing` at first for one that has to be read: `onRead` is called once it is. */
	quote(id: EntryId): Quote;
	close(): void;
}

/** So many are remembered. */
const KNOWN_MAX = 400;
const MISSING: Quote = { state: 'missing' };

export function farMessages({ sync, onRead, onProblem }: FarMessagesOptions): FarMessages {
	/** What was found, also that it was nothing: it is not looked for again. */
	const known = new Map<EntryId, Quote>();
	/** Still to be looked for, by segment. */
	const due = new Map<number, Set<EntryId>>();
	let stopFollowing: (() => void) | undefined;
	let reading = false;
	let closed = false;

	/** A segment may be in memory for a while for another reason, and its messages change then. */
	function follow(conversation: Held): void {
		stopFollowing ??= conversation.onChange(() => note(conversation, known.keys()));
	}

	function note(conversation: Held, ids: Iterable<EntryId>): void {
		for (const id of ids) {
			const quote = conversation.quote(id);
			if (quote.state !== 'missing') known.set(id, quote);
		}
	}

	async function read(conversation: Held, n: number, ids: ReadonlySet<EntryId>): Promise<void> {
		if (!conversation.reaches(n) || !(await conversation.keepsSegment(n))) return;
		const held = conversation.holdSegment(n);
		try {
			await held.whenLoaded;
			note(conversation, ids);
		} finally {
			await held.letGo();
		}
		if (!closed) onRead();
	}

	async function readDue(conversation: Held): Promise<void> {
		if (reading) return;
		reading = true;
		// Behind what is shown now.
		await Promise.resolve();
		for (let next = firstOf(due); next && !closed; next = firstOf(due)) {
			const [n, ids] = next;
			due.delete(n);
			await read(conversation, n, ids).catch(onProblem);
		}
		reading = false;
	}

	function lookFor(conversation: Held, id: EntryId): void {
		const segment = parseEntryId(id)?.segment;
		for (const oldest of known.size < KNOWN_MAX ? [] : [known.keys().next().value!]) known.delete(oldest);
		known.set(id, MISSING);
		if (segment === undefined) return;
		due.set(segment, (due.get(segment) ?? new Set()).add(id));
		follow(conversation);
		void readDue(conversation);
	}

	return {
		quote(id) {
			const conversation = sync();
			if (!conversation) return MISSING;
			const quote = conversation.quote(id);
			if (quote.state !== 'missing') return quote;
			if (!known.has(id)) lookFor(conversation, id);
			return known.get(id) ?? MISSING;
		},
		close() {
			closed = true;
			stopFollowing?.();
		}
	};
}

const firstOf = <K, V>(map: ReadonlyMap<K, V>): readonly [K, V] | undefined => map.entries().next().value;
