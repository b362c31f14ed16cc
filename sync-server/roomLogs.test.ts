/** The relay's own picture of a document, beside Yjs: whatever devices write, both say the same, byte by byte. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { ALICE, BOB } from './cast.fixture';
import { docSaying, say } from './writing.fixture';
import { logName } from '../src/lib/domain/entry';
import { readUpdate } from '../src/lib/protocol/updateReader';
import { RoomLogs } from './roomLogs';

const USERS = [ALICE, ALICE, BOB];

interface Deed {
	readonly writer: number;
	/** Entries that are appended, and items that are erased from a place on, all in one transaction. */
	readonly entries: number;
	readonly erased: number;
	readonly at: number;
	/** Of each body. */
	readonly bytes: number;
}

const deeds = fc.array(
	fc.record({
		writer: fc.nat(USERS.length - 1),
		entries: fc.nat(3),
		erased: fc.nat(5),
		at: fc.nat(50),
		bytes: fc.integer({ min: 1, max: 300 })
	}),
	{ maxLength: 30 }
);

/** What the writers' documents emit, in order. */
function written(all: readonly Deed[]): Uint8Array[] {
	const updates: Uint8Array[] = [];
	const docs = USERS.map((_, writer) => {
		const doc = new Y.Doc();
		doc.clientID = writer + 1;
		doc.on('update', (update: Uint8Array) => updates.push(update));
		return doc;
	});
	for (const { writer, entries, erased, at, bytes } of all) {
		const log = docs[writer]!.getArray<Uint8Array>(logName(USERS[writer]!, writer + 1));
		docs[writer]!.transact(() => {
			for (let i = 0; i < entries; i++) log.push([new Uint8Array([0x80, i]), new Uint8Array(bytes).fill(at)]);
			if (log.length > 0) log.delete(at % log.length, Math.min(erased, log.length - (at % log.length)));
		});
	}
	return updates;
}

function asDoc(updates: readonly Uint8Array[]): Y.Doc {
	const doc = new Y.Doc();
	doc.transact(() => {
		for (const update of updates) Y.applyUpdate(doc, update);
	});
	return doc;
}

function asLogs(updates: readonly Uint8Array[]): RoomLogs {
	const logs = new RoomLogs();
	for (const update of updates) logs.apply(readUpdate(update));
	return logs;
}

describe('the logs of a room', () => {
	it('say what a Yjs document says that took the same updates', () => {
		fc.assert(
			fc.property(deeds, (all) => {
				const updates = written(all);
				const [doc, logs] = [asDoc(updates), asLogs(updates)];
				expect(logs.encode()).toEqual(Y.encodeStateAsUpdate(doc));
				expect(logs.vector()).toEqual(Y.decodeStateVector(Y.encodeStateVector(doc)));
			})
		);
	});

	it('say what somebody lacks who has an earlier state, as Yjs does', () => {
		fc.assert(
			fc.property(deeds, fc.nat(30), (all, until) => {
				const updates = written(all);
				const before = asDoc(updates.slice(0, until));
				const vector = Y.encodeStateVector(before);
				const answer = asLogs(updates).encode(Y.decodeStateVector(vector));
				expect(answer).toEqual(Y.encodeStateAsUpdate(asDoc(updates), vector));
				Y.applyUpdate(before, answer);
				expect(before.store.pendingStructs).toBeNull();
				expect(Y.encodeStateAsUpdate(before)).toEqual(Y.encodeStateAsUpdate(asDoc(updates)));
			})
		);
	});

	it('say the same whether they grew or were read at once, and take what they have a second time', () => {
		fc.assert(
			fc.property(deeds, (all) => {
				const updates = written(all);
				const grown = asLogs(updates);
				const whole = grown.encode();
				expect(asLogs([whole]).encode()).toEqual(whole);
				for (const update of [...updates, whole])
					expect(grown.apply(readUpdate(update))).toEqual({ grown: [], erased: [] });
				expect(grown.encode()).toEqual(whole);
			})
		);
	});

	it('tell what an update changed: what it brought and did not itself erase, and what it erased of the rest', () => {
		const doc = docSaying(ALICE, 'one', 'two');
		const logs = asLogs([Y.encodeStateAsUpdate(doc)]);
		let update = new Uint8Array();
		doc.once('update', (said: Uint8Array) => (update = new Uint8Array(said)));
		const log = doc.getArray<Uint8Array>(logName(ALICE, doc.clientID));
		doc.transact(() => {
			say(doc, ALICE, 'three');
			log.delete(5, 1);
			log.delete(1, 1);
		});
		const { grown, erased } = logs.apply(readUpdate(update));
		expect(
			grown.map(({ structs }) => structs.map(({ clock, bytes }) => [clock, bytes !== undefined]))
		).toEqual([
			[
				[4, true],
				[5, false]
			]
		]);
		expect(erased).toEqual([{ client: doc.clientID, clock: 1, bytes: expect.any(Number) as number }]);
	});

	it('keep no byte of what was erased', () => {
		const doc = docSaying(ALICE, 'a secret', 'no secret');
		const logs = asLogs([Y.encodeStateAsUpdate(doc)]);
		doc.getArray(logName(ALICE, doc.clientID)).delete(1, 1);
		logs.apply(readUpdate(Y.encodeStateAsUpdate(doc)));
		const [item] = logs.items({ client: doc.clientID, clock: 3, length: 1 });
		expect(new TextDecoder().decode(item?.bytes?.buffer)).not.toContain('a secret');
		expect(new TextDecoder().decode(item?.bytes?.buffer)).toContain('no secret');
	});

	it('take nothing of what does not follow', () => {
		const doc = docSaying(ALICE, 'one', 'two');
		const late = Y.encodeStateAsUpdate(doc, Y.encodeStateVector(new Map([[doc.clientID, 2]])));
		const logs = new RoomLogs();
		expect(() => logs.apply(readUpdate(late))).toThrow('does not follow');
		doc.getArray(logName(ALICE, doc.clientID)).delete(3, 1);
		const { deletes } = readUpdate(Y.encodeStateAsUpdate(doc));
		expect(() => logs.apply({ clients: [], deletes })).toThrow('is not there');
		expect([...logs.all()]).toEqual([]);
	});
});
