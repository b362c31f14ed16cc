import * as Y from 'yjs';
import { describe, expect, it } from 'vitest';
import { ALICE, BOB } from '../domain/entries.fixture';
import { appendEntries, logsOf, readLog } from './log';
import { fromHex, toHex } from '../domain/bytes.fixture';
import { decodeMessageBody, encodeMessageBody } from '../domain/bodies';
import { encodeHeader } from '../domain/entryCodec';
import { KIND, logName } from '../domain/entry';

const message = (text: string, ms = 1) => ({
	kind: KIND.message,
	stamp: { ms, counter: 0 },
	body: encodeMessageBody({ text })
});
const arrayOf = (doc: Y.Doc, author = ALICE) => doc.getArray<Uint8Array>(logName(author, doc.clientID));
const entriesOf = (doc: Y.Doc) =>
	logsOf(doc).flatMap(({ name, ...of }) => readLog(doc.getArray(name).toArray(), { segment: 0, ...of }));
const textOf = (body: Uint8Array | undefined) => body && decodeMessageBody(body)?.text;

/** The items of a client as Yjs numbers them. */
function itemsOf(doc: Y.Doc, client: number): Y.Item[] {
	return (doc.store.clients.get(client) ?? []).map((struct) => {
		if (!(struct instanceof Y.Item)) throw new Error('a struct that is no item');
		return struct;
	});
}

describe('a log', () => {
	it('numbers entries from 0, in one transaction, and says which was the first', () => {
		const doc = new Y.Doc();
		let transactions = 0;
		doc.on('afterTransaction', () => transactions++);
		expect(appendEntries(doc, ALICE, [message('a'), message('b')])).toBe(0);
		expect(appendEntries(doc, ALICE, [message('c')])).toBe(2);
		expect(transactions).toBe(2);
		expect(entriesOf(doc).map(({ s, client, author, body }) => [s, client, author, textOf(body)])).toEqual([
			[0, doc.clientID, ALICE, 'a'],
			[1, doc.clientID, ALICE, 'b'],
			[2, doc.clientID, ALICE, 'c']
		]);
	});

	it('puts the header of entry s at clock 2s and its body at 2s+1, each behind the item before', () => {
		const doc = new Y.Doc();
		for (const text of ['a', 'b', 'c']) appendEntries(doc, ALICE, [message(text)]);
		const items = itemsOf(doc, doc.clientID);
		expect(items.map(({ id, length }) => [id.clock, length])).toEqual(
			[0, 1, 2, 3, 4, 5].map((clock) => [clock, 1])
		);
		expect(items.map(({ origin }) => origin?.clock)).toEqual([undefined, 0, 1, 2, 3, 4]);
		expect(
			items.every(({ rightOrigin, content }) => rightOrigin === null && content instanceof Y.ContentBinary)
		).toBe(true);
	});

	it('keeps its numbers and its origins when the last body, or all of them, are erased', () => {
		const doc = new Y.Doc();
		appendEntries(doc, ALICE, [message('a'), message('b')]);
		arrayOf(doc).delete(3, 1);
		appendEntries(doc, ALICE, [message('c')]);
		arrayOf(doc).delete(1, 1);
		const items = itemsOf(doc, doc.clientID);
		expect(items.find(({ id }) => id.clock === 4)?.origin?.clock).toBe(3);
		expect(entriesOf(doc).map(({ s, body }) => [s, textOf(body)])).toEqual([
			[0, undefined],
			[1, undefined],
			[2, 'c']
		]);
	});

	it('goes on behind a body that was erased before the document was loaded again', () => {
		const doc = new Y.Doc();
		appendEntries(doc, ALICE, [message('a'), message('b')]);
		arrayOf(doc).delete(1, 1);
		arrayOf(doc).delete(2, 1);
		const again = new Y.Doc();
		Y.applyUpdate(again, Y.encodeStateAsUpdate(doc));
		again.clientID = doc.clientID;
		expect(appendEntries(again, ALICE, [message('c')])).toBe(2);
		const items = itemsOf(again, doc.clientID);
		expect(items.find(({ id }) => id.clock === 4)?.origin?.clock).toBe(3);
		Y.applyUpdate(doc, Y.encodeStateAsUpdate(again));
		expect(entriesOf(doc).map(({ s, body }) => [s, textOf(body)])).toEqual([
			[0, undefined],
			[1, undefined],
			[2, 'c']
		]);
	});

	it('erases a body for good: its bytes are in no update any more, and its item is no GC struct', () => {
		const doc = new Y.Doc();
		appendEntries(doc, ALICE, [message('secret words')]);
		expect(Buffer.from(Y.encodeStateAsUpdate(doc)).includes('secret words')).toBe(true);
		arrayOf(doc).delete(1, 1);
		const update = Y.encodeStateAsUpdate(doc);
		expect(Buffer.from(update).includes('secret words')).toBe(false);
		const again = new Y.Doc();
		Y.applyUpdate(again, update);
		expect(itemsOf(again, doc.clientID)).toHaveLength(2);
	});

	it('is another one for another client id, also when Yjs changes it', () => {
		const doc = new Y.Doc();
		appendEntries(doc, ALICE, [message('a')]);
		const first = doc.clientID;
		doc.clientID = first + 1;
		expect(appendEntries(doc, ALICE, [message('b')])).toBe(0);
		expect(entriesOf(doc).map(({ client, s }) => [client, s])).toEqual([
			[first, 0],
			[first + 1, 0]
		]);
	});

	it('has golden bytes as a Yjs update, whole and erased', () => {
		const doc = new Y.Doc();
		doc.clientID = 7;
		appendEntries(doc, ALICE, [message('hi', 1_700_000_000_000)]);
		const start = `01 02 07 00 0301 12 ${'61'.repeat(16)} 3a37 0e 800100000000018bcfe568000000`;
		const whole = fromHex(`${start} 8307 00 09 007601017477026869 00`);
		expect(toHex(Y.encodeStateAsUpdate(doc))).toBe(toHex(whole));
		arrayOf(doc).delete(1, 1);
		expect(toHex(Y.encodeStateAsUpdate(doc))).toBe(toHex(fromHex(`${start} 8107 00 01 01 07 01 01 01`)));
		const read = new Y.Doc();
		Y.applyUpdate(read, whole);
		expect(entriesOf(read)).toMatchObject([
			{ author: ALICE, client: 7, s: 0, stamp: { ms: 1_700_000_000_000 } }
		]);
	});

	it('refuses to write behind half an entry', () => {
		const doc = new Y.Doc();
		arrayOf(doc).push([encodeHeader({ kind: 1, s: 0, stamp: { ms: 1, counter: 0 } })]);
		expect(() => appendEntries(doc, ALICE, [message('a')])).toThrow('half an entry');
	});
});

