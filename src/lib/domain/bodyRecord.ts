/** What the bodies of several kinds share when they are read: a record with one-letter keys, written by a stranger. */
import type { AnyValue } from './boundedAny';
import { decodeBody } from './entryCodec';
import { parseEntryId, type EntryId } from './entry';

export type BodyRecord = { [key: string]: AnyValue };

/** A body that is a record; undefined if it is anything else. */
export function decodeRecord(bytes: Uint8Array): BodyRecord | undefined {
	const value = decodeBody(bytes)?.value;
	if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Uint8Array)
		return undefined;
	return value;
}

/** The entry that a value names; undefined if it names none. */
export const entryIdOf = (value: AnyValue): EntryId | undefined =>
	typeof value === 'string' && parseEntryId(value) ? value : undefined;

/** The entry that a body is about. Throws a RangeError if it is no entry's id: nobody could ever read it. */
export function requireEntryId(id: EntryId): EntryId {
	if (!parseEntryId(id)) throw new RangeError(`${id} is no entry id`);
	return id;
}
