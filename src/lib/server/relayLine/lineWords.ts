/**
 * What an app and a relay that runs by itself say to each other, over a WebSocket of their own: both are Skein, of one
 * version, and know one secret. Each word is one lib0 `any` value, an array of three.
 *   app → relay: ask = [id, op, what is given]
 *   relay → app: answer = [id, true, value] or [id, false, failure] · told = [0, event, value]
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { AnyValue } from '../../domain/boundedAny';
import type { EntryId } from '../../domain/entry';
import type { ConversationId, UserId } from '../../domain/ids';
import type { Erasure } from '../../domain/erasures';
import type { RelayLimitSettings } from '../relayPort';

/** Where the relay takes the app's line. */
export const LINE_PATH = '/relay-line/1';

/** The code of an error when nothing can be asked of the relay now. */
export const RELAY_AWAY = 'RELAY_AWAY';

/** What may be asked, and what is given with it. */
export interface Asks {
	append: [string, UserId, readonly { kind: number; body: Uint8Array }[], { key?: string }];
	writtenUnder: [string, UserId, string];
	erase: [string, Erasure, { kind: number; body: Uint8Array } | undefined];
	writtenBy: [UserId];
	bytesOf: [UserId];
	project: [string, readonly (readonly [string, AnyValue])[]];
	entries: [string];
	entry: [string, EntryId];
	segment: [string];
	messageVector: [string];
	limit: [RelayLimitSettings];
	dropSession: [string];
	dropMember: [ConversationId, UserId];
}

/**
 * What the relay tells unasked: how a segment stands, in which rooms something was written, that what failed may be tried
 * again, how the store does.
 */
export type LineEvent = 'segment' | 'written' | 'retry' | 'health';

type Word = readonly [id: number, what: string | boolean, value: unknown];

export interface LineFailure {
	readonly message: string;
	/** Of the error or what caused it, for example `SQLITE_FULL`. */
	readonly code?: string;
}

export const encodeWord = (...word: Word): Uint8Array =>
	encoding.encode((encoder) => encoding.writeAny(encoder, [...word] as never));

/** Throws on bytes that are no word. */
export function decodeWord(bytes: Uint8Array): Word {
	const word: unknown = decoding.readAny(decoding.createDecoder(bytes));
	if (!Array.isArray(word) || word.length !== 3 || typeof word[0] !== 'number') throw new Error('not a word');
	const [id, what, value]: unknown[] = word;
	if (typeof what !== 'string' && typeof what !== 'boolean') throw new Error('not a word');
	return [Number(id), what, value];
}

export function failureOf(error: unknown): LineFailure {
	const message = error instanceof Error ? error.message : String(error);
	for (let cause = error; cause instanceof Error; cause = cause.cause)
		if ('code' in cause) return { message, code: String(cause.code) };
	return { message };
}

export const errorOf = ({ message, code }: LineFailure): Error =>
	code === undefined ? new Error(message) : Object.assign(new Error(message), { code });
