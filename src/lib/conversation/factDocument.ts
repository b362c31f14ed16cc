/**
 * A document of facts (info, directory, home): reads them, and writes them so that the document stays as small as what
 * holds: a `set` that this writer's newer one supersedes is erased whole, header and body, in the same transaction.
 */
import type * as Y from 'yjs';
import { appendEntries, logsOf, readLog } from './log';
import { compareFactValues } from './factValues';
import { decodeSetBody, encodeSetBody } from '../domain/bodies';
import { foldFacts, supersedes, type Facts } from '../domain/facts';
import { HEADER_VERSION, isHeader } from '../domain/entryCodec';
import { KIND, type Entry } from '../domain/entry';
import type { AnyValue } from '../domain/boundedAny';
import { laterStamp, nextStamp, type Stamp } from '../domain/stamp';
import type { UserId } from '../domain/ids';

export function readFacts(doc: Y.Doc): Facts {
	return foldFacts(allEntries(doc));
}

function allEntries(doc: Y.Doc): Entry[] {
	return logsOf(doc).flatMap(({ name, author, client }) =>
		readLog(doc.getArray(name).toArray(), { segment: 0, author, client })
	);
}

/**
 * Makes the given facts hold, writing only those that differ. Returns how many were written.
 * `tick` gives one stamp for each; what is written over a fact is later than it, though the clock stand behind. All logs of `author` are cleared of what no longer holds.
 */
export function writeFacts(
	doc: Y.Doc,
	author: UserId,
	wanted: ReadonlyMap<string, AnyValue>,
	tick: () => Stamp,
	origin?: unknown
): number {
	return writeOver(readFacts(doc), { doc, author, wanted, tick, origin });
}

/** The same for a document that is to say these facts and no others: what else it says is taken back. */
export function writeAllFacts(
	doc: Y.Doc,
	author: UserId,
	facts: ReadonlyMap<string, AnyValue>,
	tick: () => Stamp
): number {
	const held = readFacts(doc);
	const gone = [...held.keys()].filter((key) => !facts.has(key));
	const wanted = new Map([...facts, ...gone.map((key) => [key, null] as const)]);
	return writeOver(held, { doc, author, wanted, tick });
}

interface FactWriting {
	readonly doc: Y.Doc;
	readonly author: UserId;
	readonly wanted: ReadonlyMap<string, AnyValue>;
	readonly tick: () => Stamp;
	readonly origin?: unknown;
}

function writeOver(held: Facts, { doc, author, wanted, tick, origin }: FactWriting): number {
	const changed = [...wanted].filter(
		([key, value]) => !compareFactValues(held.get(key)?.value ?? null, value ?? null)
	);
	if (changed.length === 0) return 0;
	doc.transact(() => {
		appendEntries(
			doc,
			author,
			changed.map(([key, value]) => ({
				kind: KIND.set,
				stamp: stampAfter(held.get(key)?.stamp, tick()),
				body: encodeSetBody({ key, value })
			})),
			origin
		);
		eraseSuperseded(doc, author);
	}, origin);
	return changed.length;
}

const stampAfter = (before: Stamp | undefined, stamp: Stamp): Stamp =>
	before ? laterStamp(stamp, nextStamp(before)) : stamp;

/** Erases whole, in the author's own logs, each `set` over which another holds. */
function eraseSuperseded(doc: Y.Doc, author: UserId): void {
	const facts = readFacts(doc);
	for (const log of logsOf(doc)) {
		if (log.author !== author) continue;
		const array = doc.getArray<Uint8Array>(log.name);
		const items = array.toArray();
		for (let i = items.length - 1; i > 0; i--) {
			const header = items[i - 1]!;
			if (isHeader(items[i]!) || !isHeader(header)) continue;
			const [entry] = readLog([header, items[i]!], { segment: 0, ...log });
			const key =
				entry?.kind === KIND.set && entry.version === HEADER_VERSION && entry.body
					? decodeSetBody(entry.body)?.key
					: undefined;
			const holds = key === undefined ? undefined : facts.get(key);
			if (entry && holds && supersedes(holds, entry)) array.delete(i - 1, 2);
		}
	}
}
