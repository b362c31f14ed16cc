/**
 * A document of facts (info, directory, home): reads them, and writes them so that the document stays as small as what
 * holds: a `set` that this writer's newer one supersedes is erased whole, header and body, in the same transaction.
 */
import type * as Y from 'yjs';
import { appendEntries, logsOf, readLog } from './log';
import { compareFactValues } from './factValues';
import { decodeSetBody, encodeSetBody } from '../domain/bodies';
import { decodeHeader, HEADER_VERSION, isHeader } from '../domain/entryCodec';
import { foldFacts, latestFacts, type Fact, type Facts } from '../domain/facts';
import { KIND } from '../domain/entry';
import type { AnyValue } from '../domain/boundedAny';
import { laterStamp, nextStamp, type Stamp } from '../domain/stamp';
import type { UserId } from '../domain/ids';

/** A `set` where it stands. */
interface Written extends Fact {
	readonly key: string;
	/** The log that holds it, and the index of its header there. */
	readonly log: string;
	readonly author: UserId;
	readonly at: number;
}

const NOBODY: ReadonlySet<number> = new Set();

/** `without`: clients whose entries do not count. */
export function readFacts(doc: Y.Doc, without: ReadonlySet<number> = NOBODY): Facts {
	const logs = logsOf(doc).filter(({ client }) => !without.has(client));
	return foldFacts(
		logs.flatMap(({ name, author, client }) =>
			readLog(doc.getArray(name).toArray(), { segment: 0, author, client })
		)
	);
}

/** Every `set` that this version can read, log by log, each log in its order. */
function readWritten(doc: Y.Doc): Written[] {
	const written: Written[] = [];
	for (const { name: log, author, client } of logsOf(doc)) {
		const items = doc.getArray<Uint8Array>(log).toArray();
		for (let at = 0; at < items.length; at++) {
			const header = decodeHeader(items[at]!);
			const body = items[at + 1];
			if (header?.kind !== KIND.set || header.version !== HEADER_VERSION || !body || isHeader(body)) continue;
			const set = decodeSetBody(body);
			if (!set) continue;
			const { s, stamp } = header;
			written.push({ key: set.key, value: set.value, stamp, client, s, log, author, at });
		}
	}
	return written;
}

/**
 * Makes the given facts hold, writing only those that differ. Returns how many were written.
 * `tick` gives one stamp for each; what is written over a fact is later than it, though the clock stand behind. All logs of `author`
 * are cleared of what no longer holds.
 */
export function writeFacts(
	doc: Y.Doc,
	author: UserId,
	wanted: ReadonlyMap<string, AnyValue>,
	tick: () => Stamp,
	origin?: unknown
): number {
	return writeOver(readWritten(doc), { doc, author, wanted, tick, origin });
}

/** The same for a document that is to say these facts and no others: what else it says is taken back. */
export function writeAllFacts(
	doc: Y.Doc,
	author: UserId,
	facts: ReadonlyMap<string, AnyValue>,
	tick: () => Stamp
): number {
	const before = readWritten(doc);
	const gone = [...latestFacts(before).keys()].filter((key) => !facts.has(key));
	const wanted = new Map([...facts, ...gone.map((key) => [key, null] as const)]);
	return writeOver(before, { doc, author, wanted, tick });
}

interface FactWriting {
	readonly doc: Y.Doc;
	readonly author: UserId;
	readonly wanted: ReadonlyMap<string, AnyValue>;
	readonly tick: () => Stamp;
	readonly origin?: unknown;
}

function writeOver(before: readonly Written[], { doc, author, wanted, tick, origin }: FactWriting): number {
	const held = latestFacts(before);
	const changed = [...wanted].filter(
		([key, value]) => !compareFactValues(held.get(key)?.value ?? null, value ?? null)
	);
	if (changed.length === 0) return 0;
	doc.transact(() => {
		const entries = changed.map(([key, value]) => ({
			kind: KIND.set,
			stamp: stampAfter(held.get(key)?.stamp, tick()),
			body: encodeSetBody({ key, value })
		}));
		appendEntries(doc, author, entries, origin);
		const written = new Set(changed.map(([key]) => key));
		eraseAll(
			doc,
			before.filter((set) => set.author === author && (written.has(set.key) || held.get(set.key) !== set))
		);
	}, origin);
	return changed.length;
}

const stampAfter = (before: Stamp | undefined, stamp: Stamp): Stamp =>
	before ? laterStamp(stamp, nextStamp(before)) : stamp;

/** Whole, header and body, from the end of each log on, so that the places of those before stay what they are. */
function eraseAll(doc: Y.Doc, superseded: readonly Written[]): void {
	for (const { log, at } of superseded.toReversed()) doc.getArray(log).delete(at, 2);
}
