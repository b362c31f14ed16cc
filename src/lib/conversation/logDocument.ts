/**
 * One room's document as entries: reads every log, and tells which entries came or lost their body with each change.
 * Deliberately absent: folding (domain), storage and sync (lib/sync).
 */
import type * as Y from 'yjs';
import { logsOf, readLog } from './log';
import { isHeader } from '../domain/entryCodec';
import { parseLogName, type Entry } from '../domain/entry';
import type { UserId } from '../domain/ids';

/** What one change did, in no particular order. */
export interface LogChange {
	/** Entries that are new here, or whose body arrived or was erased. */
	readonly entries: readonly Entry[];
}

export class LogDocument {
	readonly doc: Y.Doc;
	readonly #segment: number;
	readonly #logs = new Map<string, HeldLog>();
	readonly #listeners = new Set<(change: LogChange) => void>();

	/** `segment` is the number that the entries' ids carry: n of `c/<id>/<n>`, 0 for other rooms. */
	constructor(doc: Y.Doc, segment = 0) {
		this.doc = doc;
		this.#segment = segment;
		// Yjs makes a transaction of each root's first getArray, unless it is in one.
		doc.transact(() => {
			for (const { name } of logsOf(doc)) this.#read(name);
		});
		doc.on('afterTransaction', this.#afterTransaction);
	}

	/** Every entry now, log by log. */
	entries(): Entry[] {
		const all: Entry[] = [];
		for (const log of this.#logs.values()) for (const entry of log.entries.values()) all.push(entry);
		return all;
	}

	/** Calls back after each transaction that changed a log. Returns the way to stop it. */
	onChange(listener: (change: LogChange) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	destroy(): void {
		this.doc.off('afterTransaction', this.#afterTransaction);
		this.#listeners.clear();
	}

	readonly #afterTransaction = (transaction: Y.Transaction): void => {
		const entries = [...this.#changedNames(transaction)].flatMap((name) => this.#read(name));
		if (entries.length > 0) for (const listener of this.#listeners) listener({ entries });
	};

	#changedNames(transaction: Y.Transaction): Set<string> {
		const names = new Set<string>();
		for (const type of transaction.changed.keys()) {
			const name = rootName(this.doc, type);
			// Yjs replaces a root at its first getArray; whoever called that before us hides which one changed.
			if (name === undefined) return new Set(this.doc.share.keys());
			names.add(name);
		}
		return names;
	}

	/** Reads what came to a log; returns what is new or different since the last reading. */
	#read(name: string): Entry[] {
		const log = parseLogName(name);
		if (!log) return [];
		const array = this.doc.getArray<Uint8Array>(name);
		const of = { segment: this.#segment, ...log };
		const held = this.#logs.get(name) ?? {
			entries: new Map(),
			length: 0,
			lastItem: undefined,
			lastS: -1
		};
		const changed = readTail(array, held, of) ?? readWhole(array, held, of);
		this.#logs.set(name, held);
		return changed;
	}
}

/** What earlier readings of a log gave. */
interface HeldLog {
	entries: Map<number, Entry>;
	/** Items that stood in the array, the last of them, and the last entry's s. */
	length: number;
	lastItem: Uint8Array | undefined;
	lastS: number;
}

type LogOf = { segment: number; author: UserId; client: number };

/** The common case, and the cheap one: whole entries behind those read before. Undefined if anything else happened. */
function readTail(array: Y.Array<Uint8Array>, held: HeldLog, of: LogOf): Entry[] | undefined {
	const { length, lastItem } = held;
	if (!lastItem || isHeader(lastItem) || array.length <= length) return undefined;
	// One slice and no get: Yjs walks a whole log for each of them.
	const [last, ...items] = array.slice(length - 1);
	if (last !== lastItem) return undefined;
	const added = readLog(items, of);
	if (!ascends(held.lastS, added)) return undefined;
	held.length = array.length;
	held.lastItem = items.at(-1);
	for (const entry of added) held.entries.set(entry.s, entry);
	held.lastS = added.at(-1)?.s ?? held.lastS;
	return added;
}

function readWhole(array: Y.Array<Uint8Array>, held: HeldLog, of: LogOf): Entry[] {
	const before = held.entries;
	const items = array.toArray();
	held.entries = new Map();
	held.lastS = -1;
	held.length = items.length;
	held.lastItem = items.at(-1);
	for (const entry of readLog(items, of, before)) {
		if (!held.entries.has(entry.s)) held.entries.set(entry.s, entry);
		held.lastS = Math.max(held.lastS, entry.s);
	}
	return [...held.entries.values()].filter((entry) => before.get(entry.s) !== entry);
}

function ascends(from: number, entries: readonly Entry[]): boolean {
	let last = from;
	for (const { s } of entries) {
		if (s <= last) return false;
		last = s;
	}
	return true;
}

function rootName(doc: Y.Doc, type: unknown): string | undefined {
	for (const [name, root] of doc.share) if (root === type) return name;
	return undefined;
}
