/**
 * The bodies of kinds that do something to a message: edit, redaction, reaction, pin. Each names its target, which is
 * a message of the same segment; who may do what, and what wins, is the fold's to say.
 */
import { decodeRecord, entryIdOf, requireEntryId } from './bodyRecord';
import { encodeBody } from './entryCodec';
import { isEmoji } from './emoji';
import { requireText } from './bodies';
import type { EntryId } from './entry';

/** The whole new body of a message. What it does not say (a reply's target) the message no longer has. */
export interface EditBody {
	readonly target: EntryId;
	readonly text: string;
	readonly replyTo?: EntryId;
}

export interface RedactionBody {
	readonly target: EntryId;
}

export interface ReactionBody {
	readonly target: EntryId;
	readonly emoji: string;
	/** False takes the reaction back. */
	readonly on: boolean;
}

export interface PinBody {
	readonly target: EntryId;
	/** False takes the pin off. */
	readonly on: boolean;
}

/** Throws a RangeError if the target is no entry id or the text is longer than a message may be. */
export function encodeEditBody({ target, text, replyTo }: EditBody): Uint8Array {
	requireText(text);
	const body = { x: requireEntryId(target), t: text };
	return encodeBody(replyTo === undefined ? body : { ...body, r: replyTo });
}

export function decodeEditBody(bytes: Uint8Array): EditBody | undefined {
	const body = decodeRecord(bytes);
	const target = entryIdOf(body?.x);
	if (target === undefined || typeof body?.t !== 'string') return undefined;
	const replyTo = entryIdOf(body.r);
	return replyTo === undefined ? { target, text: body.t } : { target, text: body.t, replyTo };
}

/** Throws a RangeError if the target is no entry id. */
export const encodeRedactionBody = ({ target }: RedactionBody): Uint8Array =>
	encodeBody({ x: requireEntryId(target) });

export function decodeRedactionBody(bytes: Uint8Array): RedactionBody | undefined {
	const target = entryIdOf(decodeRecord(bytes)?.x);
	return target === undefined ? undefined : { target };
}

/** Throws a RangeError if the target is no entry id, or the emoji is not one visible character of few bytes. */
export function encodeReactionBody({ target, emoji, on }: ReactionBody): Uint8Array {
	if (!isEmoji(emoji)) throw new RangeError('a reaction is one visible character');
	return encodeBody({ x: requireEntryId(target), e: emoji, o: on });
}

export function decodeReactionBody(bytes: Uint8Array): ReactionBody | undefined {
	const body = decodeRecord(bytes);
	const target = entryIdOf(body?.x);
	if (target === undefined || typeof body?.e !== 'string' || typeof body.o !== 'boolean') return undefined;
	return isEmoji(body.e) ? { target, emoji: body.e, on: body.o } : undefined;
}

/** Throws a RangeError if the target is no entry id. */
export const encodePinBody = ({ target, on }: PinBody): Uint8Array =>
	encodeBody({ x: requireEntryId(target), o: on });

export function decodePinBody(bytes: Uint8Array): PinBody | undefined {
	const body = decodeRecord(bytes);
	const target = entryIdOf(body?.x);
	if (target === undefined || typeof body?.o !== 'boolean') return undefined;
	return { target, on: body.o };
}
