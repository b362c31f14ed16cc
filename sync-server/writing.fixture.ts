import * as Y from 'yjs';
import { appendEntries } from '../src/lib/conversation/log';
import { decodeMessageBody, encodeMessageBody } from '../src/lib/domain/bodies';
import { KIND } from '../src/lib/domain/entry';
import { LogDocument } from '../src/lib/conversation/logDocument';
import { NOW } from './relay.fixture';

/** Writes a message into the user's log of this document. Returns the update that says it. */
export function say(doc: Y.Doc, user: string, text: string): Uint8Array {
	let said = new Uint8Array();
	doc.once('update', (update: Uint8Array) => {
		said = new Uint8Array(update);
	});
	appendEntries(doc, user, [
		{ kind: KIND.message, stamp: { ms: NOW, counter: 0 }, body: encodeMessageBody({ text }) }
	]);
	return said;
}

/** A document with one user's messages. */
export function docSaying(user: string, ...texts: string[]): Y.Doc {
	const doc = new Y.Doc();
	for (const text of texts) say(doc, user, text);
	return doc;
}

/** The texts of all messages, sorted. */
export function textsOf(doc: Y.Doc): string[] {
	const logs = new LogDocument(doc);
	const texts = [...logs.entries()].flatMap(({ body }) =>
		body ? [decodeMessageBody(body)?.text ?? '?'] : []
	);
	logs.destroy();
	return texts.sort();
}

export const holdsTexts = (...texts: string[]) => {
	const wanted = [...texts].sort().join('\n');
	return (doc: Y.Doc): boolean => textsOf(doc).join('\n') === wanted;
};
