/**
 * The same history the naive way, at its best: one Y.Doc, one Y.Array, a Y.Map for each message, kept as one update.
 */
import * as Y from 'yjs';
import { clientOf, saidIn, type HistoryPlan } from './historyPlan';

export function writeNaive(plan: HistoryPlan): Uint8Array {
	const doc = new Y.Doc();
	writeNaiveMessages(doc, plan, 0, plan.messages);
	return Y.encodeStateAsUpdate(doc);
}

/** Appends the messages of places `from` to `to` (without it). */
export function writeNaiveMessages(doc: Y.Doc, plan: HistoryPlan, from: number, to: number): void {
	// One transaction for all: what is written is the same, and writing it takes seconds instead of minutes.
	doc.transact(() => appendMessages(doc, plan, from, to));
}

function appendMessages(doc: Y.Doc, plan: HistoryPlan, from: number, to: number): void {
	const messages = doc.getArray<Y.Map<unknown>>('messages');
	for (const { at, author, client, text, ms, replyTo, reactedBy } of saidIn(plan, from, to)) {
		const message = new Y.Map<unknown>(
			Object.entries({ id: naiveId(client, at), author: author.id, text, at: ms })
		);
		if (replyTo !== undefined) message.set('replyTo', naiveId(client, replyTo));
		doc.clientID = client;
		// At an index: a push walks the whole array.
		messages.insert(messages.length, [message]);
		if (!reactedBy) continue;
		doc.clientID = clientOf(plan, reactedBy, at);
		message.set('reactions', { '👍': [reactedBy.id] });
	}
}

/** Minted ids are random; these are as long as a short one. */
const naiveId = (client: number, at: number): string => `${client.toString(36)}-${at.toString(36)}`;
