/**
 * Drafts of a conversation on all of a user's devices. Each device keeps its own fact, so none writes over another's;
 * what a draft was written over is said by `base`, the latest stamp of this conversation's drafts that its device had
 * seen. Same facts in, same drafts out.
 */
import { compareStamps, laterStamp, ZERO_STAMP, type Stamp } from './stamp';
import type { AnyValue } from './boundedAny';
import { parseEntryId, type EntryId } from './entry';
import type { Facts } from './facts';
import type { ConversationId } from './ids';

export interface Draft {
	readonly text: string;
	readonly replyTo?: EntryId;
}

/** A draft that somebody may still go on with: not sent, not cleared, and nobody who had seen it wrote over it. */
export interface BegunDraft extends Draft {
	/** The device whose draft it is. */
	readonly writer: string;
	readonly stamp: Stamp;
	/** What it was written over. */
	readonly base: Stamp;
}

export interface DraftState {
	/** Newest first; one a device at most. */
	readonly begun: readonly BegunDraft[];
	/** The latest stamp among all drafts: the `base` of what is written by someone who has seen every one of them. */
	readonly seen: Stamp;
	/** By device, what its newest draft, begun or not, was written over. What it writes next keeps at least that. */
	readonly bases: ReadonlyMap<string, Stamp>;
}

export const EMPTY_DRAFT: Draft = { text: '' };

export const draftKey = (conversation: ConversationId, device: string): string =>
	`draft/${conversation}/${device}`;

/** The fact's value: a sent or cleared draft is one with no text, so that it stays cleared on every device. */
export const draftValue = ({ text, replyTo }: Draft, base: Stamp): AnyValue =>
	replyTo === undefined
		? { t: text, b: [base.ms, base.counter] }
		: { t: text, r: replyTo, b: [base.ms, base.counter] };

/** The drafts of all conversations that have one, from the facts of the home document. */
export function readDrafts(facts: Facts): Map<ConversationId, DraftState> {
	const kept = new Map<ConversationId, BegunDraft[]>();
	for (const [key, { value, stamp }] of facts) {
		const [kind, conversation, writer] = key.split('/');
		if (kind !== 'draft' || conversation === undefined || writer === undefined) continue;
		const draft = readDraft(value, stamp, writer);
		if (!draft) continue;
		const held = kept.get(conversation);
		if (held) held.push(draft);
		else kept.set(conversation, [draft]);
	}
	return new Map([...kept].map(([conversation, drafts]) => [conversation, resolve(drafts)]));
}

function resolve(drafts: BegunDraft[]): DraftState {
	drafts.sort((a, b) => compareStamps(b.stamp, a.stamp));
	const isSeen = (draft: BegunDraft) =>
		drafts.some((other) => other !== draft && compareStamps(draft.stamp, other.base) <= 0);
	return {
		begun: drafts.filter((draft) => draft.text !== '' && !isSeen(draft)),
		seen: drafts.reduce((latest, { stamp }) => laterStamp(latest, stamp), ZERO_STAMP),
		bases: new Map(drafts.map(({ writer, base }) => [writer, base]))
	};
}

function readDraft(value: AnyValue, stamp: Stamp, writer: string): BegunDraft | undefined {
	if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Uint8Array)
		return undefined;
	const { t, r, b } = value;
	if (typeof t !== 'string' || !Array.isArray(b)) return undefined;
	const [ms, counter] = b;
	if (typeof ms !== 'number' || typeof counter !== 'number') return undefined;
	const replyTo = typeof r === 'string' && parseEntryId(r) ? r : undefined;
	return { text: t, replyTo, stamp, base: { ms, counter }, writer };
}
