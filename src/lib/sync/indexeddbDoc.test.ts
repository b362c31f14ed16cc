import 'fake-indexeddb/auto';
import * as Y from 'yjs';
import { expect, it, vi } from 'vitest';
import { createFakeTime } from './fakeSocket.fixture';
import { openIndexeddbDoc } from './indexeddbDoc';

let databases = 0;
const freshName = () => `skein:test:${databases++}`;

async function open(name: string) {
	const doc = new Y.Doc();
	const problems: string[] = [];
	const time = createFakeTime();
	const persistence = openIndexeddbDoc(name, doc, {
		timers: time.timers,
		onProblem: (problem) => problems.push(problem)
	});
	await persistence.whenLoaded;
	return {
		doc,
		persistence,
		problems,
		texts: () => doc.getArray<string>('x').toArray(),
		write: (text: string) => doc.getArray<string>('x').push([text])
	};
}

/** The connection that the persistence holds, as a browser would close it. */
function connectionOf(persistence: { origin: unknown }): IDBDatabase {
	const { db } = persistence.origin as { db: IDBDatabase };
	return db;
}

function countUpdates(persistence: { origin: unknown }): Promise<number> {
	return new Promise((resolve, reject) => {
		const request = connectionOf(persistence).transaction('updates').objectStore('updates').count();
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error);
	});
}

it('what was stored is there when the document is opened again', async () => {
	const name = freshName();
	const first = await open(name);
	first.write('hello');
	await first.persistence.stored();
	await first.persistence.close();
	expect((await open(name)).texts()).toEqual(['hello']);
});

it('what is written while the document loads is stored, and what answers the load too', async () => {
	const name = freshName();
	const first = await open(name);
	first.write('before');
	await first.persistence.stored();
	await first.persistence.close();

	const doc = new Y.Doc();
	const texts = doc.getArray<string>('x');
	doc.once('afterTransaction', () => texts.observe(() => texts.length === 2 && texts.push(['an answer'])));
	const { timers } = createFakeTime();
	const second = openIndexeddbDoc(name, doc, { timers, onProblem: () => {} });
	texts.push(['while it loads']);
	await second.whenLoaded;
	await second.stored();
	await second.close();
	expect((await open(name)).texts().toSorted()).toEqual(['an answer', 'before', 'while it loads']);
});

it('a load makes no bytes of what it reads', async () => {
	const name = freshName();
	const first = await open(name);
	first.write('hello');
	await first.persistence.stored();
	await first.persistence.close();

	const doc = new Y.Doc();
	const listened: boolean[] = [];
	doc.on('afterTransaction', () => listened.push(doc._observers.has('update')));
	const { timers } = createFakeTime();
	const persistence = openIndexeddbDoc(name, doc, { timers, onProblem: () => {} });
	await persistence.whenLoaded;
	expect(listened).toContain(false);
	expect(doc._observers.has('update')).toBe(true);
	await persistence.close();
});

it('a document whose connection the browser has closed is let go of', async () => {
	const { persistence } = await open(freshName());
	connectionOf(persistence).close();
	await persistence.close();
});

it('a transaction does not throw when the browser has closed the connection, and its text is kept', async () => {
	const name = freshName();
	const first = await open(name);
	connectionOf(first.persistence).close();
	expect(() => first.write('written into the closed one')).not.toThrow();
	await vi.waitFor(() => first.persistence.stored());
	first.write('and after');
	await first.persistence.stored();
	await first.persistence.close();
	expect((await open(name)).texts()).toEqual(['written into the closed one', 'and after']);
});

it('opening again and again does not make the database grow without end', async () => {
	const name = freshName();
	for (let i = 0; i < 150; i++) {
		const { persistence, write } = await open(name);
		write(`${i}`);
		await persistence.stored();
		await persistence.close();
	}
	const last = await open(name);
	expect(last.texts()).toHaveLength(150);
	expect(await countUpdates(last.persistence)).toBeLessThan(80);
});

it('opening a document writes nothing', async () => {
	const name = freshName();
	const first = await open(name);
	first.write('once');
	await first.persistence.stored();
	const before = await countUpdates(first.persistence);
	await first.persistence.close();
	expect(await countUpdates((await open(name)).persistence)).toBe(before);
});

it('a write that the browser aborts is told, and stored() rejects', async () => {
	const { persistence, problems, write } = await open(freshName());
	const db = connectionOf(persistence);
	const transaction = db.transaction.bind(db);
	db.transaction = (...args) => {
		const opened = transaction(...args);
		queueMicrotask(() => opened.abort());
		return opened;
	};
	const unhandled = vi.fn();
	process.on('unhandledRejection', unhandled);
	write('lost');
	await expect(persistence.stored()).rejects.toThrow();
	expect(problems).toEqual(['unavailable']);
	process.off('unhandledRejection', unhandled);
});

it('an open that never settles leaves the document in memory, with a warning', async () => {
	const opening = vi.spyOn(indexedDB, 'open').mockReturnValue({} as IDBOpenDBRequest);
	const time = createFakeTime();
	const problems: string[] = [];
	const doc = new Y.Doc();
	const persistence = openIndexeddbDoc(freshName(), doc, {
		timers: time.timers,
		onProblem: (problem) => problems.push(problem)
	});
	time.advance(60_000);
	await persistence.whenLoaded;
	expect(problems).toEqual(['unavailable']);
	await expect(persistence.stored()).rejects.toThrow('keeps nothing');
	opening.mockRestore();
});
