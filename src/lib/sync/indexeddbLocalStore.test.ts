import 'fake-indexeddb/auto';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createFakeTime } from './fakeSocket.fixture';
import { LOCAL_TABLES } from './ports';
import { openIndexeddbLocalStore } from './indexeddbLocalStore';

let databases = 0;
const freshName = () => `skein:test-local:${databases++}`;
/** What could not be written or opened has been tried again by then. */
const RETRIED_MS = 6_000;
const LATER_MS = 60_000;

function open(name: string) {
	const problems: string[] = [];
	const time = createFakeTime();
	const local = openIndexeddbLocalStore(name, {
		timers: time.timers,
		onProblem: (problem) => problems.push(problem ?? 'none')
	});
	return { local, problems, time };
}

const deleteDatabase = (name: string): Promise<void> =>
	new Promise((resolve) => {
		indexedDB.deleteDatabase(name).onsuccess = () => resolve();
	});

/** From here on the browser aborts what is written, until it is told to take it again. */
function failWrites(): () => void {
	const { transaction } = IDBDatabase.prototype;
	const failing = vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (
		this: IDBDatabase,
		...args
	) {
		const opened = transaction.apply(this, args);
		if (args[1] === 'readwrite') queueMicrotask(() => opened.abort());
		return opened;
	});
	onTestFinished(() => failing.mockRestore());
	return () => failing.mockRestore();
}

it('what the browser aborts while it is read is asked for once more', async () => {
	const name = freshName();
	const { local } = open(name);
	await local.put('drafts', 'a', { text: 'begun' });
	const { transaction } = IDBDatabase.prototype;
	const failing = vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementationOnce(function (
		this: IDBDatabase,
		...args
	) {
		const opened = transaction.apply(this, args);
		queueMicrotask(() => opened.abort());
		return opened;
	});
	onTestFinished(() => failing.mockRestore());
	expect(
		await Promise.all([local.get('drafts', 'a'), local.get('acks', 'none'), local.keys('drafts')])
	).toEqual([{ text: 'begun' }, undefined, ['a']]);
});

it('keeps rows, by table and key', async () => {
	const name = freshName();
	const { local } = open(name);
	await local.put('drafts', 'a', { text: 'begun' });
	await local.put('drafts', 'b', { text: 'gone' });
	await local.delete('drafts', 'b');
	await local.close();
	const again = open(name).local;
	expect(await again.all('drafts')).toEqual([['a', { text: 'begun' }]]);
	expect(await again.keys('drafts')).toEqual(['a']);
	expect(await again.get('drafts', 'a')).toEqual({ text: 'begun' });
	expect(await again.get('clock', 'a')).toBeUndefined();
});

it('a start reads without writing anything first', async () => {
	const name = freshName();
	const before = open(name).local;
	await before.put('summaries', 'a', {});
	await before.close();
	const transactions = vi.spyOn(IDBDatabase.prototype, 'transaction');
	onTestFinished(() => transactions.mockRestore());
	await open(name).local.all('summaries');
	expect(transactions.mock.results.map(({ value }) => (value as IDBTransaction).mode)).toEqual(['readonly']);
});

it('a database that is deleted under the page has again what the page has read and written', async () => {
	const name = freshName();
	const before = open(name).local;
	await before.put('salvage', 'c/1', 'kept long ago');
	await before.put('drafts', 'd/c', 'cleared since');
	await before.close();
	const { local, problems } = open(name);
	expect(await local.all('salvage')).toHaveLength(1);
	expect(await local.all('drafts')).toHaveLength(1);
	await local.delete('drafts', 'd/c');
	await local.put('commands', '1', 'asked for');
	await deleteDatabase(name);
	await local.put('drafts', 'd/e', 'typed after that');
	await local.close();

	const after = open(name).local;
	expect(await after.all('salvage')).toEqual([['c/1', 'kept long ago']]);
	expect(await after.all('commands')).toEqual([['1', 'asked for']]);
	expect(await after.all('drafts')).toEqual([['d/e', 'typed after that']]);
	expect(problems).toEqual([]);
});

it('of a database that is deleted under two pages each gives back what it wrote', async () => {
	const name = freshName();
	const [one, other] = [open(name).local, open(name).local];
	await one.put('drafts', 'one', 'by the first');
	await other.put('drafts', 'other', 'by the second');
	await deleteDatabase(name);
	expect(await one.get('drafts', 'one')).toBe('by the first');
	await one.put('drafts', 'one', 'and changed');
	expect(await other.get('drafts', 'other')).toBe('by the second');
	expect(await one.all('drafts')).toEqual([
		['one', 'and changed'],
		['other', 'by the second']
	]);
});