describe('reading a log', () => {
	const of = { segment: 0, author: BOB, client: 5 };
	const header = (s: number, kind: number = KIND.message) =>
		encodeHeader({ kind, s, stamp: { ms: s, counter: 0 } });
	const body = encodeMessageBody({ text: 'hi' });

	it('passes over what is no entry and goes on behind it', () => {
		const items = [
			body,
			header(0),
			header(1),
			body,
			body,
			'text',
			{ a: 1 },
			new Uint8Array(0),
			Uint8Array.of(0x80),
			header(2),
			body
		];
		expect(readLog(items, of).map(({ s, body: bytes }) => [s, bytes === body])).toEqual([
			[0, false],
			[1, true],
			[2, true]
		]);
	});

	it('keeps kinds and versions that it does not know', () => {
		const later = header(0, 200);
		later[0] = 0x81;
		expect(readLog([later, body], of)).toMatchObject([{ version: 1, kind: 200, body }]);
	});

	it('gives the same object for the same header and body, and another once the body is erased', () => {
		const items = [header(0), body];
		const [first] = readLog(items, of);
		const known = new Map([[0, first!]]);
		expect(readLog(items, of, known)[0]).toBe(first);
		const [erased] = readLog(items.slice(0, 1), of, known);
		expect(erased).toEqual({ ...first, body: undefined });
		const [other] = readLog([header(0, 200), body], of, known);
		expect(other).toEqual({ ...first, kind: 200 });
	});

	it('sees only logs among the roots', () => {
		const doc = new Y.Doc();
		doc.getArray('not a log');
		doc.getMap(logName(ALICE, 1));
		expect(logsOf(doc)).toEqual([{ name: logName(ALICE, 1), author: ALICE, client: 1 }]);
	});
});
