/**
 * The account's own small database. What is asked of it waits until it is open, so that nothing else has to. While the
 * browser has none to give, what this page knows is in memory alone, and that is told; a database that the browser has
 * deleted or closed is opened again and given what this page knows of it. Invariant: what is told to be written was
 * written, unless it is told that nothing is kept.
 */
import { createKnownRows, type Row } from './knownRows';
import { openLocalDatabase, type LocalDatabase } from './localDatabase';
import { storageProblemOf } from './storageTrouble';
import type { LocalStore, LocalTable, StorageProblem, Timers } from './ports';

const OPEN_TIMEOUT_MS = 5_000;
/** What could not be opened or written is tried again after this. */
const RETRY_MS = 5_000;
/**
 * What is asked for in words, and said to be done or not: if the disk does not take it, whoever asked has been told so,
 * and it is not done behind their back.
 */
const DONE_OR_NOT: ReadonlySet<LocalTable> = new Set(['commands', 'salvage', 'cancelled']);

/** Written where nothing else is due, to learn whether the disk takes anything again. */
const PROBE: Row = { table: 'clock', key: 'probe', value: true };

interface Options {
	readonly timers: Timers;
	/** Undefined: what could not be kept is kept. */
	readonly onProblem: (problem: StorageProblem | undefined) => void;
}

export function openIndexeddbLocalStore(name: string, { timers, onProblem }: Options): LocalStore {
	const known = createKnownRows();
	/** Rows that the disk has not taken, by name; as they are known now. */
	const due = new Map<string, Pick<Row, 'table' | 'key'>>();
	let told: StorageProblem | undefined;
	let closed = false;
	let stopRetry = () => {};
	/** Resolves to undefined while the browser has none to give. */
	let current = open();

	function tell(problem: StorageProblem | undefined): void {
		if (problem === told) return;
		told = problem;
		onProblem(problem);
	}

	/** One that the browser has refused is tried again; one that does not answer may still come. */
	function open(): Promise<LocalDatabase | undefined> {
		const opening = openLocalDatabase(name, {
			onBlocked: () => tell('blocked'),
			onEnded: () => void reopen(current)
		}).then(fill);
		return new Promise((resolve) => {
			let isLate = false;
			const stopWaiting = timers.after(OPEN_TIMEOUT_MS, () => {
				isLate = true;
				tell(told ?? 'unavailable');
				resolve(undefined);
			});
			opening.then(
				(db) => {
					stopWaiting();
					if (closed) db.close();
					if (isLate) current = Promise.resolve(db);
					resolve(db);
				},
				(error: unknown) => {
					stopWaiting();
					tell(storageProblemOf(error));
					resolve(undefined);
					retry();
				}
			);
		});
	}

	/** What this page knows of a database that is gone, and what it wrote while there was none. */
	async function fill(db: LocalDatabase): Promise<LocalDatabase> {
		try {
			const rows = known.rows({ own: !db.isNew });
			// A start has none, and waits for nothing that writes.
			if (rows.length > 0) await db.putAll(rows, { absent: true });
			if (told !== undefined || due.size > 0) await writeDue(db);
		} catch (error) {
			if (db.isLost(error)) throw error;
			tell(storageProblemOf(error));
			retry();
		}
		return db;
	}

	async function writeDue(db: LocalDatabase): Promise<void> {
		const rows = [...due.values()].map(({ table, key }) => ({ table, key, value: known.get(table, key) }));
		due.clear();
		try {
			await db.putAll(rows.length > 0 ? rows : [PROBE], { absent: false });
		} catch (error) {
			for (const { table, key } of rows) due.set(`${table} ${key}`, { table, key });
			throw error;
		}
		tell(undefined);
	}

	function reopen(lost: typeof current): typeof current {
		if (!closed && lost === current) current = open();
		return current;
	}

	function retry(): void {
		stopRetry();
		if (!closed) stopRetry = timers.after(RETRY_MS, () => void mend());
	}

	async function mend(): Promise<void> {
		const from = current;
		const db = await from;
		if (!db) return void reopen(from);
		try {
			await writeDue(db);
		} catch (error) {
			if (db.isLost(error)) reopen(from);
			else retry();
		}
	}

	/** Undefined: there is no database. One that turns out to be lost is opened again first. */
	async function ask<T>(question: (db: LocalDatabase) => Promise<T>): Promise<{ answer: T } | undefined> {
		const from = current;
		const db = await from;
		if (!db) return undefined;
		try {
			return { answer: await question(db) };
		} catch (error) {
			if (closed || !db.isLost(error)) throw error;
			reopen(from);
			return ask(question);
		}
	}

	/** One failure fails all that was asked for in the same turn, so it is asked once more. */
	const read = <T>(question: (db: LocalDatabase) => Promise<T>) =>
		ask(question).catch((error: unknown) => {
			if (error instanceof Error && error.name === 'AbortError') return ask(question);
			throw error;
		});

	async function write(row: Row, change: (db: LocalDatabase) => Promise<void>): Promise<void> {
		const { table, key } = row;
		const mark = () => {
			if (row.value === undefined) known.deleted(table, key);
			else known.written(table, key, row.value);
		};
		try {
			const isWritten = (await ask(change)) !== undefined;
			// What is to be erased elsewhere once it is kept here must not be erased for a copy in memory.
			if (!isWritten && table === 'salvage') throw new Error('this browser keeps nothing');
			mark();
			if (isWritten) due.delete(`${table} ${key}`);
			else due.set(`${table} ${key}`, row);
			if (isWritten && told !== undefined && due.size === 0) tell(undefined);
		} catch (error) {
			if (!DONE_OR_NOT.has(table)) {
				mark();
				due.set(`${table} ${key}`, row);
			}
			if (!closed) tell(told ?? storageProblemOf(error));
			retry();
			throw error;
		}
	}

	return {
		async get<T>(table: LocalTable, key: string) {
			const got = await read((db) => db.get(table, key));
			if (got && got.answer !== undefined) known.read(table, key, got.answer);
			return (got ? got.answer : known.get(table, key)) as T | undefined;
		},
		put: (table, key, value) => write({ table, key, value }, (db) => db.put(table, key, value)),
		delete: (table, key) => write({ table, key, value: undefined }, (db) => db.delete(table, key)),
		async all<T>(table: LocalTable) {
			const got = await read((db) => db.all(table));
			for (const [key, value] of got?.answer ?? []) known.read(table, key, value);
			return got ? (got.answer as [string, T][]) : known.all<T>(table);
		},
		keys: async (table) => (await read((db) => db.keys(table)))?.answer ?? known.keys(table),
		async close() {
			closed = true;
			stopRetry();
			(await current)?.close();
		}
	};
}
