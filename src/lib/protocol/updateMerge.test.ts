import fc from 'fast-check';
import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { mergeable, mergeUpdates } from './updateMerge';

const merged = (updates: readonly Uint8Array[]) => mergeUpdates(updates.map(mergeable));

function apply(updates: readonly Uint8Array[]): Y.Doc {
	const doc = new Y.Doc();
	for (const update of updates) Y.applyUpdate(doc, update);
	return doc;
}

/** Documents of writers who append to and erase in logs of their own, and the updates that say it, in order. */
function written(
	deeds: readonly { readonly writer: number; readonly erases: boolean; readonly at: number }[]
) {
	const updates: Uint8Array[] = [];
	const docs = Array.from({ length: 3 }, (_, writer) => {
		const doc = new Y.Doc();
		doc.clientID = writer + 1;
		doc.on('update', (update: Uint8Array) => updates.push(update));
		return doc;
	});
	for (const { writer, erases, at } of deeds) {
		const log = docs[writer]!.getArray<Uint8Array>(`log ${writer}`);
		docs[writer]!.transact(() => {
			if (erases && log.length > 0) log.delete(at % log.length, 1);
			else log.push([new Uint8Array([1, at]), new Uint8Array(at)]);
		});
	}
	return updates;
}

const deeds = fc.array(fc.record({ writer: fc.nat(2), erases: fc.boolean(), at: fc.nat(300) }), {
	maxLength: 40
});

it('says in one update what several say, whoever wrote them and whatever they erase', () => {
	fc.assert(
		fc.property(deeds, (all) => {
			const updates = written(all);
			const together = merged(updates);
			expect(together).toHaveLength(Math.min(1, updates.length));
			const [doc, expected] = [apply(together), apply(updates)];
			expect(doc.store.pendingStructs).toBeNull();
			expect(doc.store.pendingDs).toBeNull();
			expect(Y.encodeStateAsUpdate(doc)).toEqual(Y.encodeStateAsUpdate(expected));
		})
	);
});

it('gives the same updates again to who asks for fewer of them', () => {
	const all = written(Array.from({ length: 6 }, (_, i) => ({ writer: i % 3, erases: false, at: i }))).map(
		mergeable
	);
	const before = mergeUpdates(all);
	const others = mergeUpdates(all.filter((_, i) => i % 3 !== 1));
	expect(apply(others).share.size).toBe(2);
	expect(mergeUpdates(all)).toEqual(before);
});

it('leaves by itself what no log has, in its place', () => {
	const doc = new Y.Doc();
	const updates: Uint8Array[] = [];
	doc.on('update', (update: Uint8Array) => updates.push(update));
	const log = doc.getArray('log');
	for (const content of [
		[new Uint8Array([1])],
		[new Uint8Array([2])],
		['text'],
		[new Uint8Array([3])],
		[new Uint8Array([4])]
	])
		log.push(content);
	const together = merged(updates);
	expect(together).toHaveLength(3);
	expect(together[1]).toBe(updates[2]);
	expect(apply(together).getArray('log').toJSON()).toEqual(log.toJSON());
});

it('leaves a gap between updates of one client as it is', () => {
	const updates = written(Array.from({ length: 3 }, (_, at) => ({ writer: 0, erases: false, at })));
	const together = merged([updates[0]!, updates[2]!]);
	expect(together).toHaveLength(2);
	expect(apply([...together, updates[1]!]).getArray('log 0').length).toBe(6);
});

it('leaves bytes that are no update as they are', () => {
	const [update] = written([{ writer: 0, erases: false, at: 1 }]);
	const bytes = new Uint8Array([5, 200, 1]);
	expect(merged([bytes, update!])).toEqual([bytes, update]);
});
