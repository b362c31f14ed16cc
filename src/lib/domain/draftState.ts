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

export interface DraftState {
	/** What the field shows; text '' if there is none. */
	readonly current: Draft;
	/** Drafts of other devices that `current` was written over without having seen them. */
	readonly others: readonly Draft[];
	/** The latest stamp among them all: the `base` of what is written next. */
	readonly seen: Stamp;
}

interface KeptDraft extends Draft {
	readonly stamp: Stamp;
	readonly base: Stamp;
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
	const kept = new Map<ConversationId, KeptDraft[]>();
	for (const [key, { value, stamp }] of facts) {
		const [kind, conversation, device] = key.split('/');
		if (kind !== 'draft' || conversation === undefined || device === undefined) continue;
		const draft = readDraft(value, stamp);
		if (!draft) continue;
		const held = kept.get(conversation);
		if (held) held.push(draft);
		else kept.set(conversation, [draft]);
	}
	return new Map([...kept].map(([conversation, drafts]) => [conversation, resolve(drafts)]));
}

function resolve(drafts: KeptDraft[]): DraftState {
	drafts.sort((a, b) => compareStamps(b.stamp, a.stamp));
	const [newest, ...older] = drafts as [KeptDraft, ...KeptDraft[]];
	const unseen = older.filter((draft) => draft.text !== '' && compareStamps(draft.stamp, newest.base) > 0);
	const superseded = (draft: KeptDraft) =>
		older.some((other) => other !== draft && compareStamps(draft.stamp, other.base) <= 0);
	return {
		current: plain(newest),
		others: unseen.filter((draft) => !superseded(draft) && draft.text !== newest.text).map(plain),
		seen: drafts.reduce((latest, { stamp }) => laterStamp(latest, stamp), ZERO_STAMP)
	};
}

const plain = ({ text, replyTo }: Draft): Draft => (replyTo === undefined ? { text } : { text, replyTo });

function readDraft(value: AnyValue, stamp: Stamp): KeptDraft | undefined {
	if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Uint8Array)
		return undefined;
	const { t, r, b } = value;
	if (typeof t !== 'string' || !Array.isArray(b)) return undefined;
	const [ms, counter] = b;
	if (typeof ms !== 'number' || typeof counter !== 'number') return undefined;
	const replyTo = typeof r === 'string' && parseEntryId(r) ? r : undefined;
	return { text: t, replyTo, stamp, base: { ms, counter } };
}
