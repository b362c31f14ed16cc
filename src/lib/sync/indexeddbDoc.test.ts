import 'fake-indexeddb/auto';
import * as Y from 'yjs';
import { expect, it, onTestFinished, vi } from 'vitest';
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
		onProblem: (problem) => problems.push(problem ?? 'none')
	});
	await persistence.whenLoaded;
	return {
		doc,
		persistence,
		problems,
		time,
		texts: () => doc.getArray<string>('x').toArray(),
		write: (text: string) => doc.getArray<string>('x').push([text]),
		erase: (at = 0) => doc.getArray<string>('x').delete(at)
	};
}

/** The connection that the persistence holds, as a browser would close it. */
function connectionOf(persistence: { origin: unknown }): IDBDatabase {
	const { db } = persistence.origin as { db: IDBDatabase };
	return db;
}

function readUpdates(persistence: { origin: unknown }): Promise<Uint8Array[]> {
	return new Promise((resolve, reject) => {
		const request = connectionOf(persistence).transaction('updates').objectStore('updates').getAll();
		request.onsuccess = () => resolve(request.result as Uint8Array[]);
		request.onerror = () => reject(request.error ?? new Error('not read'));
	});
}

const countUpdates = async (persistence: { origin: unknown }) => (await readUpdates(persistence)).length;

const isStored = async (persistence: { origin: unknown }, text: string) =>
	(await readUpdates(persistence)).some((update) => Buffer.from(update).includes(text));

/** Later than anything that is gathered. */
const LATER_MS = 60_000;
/** What was refused has been tried again, and that has not taken too long yet. */
const RETRIED_MS = 6_000;

it('what another tab has stored is in the document once it is read anew', async () => {
	const name = freshName();
	const [one, other] = [await open(name), await open(name)];
	one.write('hello');
	await one.persistence.stored();
	expect(other.texts()).toEqual([]);
	await other.persistence.readAnew();
	expect(other.texts()).toEqual(['hello']);
	await Promise.all([one.persistence.close(), other.persistence.close()]);
});

it('a stored row that cannot be read keeps back none of the others as they are read anew', async () => {
	const name = freshName();
	const [one, other] = [await open(name), await open(name)];
	const rows = connectionOf(one.persistence).transaction('updates', 'readwrite').objectStore('updates');
	rows.add(new Uint8Array([9, 9, 9, 9]));
	one.write('hello');
	await one.persistence.stored();
	await other.persistence.readAnew();
	expect(other.texts()).toEqual(['hello']);
	await Promise.all([one.persistence.close(), other.persistence.close()]);
});

it('a document is as it was where the disk does not give what another tab has stored', async () => {
	const opened = await open(freshName());
	opened.write('here');
	await opened.persistence.stored();
	connectionOf(opened.persistence).close();
	await opened.persistence.readAnew();
	expect(opened.texts()).toEqual(['here']);
	await opened.persistence.close();
});

