/**
 * Receipts: who has read how far in a segment, as each reader tells. Folds are of one segment's entries: a client id
 * names a log there and nowhere else.
 */
import { covers, coversEntry, EMPTY_VECTOR, joinVectors, type VersionVector } from './versionVector';
import { decodeReceiptBody } from './receiptBody';
import { HEADER_VERSION } from './entryCodec';
import { KIND, type Entry, type EntryRef } from './entry';
import { SYSTEM_USER, type UserId } from './ids';
import type { ReadState } from './readState';
import type { Seals } from './seals';

/** How far each member has read in one segment. */
export type Receipts = ReadonlyMap<UserId, VersionVector>;

/** The receipts among the entries of one segment. What a reader's devices told joins. */
export function foldReceipts(entries: Iterable<Entry>): Map<UserId, VersionVector> {
	const receipts = new Map<UserId, VersionVector>();
	for (const entry of entries) {
		const vector = vectorOf(entry);
		if (vector) receipts.set(entry.author, joinVectors(receipts.get(entry.author) ?? EMPTY_VECTOR, vector));
	}
	return receipts;
}

/** Who has read the message; its author is not among them. `receipts` are those of its segment. */
export function readersOf(message: EntryRef & { readonly author: UserId }, receipts: Receipts): UserId[] {
	return [...receipts]
		.filter(([user, vector]) => user !== message.author && coversEntry(vector, message.client, message.s))
		.map(([user]) => user)
		.sort();
}

/** What this user's receipt for a segment says. Write it if `covers` says that the folded one does not cover it. */
export function receiptVector({ vectors, through }: ReadState, segment: number, seals: Seals): VersionVector {
	const seal = (segment <= through && seals.get(segment)) || EMPTY_VECTOR;
	return joinVectors(seal, vectors.get(segment) ?? EMPTY_VECTOR);
}

/** A user's own receipts that say nothing which another of theirs does not: to be erased whole, header and body. */
export function supersededReceipts(entries: Iterable<Entry>, self: UserId): Entry[] {
	const left: { entry: Entry; vector: VersionVector }[] = [];
	const superseded: Entry[] = [];
	for (const entry of entries) {
		const vector = entry.author === self ? vectorOf(entry) : undefined;
		if (!vector) continue;
		if (left.some((other) => covers(other.vector, vector))) {
			superseded.push(entry);
			continue;
		}
		for (let i = left.length - 1; i >= 0; i--)
			if (covers(vector, left[i]!.vector)) superseded.push(...left.splice(i, 1).map((held) => held.entry));
		left.push({ entry, vector });
	}
	return superseded;
}

function vectorOf({ kind, version, author, body }: Entry): VersionVector | undefined {
	if (kind !== KIND.receipt || version !== HEADER_VERSION || author === SYSTEM_USER || !body)
		return undefined;
	return decodeReceiptBody(body)?.vector;
}
