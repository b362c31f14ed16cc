import { compareStamps, type Stamp } from './stamp';
import type { UserId } from './ids';

/** What an entry is. The numbers are on disk for ever: add, never change. */
export const KIND = {
	message: 1,
	edit: 2,
	redaction: 3,
	reaction: 4,
	receipt: 5,
	system: 6,
	set: 7,
	pin: 8
} as const;

/** Kinds whose entries are erased whole, header and body, by who wrote a newer one: others leave their header. */
export const SUPERSEDED_KINDS: ReadonlySet<number> = new Set([KIND.set, KIND.receipt]);

/** The name of an entry in its conversation: `<segment>.<client>.<s>`, for example `0.2934857.12`. */
export type EntryId = string;

export interface EntryRef {
	readonly segment: number;
	/** Yjs client id of the log. */
	readonly client: number;
	/** Position in the log, from 0. */
	readonly s: number;
}

/** Yjs client ids are 32-bit. */
export const CLIENT_MAX = 2 ** 32 - 1;

export const formatEntryId = ({ segment, client, s }: EntryRef): EntryId => `${segment}.${client}.${s}`;

const ENTRY_ID = /^(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,9})\.(0|[1-9]\d{0,9})$/;

/** The parts of an entry id; undefined if it is not one. */
export function parseEntryId(id: string): EntryRef | undefined {
	const match = ENTRY_ID.exec(id);
	if (!match) return undefined;
	return { segment: Number(match[1]), client: Number(match[2]), s: Number(match[3]) };
}

/** The fixed-layout half of an entry: it stays as tombstone when the body is erased. */
export interface EntryHeader {
	readonly version: number;
	readonly kind: number;
	readonly s: number;
	readonly stamp: Stamp;
}

/** What orders entries that speak of one thing: the stamp, then the client id, then the place in the log. */
export type Written = Pick<Entry, 'stamp' | 'client' | 's'>;

/** Negative if `a` was written before `b`, positive if after; 0 only for the same entry of a segment. */
export const compareWritten = (a: Written, b: Written): number =>
	compareStamps(a.stamp, b.stamp) || a.client - b.client || a.s - b.s;

/** An entry as read from a document: who wrote it comes from the log's name, never from its bytes. */
export interface Entry extends EntryHeader, EntryRef {
	readonly author: UserId;
	/** The body's bytes; undefined once erased (or not here yet). */
	readonly body: Uint8Array | undefined;
}

/** The name of a log: the root type `<userId>:<clientId>` of a document. */
export const logName = (author: UserId, client: number): string => `${author}:${client}`;

/** Author and client id of a log's name; undefined if it is not one. */
export function parseLogName(name: string): { author: UserId; client: number } | undefined {
	const match = /^([a-z0-9]{1,64}):(0|[1-9]\d{0,9})$/.exec(name);
	if (!match) return undefined;
	return { author: match[1]!, client: Number(match[2]) };
}