it('what was stored is there when the document is opened again', async () => {
	const name = freshName();
	const first = await open(name);
	first.write('hello');
	await first.persistence.stored();
	await first.persistence.close();
	const again = await open(name);
	expect(again.texts()).toEqual(['hello']);
	expect(again.persistence.isRead).toBe(true);
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

it('a database that is deleted under the document, and does not open at once, is written anew', async () => {
	const name = freshName();
	const { persistence, write, problems, time } = await open(name);
	write('before');
	await persistence.stored();
	const lost = connectionOf(persistence);
	lost.close();
	await new Promise((resolve) => (indexedDB.deleteDatabase(name).onsuccess = resolve));
	const ignore = () => {};
	process.on('unhandledRejection', ignore);
	onTestFinished(() => void process.off('unhandledRejection', ignore));
	const opening = vi.spyOn(indexedDB, 'open').mockImplementation(() => {
		const request = {} as IDBOpenDBRequest;
		queueMicrotask(() => request.onerror?.({ target: request } as unknown as Event));
		return request;
	});
	onTestFinished(() => opening.mockRestore());
	write('while there is none');
	await vi.waitFor(() => expect(problems).toEqual(['unavailable']));
	await expect(persistence.stored()).rejects.toThrow('keeps nothing');
	opening.mockRestore();
	time.advance(RETRIED_MS);
	await vi.waitFor(() => expect(problems).toEqual(['unavailable', 'none']));
	await persistence.stored();
	expect((await open(name)).texts()).toEqual(['before', 'while there is none']);
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
	write('lost');
	await expect(persistence.stored()).rejects.toThrow();
	expect(problems).toEqual(['unavailable']);
});

/** From here on the browser aborts what is written, until it is told to take it again. */
function failWrites(persistence: { origin: unknown }): () => void {
	const db = connectionOf(persistence);
	const { transaction } = db;
	db.transaction = (...args) => {
		const opened = transaction(...args);
		queueMicrotask(() => opened.abort());
		return opened;
	};
	return () => (db.transaction = transaction);
}

it('what the disk did not take is written with the next write that it takes, which would be of no use without', async () => {
	const name = freshName();
	const { persistence, write, problems } = await open(name);
	const takeAgain = failWrites(persistence);
	write('not taken');
	await expect(persistence.stored()).rejects.toThrow();
	await expect(persistence.stored()).rejects.toThrow();
	takeAgain();
	write('taken');
	await persistence.stored();
	expect(problems).toEqual(['unavailable', 'none']);
	expect((await open(name)).texts()).toEqual(['not taken', 'taken']);
});

it('what the disk did not take is tried again by itself until it is taken', async () => {
	const name = freshName();
	const { persistence, write, problems, time } = await open(name);
	const takeAgain = failWrites(persistence);
	write('not taken');
	await vi.waitFor(() => expect(problems).toEqual(['unavailable']));
	time.advance(LATER_MS);
	takeAgain();
	write('taken');
	time.advance(LATER_MS);
	await vi.waitFor(() => expect(problems).toEqual(['unavailable', 'none']));
	// The browser is killed.
	expect((await open(name)).texts()).toEqual(['not taken', 'taken']);
});

it('what the disk did not take is tried once more when the document is closed', async () => {
	const name = freshName();
	const { persistence, write } = await open(name);
	const takeAgain = failWrites(persistence);
	write('not taken');
	await expect(persistence.stored()).rejects.toThrow();
	takeAgain();
	await persistence.close();
	expect((await open(name)).texts()).toEqual(['not taken']);
});

it('an open that never settles leaves the document in memory, with a warning', async () => {
	const opening = vi.spyOn(indexedDB, 'open').mockReturnValue({} as IDBOpenDBRequest);
	const time = createFakeTime();
	const problems: string[] = [];
	const doc = new Y.Doc();
	const persistence = openIndexeddbDoc(freshName(), doc, {
		timers: time.timers,
		onProblem: (problem) => problems.push(problem ?? 'none')
	});
	time.advance(60_000);
	await persistence.whenLoaded;
	expect(problems).toEqual(['unavailable']);
	expect(persistence.isRead).toBe(false);
	await expect(persistence.stored()).rejects.toThrow('keeps nothing');
	opening.mockRestore();
});

/** The browser aborts the next transaction on any database, in the middle. */
function abortNext(): void {
	const { transaction } = IDBDatabase.prototype;
	const aborting = vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementationOnce(function (
		this: IDBDatabase,
		...args
	) {
		const opened = transaction.apply(this, args);
		queueMicrotask(() => opened.abort());
		return opened;
	});
	onTestFinished(() => aborting.mockRestore());
}

async function kept(...texts: string[]): Promise<string> {
	const name = freshName();
	const { write, persistence } = await open(name);
	for (const text of texts) write(text);
	await persistence.close();
	return name;
}

it('a first reading that the browser aborts is made again, and what was kept is there', async () => {
	const name = await kept('from before');
	abortNext();
	const doc = new Y.Doc();
	const time = createFakeTime();
	const persistence = openIndexeddbDoc(name, doc, { timers: time.timers, onProblem: () => {} });
	const texts = doc.getArray<string>('x');
	texts.push(['meanwhile']);
	const told = vi.fn();
	void persistence.whenLoaded.then(told);
	await vi.waitFor(() => {
		expect(connectionOf(persistence)).toBeTruthy();
		time.advance(RETRIED_MS);
		expect(persistence.isRead).toBe(true);
	});
	expect(told).toHaveBeenCalled();
	expect(texts.toArray().toSorted()).toEqual(['from before', 'meanwhile']);
	await persistence.stored();
	expect((await open(name)).texts().toSorted()).toEqual(['from before', 'meanwhile']);
});

it('a damaged row costs that row alone', async () => {
	const name = freshName();
	const first = await open(name);
	first.write('one');
	// Of a client of its own, as what stands behind a hole would wait for what is in it.
	first.doc.clientID += 1;
	first.doc.getArray<string>('y').push(['two']);
	first.doc.clientID += 1;
	first.write('three');
	await first.persistence.stored();
	const rows = connectionOf(first.persistence).transaction('updates', 'readwrite').objectStore('updates');
	await new Promise(
		(resolve) =>
			(rows.openCursor().onsuccess = ({ target }) => {
				const cursor = (target as IDBRequest<IDBCursorWithValue>).result;
				if (!Buffer.from(cursor.value as Uint8Array).includes('two')) return cursor.continue();
				cursor.update((cursor.value as Uint8Array).slice(0, 4)).onsuccess = resolve;
			})
	);
	await first.persistence.close();

	const second = await open(name);
	expect(second.persistence.isRead).toBe(true);
	expect(second.texts().toSorted()).toEqual(['one', 'three']);
	second.write('four');
	await second.persistence.stored();
	second.time.advance(LATER_MS);
	await vi.waitFor(async () => expect(await countUpdates(second.persistence)).toBe(1));
	await second.persistence.close();
	expect((await open(name)).texts().toSorted()).toEqual(['four', 'one', 'three']);
});

it('a rewriting that the browser aborts halfway is made again, and leaves no promise that nobody handles', async () => {
	const { write, erase, persistence, problems, time } = await open(freshName());
	write('a secret');
	await persistence.stored();
	const db = connectionOf(persistence);
	const { transaction } = db;
	db.transaction = (...args) => {
		const opened = transaction(...args);
		const objectStore = opened.objectStore.bind(opened);
		opened.objectStore = (name) => {
			const store = objectStore(name);
			const remove = store.delete.bind(store);
			return Object.assign(store, {
				delete(range: IDBKeyRange) {
					const request = remove(range);
					opened.abort();
					return request;
				}
			});
		};
		return opened;
	};
	erase();
	time.advance(LATER_MS);
	await vi.waitFor(() => expect(problems).toContain('unavailable'));
	db.transaction = transaction;
	await vi.waitFor(async () => {
		time.advance(LATER_MS);
		expect(await isStored(persistence, 'a secret')).toBe(false);
	});
	await persistence.stored();
});

it('a text that was erased is in no stored row soon after', async () => {
	const { persistence, write, erase, texts, time } = await open(freshName());
	write('a secret');
	write('and this');
	erase();
	await persistence.stored();
	time.advance(LATER_MS);
	await vi.waitFor(async () => expect(await isStored(persistence, 'a secret')).toBe(false));
	expect(await isStored(persistence, 'and this')).toBe(true);
	expect(texts()).toEqual(['and this']);
});

it('a text that was erased while the disk takes nothing is in no stored row once it does, and then nothing is amiss', async () => {
	const { persistence, write, erase, problems, time } = await open(freshName());
	write('a secret');
	await persistence.stored();
	const takeAgain = failWrites(persistence);
	erase();
	await vi.waitFor(() => expect(problems).toEqual(['unavailable']));
	time.advance(LATER_MS);
	await expect(persistence.stored()).rejects.toThrow();
	takeAgain();
	await vi.waitFor(async () => {
		time.advance(LATER_MS);
		expect(await isStored(persistence, 'a secret')).toBe(false);
	});
	expect(problems.at(-1)).toBe('none');
});

it('a text that was erased is in no stored row once the document is closed', async () => {
	const name = freshName();
	const first = await open(name);
	first.write('a secret');
	first.write('and this');
	await first.persistence.stored();
	first.erase();
	await first.persistence.close();
	const second = await open(name);
	expect(await isStored(second.persistence, 'a secret')).toBe(false);
	expect(second.texts()).toEqual(['and this']);
});

it('a text that was erased just before the browser was killed leaves the rows after the next opening', async () => {
	const name = freshName();
	const killed = await open(name);
	killed.write('a secret');
	killed.erase();
	await killed.persistence.stored();

	const { persistence, time } = await open(name);
	expect(await isStored(persistence, 'a secret')).toBe(true);
	time.advance(LATER_MS);
	await vi.waitFor(async () => expect(await isStored(persistence, 'a secret')).toBe(false));
});

it('a text that another tab stored once more after it was erased here leaves the rows after the next opening', async () => {
	const name = freshName();
	const [one, late] = [await open(name), await open(name)];
	one.write('a secret');
	const written = Y.encodeStateAsUpdate(one.doc);
	one.erase();
	await one.persistence.stored();
	await one.persistence.close();
	Y.applyUpdate(late.doc, written, 'the relay');
	await late.persistence.stored();
	// The browser is killed before it hears that it was erased.

	const { persistence, texts, time } = await open(name);
	expect(await isStored(persistence, 'a secret')).toBe(true);
	time.advance(LATER_MS);
	await vi.waitFor(async () => expect(await isStored(persistence, 'a secret')).toBe(false));
	expect(texts()).toEqual([]);
});

it('what another tab has stored stays when the rows are written anew', async () => {
	const name = freshName();
	const [one, other] = [await open(name), await open(name)];
	one.write('a secret');
	one.erase();
	other.write('from the other tab');
	const closing = one.persistence.close();
	other.write('and meanwhile');
	await closing;
	await other.persistence.stored();
	const third = await open(name);
	expect(third.texts()).toEqual(['from the other tab', 'and meanwhile']);
	expect(await isStored(third.persistence, 'a secret')).toBe(false);
});

it('what is erased one after another is written anew together', async () => {
	const { persistence, write, erase, time } = await open(freshName());
	time.advance(LATER_MS);
	const { transaction } = connectionOf(persistence);
	const writes = vi.fn(transaction);
	for (let i = 0; i < 20; i++) write(`secret ${i}`);
	await persistence.stored();
	connectionOf(persistence).transaction = writes;
	for (let i = 0; i < 20; i++) erase();
	await persistence.stored();
	time.advance(LATER_MS);
	await vi.waitFor(async () => expect(await countUpdates(persistence)).toBe(1));
	const changing = writes.mock.calls.filter(([, mode]) => mode === 'readwrite');
	expect(changing).toHaveLength(20 + 1);
});

it('rows that hold nothing of what is erased are left as they are', async () => {
	const name = freshName();
	const first = await open(name);
	first.write('one');
	first.erase();
	await first.persistence.close();
	const second = await open(name);
	second.write('two');
	second.write('three');
	await second.persistence.stored();
	second.time.advance(LATER_MS);
	await second.persistence.close();
	expect(await countUpdates((await open(name)).persistence)).toBe(3);
});
