/**
 * Logs: the append-only Y.Arrays `<userId>:<clientId>` of a document. Invariant: an entry is two consecutive items,
 * header at Yjs clock 2s and body at 2s+1, and a client writes in no other root, so an entry's id needs no Yjs
 * internals. Whoever appends gives the stamp; the log's name says who wrote.
 */
import * as Y from 'yjs';
import { decodeHeader, encodeHeader, isHeader } from '../domain/entryCodec';
import { logName, parseLogName, type Entry, type EntryHeader } from '../domain/entry';
import { compareStamps, type Stamp } from '../domain/stamp';
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

/** The entries that an earlier reading of the same log gave, by s. */
export type KnownEntries = ReadonlyMap<number, Entry>;

/**
 * The entries of one log in order. An entry that says the same as a known one is that object, so that folds can skip
 * what they have seen.
 */
export function readLog(
	items: readonly unknown[],
	{ segment, author, client }: { segment: number; author: UserId; client: number },
	known?: KnownEntries
): Entry[] {
	const entries: Entry[] = [];
	for (let i = 0; i < items.length; i++) {
		const bytes = items[i];
		const header = bytes instanceof Uint8Array ? decodeHeader(bytes) : undefined;
		if (!header) continue;
		const next = items[i + 1];
		const body = next instanceof Uint8Array && !isHeader(next) ? next : undefined;
		const { version, kind, s, stamp } = header;
		const held = known?.get(s);
		if (held && held.body === body && sameHeader(held, header)) entries.push(held);
		// Field by field: a spread takes longer than all else here, and opening a segment reads a thousand.
		else entries.push({ version, kind, s, stamp, segment, client, author, body });
	}
	return entries;
}

const sameHeader = (a: EntryHeader, b: EntryHeader): boolean =>
	a.s === b.s && a.kind === b.kind && a.version === b.version && compareStamps(a.stamp, b.stamp) === 0;

/** Names of the document's logs, with what they say. Roots that are no logs are passed over. */
export function logsOf(doc: Y.Doc): { name: string; author: UserId; client: number }[] {
	return [...doc.share.keys()].flatMap((name) => {
		const log = parseLogName(name);
		return log ? [{ name, ...log }] : [];
	});
}
