/**
 * One room's document as entries: reads every log, and tells which entries came or lost their body with each change.
 * Deliberately absent: folding (domain), storage and sync (lib/sync).
 */
import * as Y from 'yjs';
import { logsOf, readLog } from './log';
import { parseLogName, type Entry } from '../domain/entry';

/** What one change did, in no particular order. */
export interface LogChange {
	/** Entries that are new here, or whose body arrived or was erased. */
	readonly entries: readonly Entry[];
}

export class LogDocument {
	readonly doc: Y.Doc;
	readonly #segment: number;
	readonly #logs = new Map<string, Map<number, Entry>>();
	readonly #listeners = new Set<(change: LogChange) => void>();

	/** `segment` is the number that the entries' ids carry: n of `c/<id>/<n>`, 0 for other rooms. */
	constructor(doc: Y.Doc, segment = 0) {
		this.doc = doc;
		this.#segment = segment;
		for (const { name } of logsOf(doc)) this.#read(name);
		doc.on('afterTransaction', this.#afterTransaction);
	}

	/** Every entry now, log by log. */
	*entries(): IterableIterator<Entry> {
		for (const log of this.#logs.values()) yield* log.values();
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
		const names = new Set<string>();
		for (const type of transaction.changed.keys()) {
			const name = rootName(this.doc, type);
			if (name !== undefined) names.add(name);
		}
		const entries = [...names].flatMap((name) => this.#read(name));
		if (entries.length > 0) for (const listener of this.#listeners) listener({ entries });
	};

	/** Reads a log again; returns what is new or different since the last reading. */
	#read(name: string): Entry[] {
		const log = parseLogName(name);
		if (!log) return [];
		const before = this.#logs.get(name);
		const after = new Map<number, Entry>();
		const changed: Entry[] = [];
		const of = { segment: this.#segment, ...log };
		for (const entry of readLog(this.doc.getArray(name).toArray(), of)) {
			if (after.has(entry.s)) continue;
			const held = before?.get(entry.s);
			const same = held !== undefined && held.body === entry.body;
			after.set(entry.s, same ? held : entry);
			if (!same) changed.push(entry);
		}
		this.#logs.set(name, after);
		return changed;
	}
}

function rootName(doc: Y.Doc, type: unknown): string | undefined {
	for (const [name, root] of doc.share) if (root === type) return name;
	return undefined;
}
