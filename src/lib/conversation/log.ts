/**
 * Logs: the append-only Y.Arrays `<userId>:<clientId>` of a document. Invariant: an entry is two consecutive items,
 * header at Yjs clock 2s and body at 2s+1, and a client writes in no other root, so an entry's id needs no Yjs
 * internals. Whoever appends gives the stamp; the log's name says who wrote.
 */
import * as Y from 'yjs';
import { decodeHeader, encodeHeader, isHeader } from '../domain/entryCodec';
import { logName, parseLogName, type Entry } from '../domain/entry';
import type { Stamp } from '../domain/stamp';
import type { UserId } from '../domain/ids';

export interface NewEntry {
	readonly kind: number;
	readonly stamp: Stamp;
	readonly body: Uint8Array;
}

/**
 * Appends entries to the author's log of this document instance, in one transaction. Returns the first one's s.
 * `doc.clientID` is read here at every append: Yjs changes it when it meets a second writer under the same id.
 */
export function appendEntries(
	doc: Y.Doc,
	author: UserId,
	entries: readonly NewEntry[],
	origin?: unknown
): number {
	const client = doc.clientID;
	const clock = Y.getState(doc.store, client);
	if (clock % 2 !== 0) throw new Error(`client ${client} has written half an entry`);
	const first = clock / 2;
	const items = entries.flatMap(({ kind, stamp, body }, i) => [
		encodeHeader({ kind, s: first + i, stamp }),
		body
	]);
	doc.transact(() => doc.getArray<Uint8Array>(logName(author, client)).push(items), origin);
	return first;
}

/** Entries by their header's bytes, the very array that the document holds. */
export type KnownEntries = WeakMap<Uint8Array, Entry>;

/**
 * The entries of one log in order. `known` keeps what earlier readings of the same log gave: the same header with the
 * same body gives the same object, so that nothing is decoded twice and folds can skip what they have seen.
 */
export function readLog(
	items: readonly unknown[],
	of: { segment: number; author: UserId; client: number },
	known?: KnownEntries
): Entry[] {
	const entries: Entry[] = [];
	for (let i = 0; i < items.length; i++) {
		const bytes = items[i];
		if (!(bytes instanceof Uint8Array) || !isHeader(bytes)) continue;
		const next = items[i + 1];
		const body = next instanceof Uint8Array && !isHeader(next) ? next : undefined;
		const held = known?.get(bytes);
		if (held && held.body === body) {
			entries.push(held);
			continue;
		}
		const header = decodeHeader(bytes);
		if (!header) continue;
		const entry = { ...header, ...of, body };
		known?.set(bytes, entry);
		entries.push(entry);
	}
	return entries;
}

/** Names of the document's logs, with what they say. Roots that are no logs are passed over. */
export function logsOf(doc: Y.Doc): { name: string; author: UserId; client: number }[] {
	return [...doc.share.keys()].flatMap((name) => {
		const log = parseLogName(name);
		return log ? [{ name, ...log }] : [];
	});
}
