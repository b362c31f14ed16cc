/**
 * The history as Skein keeps it, written straight into documents: segments with their seals, and what the server and
 * the device say about them. Invariant: what is read back is what devices and server would have written.
 */
import * as Y from 'yjs';
import { appendEntries } from '../../src/lib/conversation/log';
import { directoryFacts } from '../../src/lib/domain/directory';
import { encodeMessageBody, encodeSystemBody } from '../../src/lib/domain/bodies';
import { encodeReactionBody } from '../../src/lib/domain/annotationBodies';
import { formatEntryId, KIND } from '../../src/lib/domain/entry';
import { infoFacts } from '../../src/lib/domain/info';
import { msOf, people, READER, saidIn, type HistoryPlan } from './historyPlan';
import { readKey, readValue } from '../../src/lib/domain/readState';
import { segmentFacts, type SegmentSpan } from '../../src/lib/domain/segmentSpans';
import { SEGMENT_MESSAGES_MAX } from '../../src/lib/domain/limits';
import { SYSTEM_USER, type UserId } from '../../src/lib/domain/ids';
import { writeFacts } from '../../src/lib/conversation/factDocument';
import type { AnyValue } from '../../src/lib/domain/boundedAny';
import type { Stamp } from '../../src/lib/domain/stamp';
import type { VersionVector } from '../../src/lib/domain/versionVector';

/** A document as the device keeps it: its state, and what the relay is known to have of it. */
export interface KeptDocument {
	readonly update: Uint8Array;
	readonly acked: VersionVector;
}

/** The first segment holds half as much as it may, and so the last one does too: a live segment is half full on average. */
const FIRST_SEGMENT = SEGMENT_MESSAGES_MAX / 2;

const firstOf = (n: number): number => (n === 0 ? 0 : FIRST_SEGMENT + (n - 1) * SEGMENT_MESSAGES_MAX);

export const segmentCount = ({ messages }: HistoryPlan): number =>
	1 + Math.ceil(Math.max(0, messages - FIRST_SEGMENT) / SEGMENT_MESSAGES_MAX);

const liveOf = (plan: HistoryPlan): number => segmentCount(plan) - 1;

export function writeSegment(plan: HistoryPlan, n: number): KeptDocument {
	const doc = new Y.Doc();
	doc.transact(() => appendMessages(plan, n, doc));
	return kept(doc);
}

function appendMessages(plan: HistoryPlan, n: number, doc: Y.Doc): void {
	const from = firstOf(n);
	const to = Math.min(plan.messages, firstOf(n + 1));
	const ids = new Map<number, string>();
	const messages = new Map<number, number>();
	const append = (author: UserId, client: number, kind: number, stamp: Stamp, body: Uint8Array): number => {
		doc.clientID = client;
		return appendEntries(doc, author, [{ kind, stamp, body }]);
	};
	for (const said of saidIn(plan, from, to)) {
		const { at, author, client, text, ms, replyTo, reactedBy } = said;
		const body = encodeMessageBody({ text, replyTo: replyTo === undefined ? undefined : ids.get(replyTo) });
		const s = append(author.id, client, KIND.message, { ms, counter: 0 }, body);
		const id = formatEntryId({ segment: n, client, s });
		ids.set(at, id);
		messages.set(client, 2 * s + 2);
		if (!reactedBy) continue;
		const reaction = encodeReactionBody({ target: id, emoji: '👍', on: true });
		// Another page load than that of the messages: nobody's order of messages depends on who reacted.
		const reacting = (client + 1 + plan.people.indexOf(reactedBy)) >>> 0;
		append(reactedBy.id, reacting, KIND.reaction, { ms: ms + 1_000, counter: 0 }, reaction);
	}
	if (n < liveOf(plan)) {
		const body = encodeSystemBody({ key: `seal/${n}`, event: 'seal', vector: messages });
		append(SYSTEM_USER, 7, KIND.system, { ms: msOf(plan, to - 1) + 2_000, counter: 0 }, body);
	}
}

export function writeInfo(plan: HistoryPlan, name: string): KeptDocument {
	const live = liveOf(plan);
	const spans = new Map<number, SegmentSpan>();
	for (let n = 0; n <= live; n++) {
		const first = msOf(plan, firstOf(n));
		spans.set(n, { first, last: n < live ? msOf(plan, firstOf(n + 1) - 1) : undefined });
	}
	const info = infoFacts({
		kind: 'group',
		name,
		live,
		members: new Map(plan.people.map(({ id }, i) => [id, i === 0 ? 'owner' : 'member'])),
		people: new Map(plan.people.map((person) => [person.id, person]))
	});
	return factDocument(SYSTEM_USER, new Map([...info, ...segmentFacts(spans)]), plan.startMs);
}

export function writeDirectory(conversations: readonly HistoryPlan[]): KeptDocument {
	const [self] = people;
	const facts = directoryFacts({
		self: { username: self!.username, displayName: self!.displayName },
		conversations: new Map(conversations.map(({ conversation: id }) => [id, { id, kind: 'group' as const }]))
	});
	return factDocument(SYSTEM_USER, facts, conversations[0]?.startMs ?? 0);
}

/** The reader has read everything. */
export function writeHome(conversations: readonly HistoryPlan[]): KeptDocument {
	const facts = conversations.map((plan): [string, AnyValue] => {
		const live = liveOf(plan);
		const { acked } = writeSegment(plan, live);
		const state = { epoch: 0, through: live - 1, vectors: new Map([[live, acked]]) };
		return [readKey(plan.conversation, 'benchdevice'), readValue(state)];
	});
	return factDocument(READER, new Map(facts), conversations[0]?.startMs ?? 0);
}

function factDocument(author: UserId, facts: ReadonlyMap<string, AnyValue>, ms: number): KeptDocument {
	const doc = new Y.Doc();
	doc.clientID = 7;
	let counter = 0;
	writeFacts(doc, author, facts, () => ({ ms, counter: counter++ }));
	return kept(doc);
}

const kept = (doc: Y.Doc): KeptDocument => ({
	update: Y.encodeStateAsUpdate(doc),
	acked: Y.decodeStateVector(Y.encodeStateVector(doc))
});
