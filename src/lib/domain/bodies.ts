/**
 * The bodies of each kind as values: what people's entries say. Keys are one letter on the wire (a body repeats them
 * for every message) and words here. A reader ignores keys that it does not know, and returns undefined for a body
 * that lacks what its kind needs.
 */
import type { AnyValue } from './boundedAny';
import { decodeBody, encodeBody } from './entryCodec';
import { parseEntryId, type EntryId } from './entry';
import { MESSAGE_TEXT_MAX } from './limits';
import type { UserId } from './ids';

export interface MessageBody {
	readonly text: string;
	readonly replyTo?: EntryId;
}

/** What `system` tells in a timeline. `key` makes a second writing of the same event harmless. */
export interface SystemBody {
	readonly key: string;
	readonly event: 'created' | 'joined' | 'left' | 'renamed' | string;
	/** Who did it. */
	readonly by?: UserId;
	/** To whom. */
	readonly who?: readonly UserId[];
	/** The new name, for `renamed`. */
	readonly name?: string;
}

/** A fact: the newest `set` of a key holds. A null value says that the fact no longer is. */
export interface SetBody {
	readonly key: string;
	readonly value: AnyValue;
}

const record = (value: AnyValue): { [key: string]: AnyValue } | undefined =>
	typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array)
		? value
		: undefined;

const decodeRecord = (bytes: Uint8Array) => {
	const decoded = decodeBody(bytes);
	return decoded && record(decoded.value);
};

/** Throws a RangeError if the text is longer than a message may be. */
export function encodeMessageBody({ text, replyTo }: MessageBody): Uint8Array {
	if (text.length > MESSAGE_TEXT_MAX)
		throw new RangeError(`a message of ${text.length} characters is over ${MESSAGE_TEXT_MAX}`);
	return encodeBody(replyTo === undefined ? { t: text } : { t: text, r: replyTo });
}

export function decodeMessageBody(bytes: Uint8Array): MessageBody | undefined {
	const body = decodeRecord(bytes);
	if (typeof body?.t !== 'string') return undefined;
	const replyTo = typeof body.r === 'string' && parseEntryId(body.r) ? body.r : undefined;
	return replyTo === undefined ? { text: body.t } : { text: body.t, replyTo };
}

export function encodeSystemBody({ key, event, by, who, name }: SystemBody): Uint8Array {
	const body: { [key: string]: AnyValue } = { k: key, e: event };
	if (by !== undefined) body.b = by;
	if (who !== undefined) body.w = [...who];
	if (name !== undefined) body.n = name;
	return encodeBody(body);
}

export function decodeSystemBody(bytes: Uint8Array): SystemBody | undefined {
	const body = decodeRecord(bytes);
	if (typeof body?.k !== 'string' || typeof body.e !== 'string') return undefined;
	return {
		key: body.k,
		event: body.e,
		by: typeof body.b === 'string' ? body.b : undefined,
		who: Array.isArray(body.w) ? body.w.filter((id): id is string => typeof id === 'string') : undefined,
		name: typeof body.n === 'string' ? body.n : undefined
	};
}

export const encodeSetBody = ({ key, value }: SetBody): Uint8Array => encodeBody([key, value]);

export function decodeSetBody(bytes: Uint8Array): SetBody | undefined {
	const decoded = decodeBody(bytes)?.value;
	if (!Array.isArray(decoded) || decoded.length < 2 || typeof decoded[0] !== 'string') return undefined;
	return { key: decoded[0], value: decoded[1] };
}
