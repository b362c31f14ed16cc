/**
 * Drafts of a conversation on all of a user's devices. Each device keeps its own fact, so none writes over another's;
 * what a draft was written over is said by `base`, by device: one stamp for all of them would also cover drafts that
 * were written before it and arrived after it. Same facts in, same drafts out.
 */
import { compareStamps, laterStamp, type Stamp } from './stamp';
import type { AnyValue } from './boundedAny';
import { parseEntryId, type EntryId } from './entry';
import type { Facts } from './facts';
import type { ConversationId } from './ids';

export interface Draft {
	readonly text: string;
	readonly replyTo?: EntryId;
}

/** By device, the stamp of its newest draft that was seen. */
export type SeenDrafts = ReadonlyMap<string, Stamp>;

/** A draft that somebody may still go on with: not sent, not cleared, and nobody who had seen it wrote over it. */
export interface BegunDraft extends Draft {
	/** The device whose draft it is. */
	readonly writer: string;
	readonly stamp: Stamp;
	/** What it was written over. */
	readonly base: SeenDrafts;
}

export interface DraftState {
	/** Newest first; one a device at most. */
	readonly begun: readonly BegunDraft[];
	/** All drafts: the `base` of what is written by someone who has seen every one of them. */
	readonly seen: SeenDrafts;
	/** By device, what its newest draft, begun or not, was written over. What it writes next keeps at least that. */
	readonly bases: ReadonlyMap<string, SeenDrafts>;
	/** By device, which one's begun draft goes on from its own, having seen it. */
	readonly heirs: ReadonlyMap<string, string>;
}

export const EMPTY_DRAFT: Draft = { text: '' };

/** Sent, cleared, or never begun. What was chosen to be replied to is begun, though nothing is typed yet. */
export const isEmptyDraft = ({ text, replyTo }: Draft): boolean => text === '' && replyTo === undefined;

export const NO_DRAFTS_SEEN: SeenDrafts = new Map();

export function joinSeenDrafts(a: SeenDrafts, b: SeenDrafts): SeenDrafts {
	const joined = new Map(a);
	for (const [writer, stamp] of b) joined.set(writer, laterStamp(joined.get(writer) ?? stamp, stamp));
	return joined;
}

export const draftKey = (conversation: ConversationId, device: string): string =>
	`draft/${conversation}/${device}`;

/** The fact's value: a sent or cleared draft is an empty one, so that it stays cleared on every device. */
export function draftValue({ text, replyTo }: Draft, base: SeenDrafts): AnyValue {
	const b = Object.fromEntries([...base].map(([writer, { ms, counter }]) => [writer, [ms, counter]]));
	return replyTo === undefined ? { t: text, b } : { t: text, r: replyTo, b };
}

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

/** True if whoever has seen these drafts has seen this one, and not an earlier one of the same device alone. */
export function hasSeenDraft(seen: SeenDrafts, { writer, stamp }: BegunDraft): boolean {
	const last = seen.get(writer);
	return last !== undefined && compareStamps(stamp, last) <= 0;
}

function resolve(drafts: BegunDraft[]): DraftState {
	drafts.sort((a, b) => compareStamps(b.stamp, a.stamp));
	const hadSeen = ({ base }: BegunDraft, draft: BegunDraft) => hasSeenDraft(base, draft);
	const written = drafts.filter((draft) => !isEmptyDraft(draft));
	const begun = written.filter((draft) => !drafts.some((other) => hadSeen(other, draft)));
	const heirs = new Map<string, string>();
	for (const draft of written) {
		const heir = begun.find((other) => hadSeen(other, draft));
		if (heir) heirs.set(draft.writer, heir.writer);
	}
	return {
		begun,
		heirs,
		seen: new Map(drafts.map(({ writer, stamp }) => [writer, stamp])),
		bases: new Map(drafts.map(({ writer, base }) => [writer, base]))
	};
}

function readDraft(value: AnyValue, stamp: Stamp, writer: string): BegunDraft | undefined {
	const { t, r, b } = fields(value) ?? {};
	const seen = fields(b);
	if (typeof t !== 'string' || !seen) return undefined;
	const base = new Map<string, Stamp>();
	for (const [other, at] of Object.entries(seen)) {
		const [ms, counter] = Array.isArray(at) ? at : [];
		// Of its own drafts a device has only the last, so what it had seen of them says nothing.
		if (typeof ms === 'number' && typeof counter === 'number' && other !== writer)
			base.set(other, { ms, counter });
	}
	const replyTo = typeof r === 'string' && parseEntryId(r) ? r : undefined;
	return { text: t, replyTo, stamp, base, writer };
}

const fields = (value: AnyValue): { [key: string]: AnyValue } | undefined =>
	typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
		? value
		: undefined;
