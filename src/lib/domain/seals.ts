/**
 * Seals: when a segment is full, `system` writes into it which messages it held. Read state then says "through the
 * seal" instead of a vector. Invariant: a seal never changes, so what arrives late into a full segment is outside it.
 */
import { compareWritten, KIND, type Entry } from './entry';
import { decodeSystemBody } from './bodies';
import { HEADER_VERSION } from './entryCodec';
import { SYSTEM_USER } from './ids';
import type { VersionVector } from './versionVector';

/** Seals by segment: of those that are on this device and loaded. */
export type Seals = ReadonlyMap<number, VersionVector>;

/** The seals among the entries. Of two writings of one seal the earlier counts. */
export function foldSeals(entries: Iterable<Entry>): Map<number, VersionVector> {
	const first = new Map<number, { entry: Entry; vector: VersionVector }>();
	for (const entry of entries) {
		const vector = sealOf(entry);
		const held = vector && first.get(entry.segment);
		if (vector && (!held || compareWritten(entry, held.entry) < 0))
			first.set(entry.segment, { entry, vector });
	}
	return new Map([...first].map(([segment, { vector }]) => [segment, vector]));
}

/** True if the body, in a log of `system`, is a seal. */
export const isSeal = (body: Uint8Array): boolean => decodeSystemBody(body)?.event === 'seal';

/** What the entry seals; undefined if it is no seal. */
export function sealOf({ kind, author, version, body }: Entry): VersionVector | undefined {
	if (kind !== KIND.system || author !== SYSTEM_USER || version !== HEADER_VERSION || !body) return undefined;
	const said = decodeSystemBody(body);
	return said?.event === 'seal' ? said.vector : undefined;
}
