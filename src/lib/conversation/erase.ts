import type * as Y from 'yjs';
import { decodeHeader, isHeader } from '../domain/entryCodec';
import { logName } from '../domain/entry';
import type { UserId } from '../domain/ids';

/** An entry of one document, by its log. */
export interface LogEntry {
	readonly client: number;
	readonly s: number;
}

/**
 * Erases the bodies of one author's entries, in one transaction; headers stay as tombstones. Those already erased
 * or not here are passed over. `headersToo` erases them whole, which only superseded facts and receipts may be.
 */
export function eraseEntries(
	doc: Y.Doc,
	author: UserId,
	entries: Iterable<LogEntry>,
	{ headersToo = false, origin }: { headersToo?: boolean; origin?: unknown } = {}
): void {
	const byClient = new Map<number, Set<number>>();
	for (const { client, s } of entries) {
		const wanted = byClient.get(client);
		if (wanted) wanted.add(s);
		else byClient.set(client, new Set([s]));
	}
	if (byClient.size === 0) return;
	doc.transact(() => {
		for (const [client, wanted] of byClient)
			eraseInLog(doc.getArray<Uint8Array>(logName(author, client)), wanted, headersToo);
	}, origin);
}

/** From the end, so that what is erased moves nothing that is still to be found. */
function eraseInLog(log: Y.Array<Uint8Array>, wanted: ReadonlySet<number>, headersToo: boolean): void {
	const items = log.toArray();
	for (let i = items.length - 1; i > 0; i--) {
		const header = items[i - 1]!;
		if (isHeader(items[i]!) || !isHeader(header)) continue;
		const s = decodeHeader(header)?.s;
		if (s === undefined || !wanted.has(s)) continue;
		if (headersToo) log.delete(i - 1, 2);
		else log.delete(i, 1);
	}
}