it('what the disk does not take is told, tried again by itself, and told to be well once it is taken', async () => {
	const name = freshName();
	const { local, problems, time } = open(name);
	await local.put('drafts', 'd/c', 'first');
	const takeAgain = failWrites();
	await expect(local.put('drafts', 'd/c', 'second')).rejects.toThrow();
	expect(problems).toEqual(['unavailable']);
	time.advance(RETRIED_MS);
	takeAgain();
	await expect
		.poll(() => {
			time.advance(RETRIED_MS);
			return problems;
		})
		.toEqual(['unavailable', 'none']);
	expect(await open(name).local.get('drafts', 'd/c')).toBe('second');
});

it('what the disk does not take is written with the next that it takes, and all is well', async () => {
	const name = freshName();
	const { local, problems, time } = open(name);
	const takeAgain = failWrites();
	await expect(local.put('drafts', 'd/c', 'typed')).rejects.toThrow();
	takeAgain();
	await local.put('drafts', 'd/c', 'typed on');
	expect(problems).toEqual(['unavailable', 'none']);
	time.advance(LATER_MS);
	expect(await open(name).local.get('drafts', 'd/c')).toBe('typed on');
});

it('a command that the disk did not take was not given: it is not written later, and the trouble ends', async () => {
	const name = freshName();
	const { local, problems, time } = open(name);
	const takeAgain = failWrites();
	await expect(local.put('commands', '1', 'leave')).rejects.toThrow();
	takeAgain();
	time.advance(RETRIED_MS);
	await expect.poll(() => problems).toEqual(['unavailable', 'none']);
	expect(await open(name).local.all('commands')).toEqual([]);
});

/** Another tab is making the database, and takes its time; with a row. Returns the way to let it finish. */
function holdOpening(name: string): () => void {
	let isHeld = true;
	const request = indexedDB.open(name, 1);
	request.onupgradeneeded = () => {
		const { result: db } = request;
		for (const table of LOCAL_TABLES) db.createObjectStore(table);
		const people = request.transaction!.objectStore('people');
		const goOn = () =>
			(people.put('Bob', 'bob').onsuccess = () => {
				if (isHeld) goOn();
			});
		goOn();
	};
	request.onsuccess = () => request.result.close();
	return () => (isHeld = false);
}

it('an open that does not settle is told, and what was written meanwhile is written when it does', async () => {
	const name = freshName();
	const answer = holdOpening(name);
	const { local, problems, time } = open(name);
	time.advance(LATER_MS);
	await local.put('drafts', 'd/c', 'typed meanwhile');
	expect(await local.get('drafts', 'd/c')).toBe('typed meanwhile');
	await expect(local.put('salvage', 'c/1', 'a copy')).rejects.toThrow('keeps nothing');
	expect(problems).toEqual(['unavailable']);

	answer();
	await expect.poll(() => problems).toEqual(['unavailable', 'none']);
	await expect.poll(() => local.get('people', 'bob')).toBe('Bob');
	expect(await open(name).local.get('drafts', 'd/c')).toBe('typed meanwhile');
});

it('a database that an older tab holds is told as such, and used when that tab is closed', async () => {
	const name = freshName();
	const older = await new Promise<IDBDatabase>((resolve) => {
		const request = indexedDB.open(name, 1);
		request.onsuccess = () => resolve(request.result);
	});
	const { open: real } = indexedDB;
	const opening = vi.spyOn(indexedDB, 'open').mockImplementation((asked) => real.call(indexedDB, asked, 2));
	onTestFinished(() => opening.mockRestore());
	const { local, problems, time } = open(name);
	await expect.poll(() => problems).toEqual(['blocked']);
	time.advance(LATER_MS);
	await local.put('drafts', 'd/c', 'typed meanwhile');
	expect(problems).toEqual(['blocked']);
	older.close();
	await expect.poll(() => problems).toEqual(['blocked', 'none']);
	await local.close();
	expect(await open(name).local.get('drafts', 'd/c')).toBe('typed meanwhile');
});

it('once it is closed it is not opened again', async () => {
	const name = freshName();
	const { local } = open(name);
	await local.put('drafts', 'd/c', 'typed');
	await local.close();
	await deleteDatabase(name);
	await expect(local.put('drafts', 'd/c', 'too late')).rejects.toThrow();
	expect((await indexedDB.databases()).map(({ name: each }) => each)).not.toContain(name);
});

it('each write covers all tables, so that none of one database is open beside another when the browser is killed', async () => {
	const { local } = open(freshName());
	await local.get('drafts', 'a');
	const opened = vi.spyOn(IDBDatabase.prototype, 'transaction');
	onTestFinished(() => opened.mockRestore());
	await Promise.all([
		local.put('drafts', 'a', { text: 'begun' }),
		local.put('summaries', 'a', 1),
		local.delete('acks', 'a')
	]);
	const scopes = opened.mock.calls.filter(([, mode]) => mode === 'readwrite').map(([stores]) => stores);
	expect(scopes).toEqual(Array.from({ length: 3 }, () => [...LOCAL_TABLES]));
});
