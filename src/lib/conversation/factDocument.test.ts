import * as Y from 'yjs';
import { describe, expect, it } from 'vitest';
import { ALICE } from '../domain/entries.fixture';
import { appendEntries, logsOf } from './log';
import { Clock } from '../domain/clock';
import { encodeSetBody } from '../domain/bodies';
import { KIND, logName } from '../domain/entry';
import { readFacts, writeFacts } from './factDocument';
import { SYSTEM_USER } from '../domain/ids';
import type { AnyValue } from '../domain/boundedAny';

function writer(author = SYSTEM_USER, doc = new Y.Doc()) {
	let now = 0;
	const clock = new Clock(() => ++now);
	const write = (facts: Record<string, AnyValue>) =>
		writeFacts(doc, author, new Map(Object.entries(facts)), () => clock.tick());
	return { doc, clock, write };
}

const plain = (doc: Y.Doc) => Object.fromEntries([...readFacts(doc)].map(([key, { value }]) => [key, value]));

describe('a document of facts', () => {
	it('holds what was written last, and writes only what differs', () => {
		const { doc, write } = writer();
		expect(write({ name: 'Trip', live: 0 })).toBe(2);
		expect(write({ name: 'Trip', live: 1 })).toBe(1);
		expect(write({ name: 'Trip', live: 1 })).toBe(0);
		expect(plain(doc)).toEqual({ name: 'Trip', live: 1 });
	});

	it('keeps a fact that was taken back, and writes none for what never was', () => {
		const { doc, write } = writer();
		write({ name: 'Trip' });
		expect(write({ name: null, never: null })).toBe(1);
		expect(plain(doc)).toEqual({ name: null });
		expect(write({ name: null })).toBe(0);
	});

	it('stays as small as what holds after 10,000 writes', () => {
		const { doc, write } = writer();
		for (let i = 0; i < 10_000; i++) write({ [`key ${i % 10}`]: i });
		expect(Object.keys(plain(doc))).toHaveLength(10);
		expect(doc.getArray(logName(SYSTEM_USER, doc.clientID)).length).toBe(20);
		expect(Y.encodeStateAsUpdate(doc).length).toBeLessThan(2_000);
	}, 60_000);

	it('erases superseded facts whole on every replica', () => {
		const { doc, write } = writer();
		const replica = new Y.Doc();
		doc.on('update', (update: Uint8Array) => Y.applyUpdate(replica, update));
		write({ name: 'first name' });
		write({ name: 'second name' });
		expect(plain(replica)).toEqual({ name: 'second name' });
		expect(Buffer.from(Y.encodeStateAsUpdate(replica)).includes('first name')).toBe(false);
		expect(replica.getArray(logName(SYSTEM_USER, doc.clientID)).length).toBe(2);
	});

	it('holds what was written last by a clock that has stepped back', () => {
		const doc = new Y.Doc();
		const write = (name: string, ms: number) =>
			writeFacts(doc, ALICE, new Map([['name', name]]), () => ({ ms, counter: 0 }));
		write('first name', 2_000_000);
		write('second name', 1);
		expect(plain(doc)).toEqual({ name: 'second name' });
	});

	it('writes facts and erasures in one transaction', () => {
		const { doc, write } = writer();
		write({ name: 'a' });
		let updates = 0;
		doc.on('update', () => updates++);
		write({ name: 'b' });
		expect(updates).toBe(1);
	});

	it('clears the logs of earlier openings, and goes on after a reload', () => {
		const first = writer();
		first.write({ name: 'a', kind: 'group' });
		const doc = new Y.Doc();
		Y.applyUpdate(doc, Y.encodeStateAsUpdate(first.doc));
		const clock = new Clock(() => 1, first.clock.state);
		writeFacts(doc, SYSTEM_USER, new Map([['name', 'b']]), () => clock.tick());
		expect(plain(doc)).toEqual({ name: 'b', kind: 'group' });
		expect(logsOf(doc)).toHaveLength(2);
		expect(doc.getArray(logName(SYSTEM_USER, first.doc.clientID)).length).toBe(2);
	});

	it('agrees between two writers of one key, and each clears its own', () => {
		const one = writer(ALICE);
		const two = writer(ALICE);
		one.write({ draft: 'one' });
		two.write({ draft: 'older' });
		two.write({ draft: 'two' });
		Y.applyUpdate(one.doc, Y.encodeStateAsUpdate(two.doc));
		Y.applyUpdate(two.doc, Y.encodeStateAsUpdate(one.doc));
		expect(plain(one.doc)).toEqual(plain(two.doc));
		expect(plain(one.doc)).toEqual({ draft: 'two' });
		one.write({ other: 1 });
		expect(Buffer.from(Y.encodeStateAsUpdate(one.doc)).includes('one')).toBe(false);
	});

	it('leaves entries of later versions and other kinds where they are', () => {
		const { doc, clock, write } = writer();
		appendEntries(doc, SYSTEM_USER, [
			{ kind: 200, stamp: clock.tick(), body: encodeSetBody({ key: 'name', value: 'later' }) }
		]);
		write({ name: 'a' });
		write({ name: 'b' });
		expect(doc.getArray(logName(SYSTEM_USER, doc.clientID)).length).toBe(4);
		expect(KIND.set).toBe(7);
		expect(plain(doc)).toEqual({ name: 'b' });
	});
});
