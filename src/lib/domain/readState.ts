/**
 * What a user has read of a conversation, as facts of home: each device keeps its own (`read/<conversation>/<device>`),
 * and their join holds. A higher epoch wins whole, which is how "mark unread" undoes a reading; equal epochs join by
 * maximum. Invariant: join is associative, commutative and idempotent, so devices agree whatever they exchange first.
 */
import { decodePairs, encodePairs } from './vectorPairs';
import { covers, joinVectors, type VersionVector } from './versionVector';
import { READ_PAIRS_MAX } from './limits';
import type { AnyValue } from './boundedAny';
import type { ConversationId } from './ids';
import type { Facts } from './facts';

export interface ReadState {
	readonly epoch: number;
	/** What the seals of this segment and of all before it cover is read; -1 if none. */
	readonly through: number;
	/** What else is read, by segment: of unsealed ones, and what came into sealed ones after their seal. */
	readonly vectors: ReadonlyMap<number, VersionVector>;
}

export const NOTHING_READ: ReadState = { epoch: 0, through: -1, vectors: new Map() };

const COUNT_MAX = 2 ** 31 - 1;

export const readKey = (conversation: ConversationId, device: string): string =>
	`read/${conversation}/${device}`;

/** The read states of all conversations that have one, joined over the user's devices, from the facts of home. */
export function readStates(facts: Facts): Map<ConversationId, ReadState> {
	const states = new Map<ConversationId, ReadState>();
	for (const [key, { value }] of facts) {
		const [kind, conversation, device] = key.split('/');
		if (kind !== 'read' || conversation === undefined || device === undefined) continue;
		const state = decodeReadValue(value);
		if (state) states.set(conversation, joinReadState(states.get(conversation) ?? NOTHING_READ, state));
	}
	return states;
}

export function joinReadState(a: ReadState, b: ReadState): ReadState {
	if (a.epoch !== b.epoch) return a.epoch > b.epoch ? a : b;
	const vectors = new Map(a.vectors);
	for (const [segment, vector] of b.vectors) {
		const held = vectors.get(segment);
		vectors.set(segment, held ? joinVectors(held, vector) : vector);
	}
	return { epoch: a.epoch, through: Math.max(a.through, b.through), vectors };
}

/**
 * The segment in which reading goes on: what is unread in those before it stands before something read. Found without
 * any of them. `from`: the first that there is for the user to read.
 */
export const segmentReadTo = ({ through, vectors }: ReadState, from: number): number =>
	Math.max(from, through + 1, ...vectors.keys());

/** True if `b` adds nothing to `a`: a device may take back the fact of another that its own covers. */
export function coversReadState(a: ReadState, b: ReadState): boolean {
	if (a.epoch !== b.epoch) return a.epoch > b.epoch;
	if (b.through > a.through) return false;
	return [...b.vectors].every(([segment, vector]) => covers(a.vectors.get(segment) ?? new Map(), vector));
}

/**
 * The fact's value: `{e: epoch, v: {segment: [client, clock, …]}, t?: through}`. Holds at most READ_PAIRS_MAX pairs,
 * those of the newest segments: what is left out of a segment counts as unread again.
 */
export function readValue({ epoch, through, vectors }: ReadState): AnyValue {
	const pairs: { [segment: string]: number[] } = {};
	let left = READ_PAIRS_MAX;
	for (const [segment, vector] of [...vectors].sort(([a], [b]) => b - a)) {
		const some = new Map([...vector].slice(0, left));
		left -= some.size;
		if (some.size > 0) pairs[segment] = encodePairs(some);
	}
	return through < 0 ? { e: epoch, v: pairs } : { e: epoch, v: pairs, t: through };
}

/** Undefined if the value is no read state. A segment's vector that cannot be read is left out. */
export function decodeReadValue(value: AnyValue): ReadState | undefined {
	const { e, v, t } = fields(value) ?? {};
	const pairs = fields(v);
	if (!isCount(e) || !pairs) return undefined;
	const vectors = new Map<number, VersionVector>();
	for (const [segment, list] of Object.entries(pairs)) {
		const vector = /^(0|[1-9]\d{0,8})$/.test(segment) ? decodePairs(list) : undefined;
		if (vector && vector.size > 0) vectors.set(Number(segment), vector);
	}
	return { epoch: e, through: isCount(t) ? t : -1, vectors };
}

const isCount = (value: AnyValue): value is number =>
	Number.isInteger(value) && (value as number) >= 0 && (value as number) <= COUNT_MAX;

const fields = (value: AnyValue): { [key: string]: AnyValue } | undefined =>
	typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
		? value
		: undefined;
