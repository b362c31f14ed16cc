import fc from 'fast-check';
import * as Y from 'yjs';
import { describe, expect, it } from 'vitest';
import { ALICE, BOB } from '../domain/entries.fixture';
import { appendEntries } from './log';
import { createTimelineFold } from '../domain/timelineFold';
import { encodeHeader } from '../domain/entryCodec';
import { encodeMessageBody } from '../domain/bodies';
import { foldTimeline } from '../domain/timeline';
import { formatEntryId, KIND, logName, type Entry, type EntryId } from '../domain/entry';
import { LogDocument } from './logDocument';
import { readFacts } from './factDocument';

const message = (text: string, ms = 1) => ({
	kind: KIND.message,
	stamp: { ms, counter: 0 },
	body: encodeMessageBody({ text })
});
const byId = (entries: Iterable<Entry>) =>
	new Map([...entries].map((entry) => [formatEntryId(entry), entry]));
const fresh = (doc: Y.Doc) => byId(new LogDocument(doc).entries());

/** Erases the body of one of the author's entries, wherever it stands in the log. */
function eraseBody(doc: Y.Doc, name: string, nth: number): void {
	const array = doc.getArray<Uint8Array>(name);
	const bodies = array.toArray().flatMap((bytes, i) => (bytes[0] === 0 ? [i] : []));
	if (bodies.length > 0) array.delete(bodies[nth % bodies.length]!, 1);
}

type Step = { do: 'append' | 'erase' | 'sync' | 'reload'; at: number; other: number; count: number };
const arbitraryStep: fc.Arbitrary<Step> = fc.record({
	do: fc.constantFrom('append', 'append', 'append', 'erase', 'sync', 'sync', 'reload'),
	at: fc.nat(2),
	other: fc.nat(2),
	count: fc.integer({ min: 1, max: 3 })
});

describe('a document of logs', () => {
	it('tells changes that add up to a fresh reading, under any merges, erasures and reloads', () => {
		fc.assert(
			fc.property(fc.array(arbitraryStep, { maxLength: 40 }), (steps) => {
				const replicas = [ALICE, ALICE, BOB].map((author) => openReplica(author));
				for (const [i, { do: what, at, other, count }] of steps.entries()) {
					const replica = replicas[at]!;
					const name = logName(replica.author, replica.doc.clientID);
					if (what === 'append')
						appendEntries(
							replica.doc,
							replica.author,
							Array.from({ length: count }, () => message(`${i}`, i % 5))
						);
					else if (what === 'erase')
						replica.doc.transact(() =>
							Array.from({ length: count }, (_, n) => eraseBody(replica.doc, name, i + n))
						);
					else if (what === 'reload')
						replicas[at] = openReplica(replica.author, Y.encodeStateAsUpdate(replica.doc));
					else
						Y.applyUpdate(
							replica.doc,
							Y.encodeStateAsUpdate(replicas[other]!.doc, Y.encodeStateVector(replica.doc))
						);
					const now = replicas[at]!;
					expect(byId(now.log.entries())).toEqual(fresh(now.doc));
					expect(now.told).toEqual(fresh(now.doc));
					expect(now.fold.items).toEqual(foldTimeline(now.log.entries()));
				}
				for (const { doc } of replicas)
					for (const other of replicas) Y.applyUpdate(doc, Y.encodeStateAsUpdate(other.doc));
				for (const { doc } of replicas)
					for (const other of replicas) Y.applyUpdate(doc, Y.encodeStateAsUpdate(other.doc));
				for (const { fold } of replicas) expect(fold.items).toEqual(replicas[0]!.fold.items);
			}),
			{ numRuns: 150 }
		);
	});

	it('keeps an entry the same object while it does not change', () => {
		const { doc, log, told } = openReplica(ALICE);
		appendEntries(doc, ALICE, [message('a')]);
		const [first] = log.entries();
		appendEntries(doc, ALICE, [message('b')]);
		eraseBody(doc, logName(ALICE, doc.clientID), 1);
		expect([...log.entries()][0]).toBe(first);
		expect(told.get(formatEntryId(first!))).toBe(first);
	});

	it('tells each change once, and none once it is stopped', () => {
		const doc = new Y.Doc();
		const log = new LogDocument(doc, 3);
		const changes: (readonly Entry[])[] = [];
		const stop = log.onChange(({ entries }) => changes.push(entries));
		appendEntries(doc, ALICE, [message('a'), message('b')]);
		const other = new Y.Doc();
		other.getMap('something else').set('a', 1);
		Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
		stop();
		appendEntries(doc, ALICE, [message('c')]);
		expect(changes.map((entries) => entries.map(({ segment, s }) => [segment, s]))).toEqual([
			[
				[3, 0],
				[3, 1]
			]
		]);
		log.destroy();
		appendEntries(doc, ALICE, [message('d')]);
		expect([...log.entries()]).toHaveLength(3);
	});

	it('sees a new log also when another reader touched its root first', () => {
		const doc = new Y.Doc();
		doc.on('afterTransaction', () => readFacts(doc));
		const { log } = openReplica(BOB, undefined, doc);
		const other = new Y.Doc();
		appendEntries(other, ALICE, [message('a')]);
		Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
		expect([...log.entries()]).toHaveLength(1);
	});

	it('joins a body that arrives behind its header', () => {
		const { doc, log, told } = openReplica(ALICE);
		const array = doc.getArray<Uint8Array>(logName(ALICE, doc.clientID));
		array.push([encodeHeader({ kind: KIND.message, s: 0, stamp: { ms: 1, counter: 0 } })]);
		expect([...log.entries()]).toMatchObject([{ s: 0, body: undefined }]);
		const { body } = message('a');
		array.push([body]);
		expect([...told.values()]).toMatchObject([{ s: 0, body }]);
	});

	it('reads the same after a log repeats a number, which no honest device does', () => {
		const { doc, log } = openReplica(ALICE);
		const array = doc.getArray<Uint8Array>(logName(ALICE, doc.clientID));
		for (const s of [0, 1, 1, 0, 2]) {
			array.push([
				encodeHeader({ kind: KIND.message, s, stamp: { ms: s, counter: 0 } }),
				message(`${array.length}`).body
			]);
			expect(byId(log.entries())).toEqual(fresh(doc));
		}
	});

	it('looks only at what is new when a log grows', () => {
		const { doc, log } = openReplica(ALICE);
		appendEntries(
			doc,
			ALICE,
			Array.from({ length: 2_000 }, (_, i) => message(`${i}`, i))
		);
		const before = [...log.entries()];
		let told = 0;
		log.onChange(({ entries }) => (told += entries.length));
		for (let i = 0; i < 20; i++) appendEntries(doc, ALICE, [message('more')]);
		expect(told).toBe(20);
		expect([...log.entries()].slice(0, 2_000).every((entry, i) => entry === before[i])).toBe(true);
	});
});

function openReplica(author: string, update?: Uint8Array, doc = new Y.Doc()) {
	if (update) Y.applyUpdate(doc, update);
	const log = new LogDocument(doc);
	const fold = createTimelineFold();
	const told = new Map<EntryId, Entry>();
	const take = (entries: Iterable<Entry>) => {
		const all = [...entries];
		for (const entry of all) told.set(formatEntryId(entry), entry);
		fold.apply(all);
	};
	take(log.entries());
	log.onChange(({ entries }) => take(entries));
	return { author, doc, log, fold, told };
}
