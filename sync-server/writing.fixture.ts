import * as Y from 'yjs';
import { appendEntries, type NewEntry } from '../src/lib/conversation/log';
import { decodeMessageBody, encodeMessageBody } from '../src/lib/domain/bodies';
import { isHeader } from '../src/lib/domain/entryCodec';
import { KIND } from '../src/lib/domain/entry';
import { LogDocument } from '../src/lib/conversation/logDocument';
import { NOW } from './cast.fixture';
import { writeFacts } from '../src/lib/conversation/factDocument';

/** Writes a message into the user's log of this document. Returns the update that says it. */
export const say = (doc: Y.Doc, user: string, text: string): Uint8Array =>
	write(doc, user, { body: encodeMessageBody({ text }) });

/** Appends an entry of any kind and stamp. Returns the update that says it. */
export function write(doc: Y.Doc, user: string, entry: Partial<NewEntry> = {}): Uint8Array {
	let said = new Uint8Array();
	doc.once('update', (update: Uint8Array) => {
		said = new Uint8Array(update);
	});
	const body = encodeMessageBody({ text: 'x' });
	appendEntries(doc, user, [{ kind: KIND.message, stamp: { ms: NOW, counter: 0 }, body, ...entry }]);
	return said;
}

/** Writes a fact; what it supersedes in the user's logs is erased whole. */
export function setFact(doc: Y.Doc, user: string, key: string, value: string): void {
	writeFacts(doc, user, new Map([[key, value]]), () => ({ ms: NOW, counter: 0 }));
}

/** Erases the body of one of the log's messages, if there is any. */
export function eraseOne(doc: Y.Doc, log: string, pick = 0): void {
	const items = doc.getArray<Uint8Array>(log);
	const bodies = items
		.toArray()
		.flatMap((bytes, i, all) => (i > 0 && !isHeader(bytes) && all[i - 1]![1] === KIND.message ? [i] : []));
	const at = bodies[pick % Math.max(1, bodies.length)];
	if (at !== undefined) items.delete(at, 1);
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
