/**
 * The bodies of each kind as values: what people's entries say. Keys are one letter on the wire (a body repeats them
 * for every message) and words here. A reader ignores keys that it does not know, and returns undefined for a body
 * that lacks what its kind needs. Bodies about another entry stand in annotationBodies, receipts in receiptBody.
 */
import { textStart } from './text';
import type { AnyValue } from './boundedAny';
import { decodeBody, encodeBody, fitsBody } from './entryCodec';
import { decodeRecord, entryIdOf, requireEntryId, type BodyRecord } from './bodyRecord';
import { decodePairs, encodePairs } from './vectorPairs';
import { DISPLAY_NAME_MAX, MESSAGE_TEXT_MAX } from './limits';
import type { EntryId } from './entry';
import type { UserId } from './ids';
import type { VersionVector } from './versionVector';

export interface MessageBody {
	readonly text: string;
	readonly replyTo?: EntryId;
	/** The name of who wrote the text first, in a message that was forwarded. */
	readonly forwardedFrom?: string;
}

/** What `system` tells in a timeline. `key` makes a second writing of the same event harmless. */
export interface SystemBody {
	readonly key: string;
	/**
	 * A `seal` says what a full segment held, for read state. `moderated` says that a moderator (`by`) had the message
	 * `target` erased, `erased` that all which `who` wrote in the segment until then was. None of them is shown by itself.
	 */
	readonly event: 'created' | 'joined' | 'left' | 'renamed' | 'seal' | 'moderated' | 'erased' | string;
	/** Who did it. */
	readonly by?: UserId;
	/** To whom. */
	readonly who?: readonly UserId[];
	/** The new name, for `renamed`. */
	readonly name?: string;
	/** The message of the same segment, for `moderated`. */
	readonly target?: EntryId;
	/** The messages that the segment held, for `seal`. */
	readonly vector?: VersionVector;
}

/** A fact: the newest `set` of a key holds. A null value says that the fact no longer is. */
export interface SetBody {
	readonly key: string;
	readonly value: AnyValue;
}

/** Throws a RangeError if the text is longer than a message may be, or the name longer than a name. */
export function encodeMessageBody({ text, replyTo, forwardedFrom }: MessageBody): Uint8Array {
	requireText(text);
	const body: BodyRecord = { t: text };
	if (replyTo !== undefined) body.r = replyTo;
	if (forwardedFrom !== undefined) {
		if (forwardedFrom.length > DISPLAY_NAME_MAX)
			throw new RangeError(`a name of ${forwardedFrom.length} characters is over ${DISPLAY_NAME_MAX}`);
		body.f = forwardedFrom;
	}
	return encodeBody(body);
}

export function decodeMessageBody(bytes: Uint8Array): MessageBody | undefined {
	const body = decodeRecord(bytes);
	if (typeof body?.t !== 'string') return undefined;
	const replyTo = entryIdOf(body.r);
	const said: { -readonly [Key in keyof MessageBody]: MessageBody[Key] } = { text: body.t };
	if (replyTo !== undefined) said.replyTo = replyTo;
	// A name that is too long, or turns the line around, is a stranger's doing: that the text is not the author's own must
	// still be told.
	if (typeof body.f === 'string')
		said.forwardedFrom = textStart(body.f, DISPLAY_NAME_MAX).slice(0, DISPLAY_NAME_MAX);
	return said;
}

/** Throws a RangeError if the text is longer than a message may be. */
export function requireText(text: string): void {
	if (text.length > MESSAGE_TEXT_MAX)
		throw new RangeError(`a message of ${text.length} characters is over ${MESSAGE_TEXT_MAX}`);
}

/** Throws a RangeError if the vector names more clients than one may, or the target is no entry's id. */
export function encodeSystemBody({ key, event, by, who, name, target, vector }: SystemBody): Uint8Array {
	const body: BodyRecord = { k: key, e: event };
	if (by !== undefined) body.b = by;
	if (who !== undefined) body.w = [...who];
	if (name !== undefined) body.n = name;
	if (target !== undefined) body.x = requireEntryId(target);
	if (vector !== undefined) body.v = encodePairs(vector);
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
		name: typeof body.n === 'string' ? body.n : undefined,
		target: entryIdOf(body.x),
		vector: decodePairs(body.v)
	};
}

/** Throws a RangeError if it is larger than a body may be: see `fitsSetBody`. */
export const encodeSetBody = ({ key, value }: SetBody): Uint8Array => encodeBody([key, value]);

/** True if a fact is small enough for an entry. */
export const fitsSetBody = ({ key, value }: SetBody): boolean => fitsBody([key, value]);

export function decodeSetBody(bytes: Uint8Array): SetBody | undefined {
	const decoded = decodeBody(bytes)?.value;
	if (!Array.isArray(decoded) || decoded.length < 2 || typeof decoded[0] !== 'string') return undefined;
	return { key: decoded[0], value: decoded[1] };
}
