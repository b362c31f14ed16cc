/**
 * What an author does to messages, as entries of the segment that the message stands in. Each is one Yjs transaction:
 * what is erased travels with the entry that explains it.
 */
import type * as Y from 'yjs';
import { appendEntries } from './log';
import {
	encodeEditBody,
	encodePinBody,
	encodeReactionBody,
	encodeRedactionBody
} from '../domain/annotationBodies';
import { bodiesOf } from '../domain/erasures';
import { encodeMessageBody, type MessageBody } from '../domain/bodies';
import { encodeReceiptBody } from '../domain/receiptBody';
import { eraseEntries } from './erase';
import { formatEntryId, KIND, type Entry, type EntryId } from '../domain/entry';
import type { Stamp } from '../domain/stamp';
import type { UserId } from '../domain/ids';
import type { VersionVector } from '../domain/versionVector';

/** A segment's document, who writes in it, and the time. */
export interface Writing {
	readonly doc: Y.Doc;
	readonly segment: number;
	readonly self: UserId;
	readonly tick: () => Stamp;
}

/** Throws a RangeError if the text is longer than a message may be. */
export function writeMessage(to: Writing, message: MessageBody): EntryId {
	return append(to, KIND.message, encodeMessageBody(message));
}

/**
 * The message keeps its place and shows as edited. Bodies that it replaces before they have left are erased: nobody ever
 * sees that there was such a text.
 */
export function writeEdit(
	to: Writing,
	target: EntryId,
	{ text, replyTo }: MessageBody,
	replaced: readonly Entry[] = []
): EntryId {
	let id: EntryId | undefined;
	to.doc.transact(() => {
		id = append(to, KIND.edit, encodeEditBody({ target, text, replyTo }));
		eraseEntries(to.doc, to.self, replaced);
	});
	return id!;
}

/** Before the message has left. */
export const writeQueuedEdit = (
	to: Writing,
	target: EntryId,
	body: MessageBody,
	entries: Iterable<Entry>
): EntryId => writeEdit(to, target, body, bodiesOf(target, entries, to.self));

/** For everyone: the body and those of its edits are gone from every replica; a tombstone stays. */
export function writeRedaction(to: Writing, target: EntryId, entries: Iterable<Entry>): EntryId {
	const erased = bodiesOf(target, entries, to.self);
	let id: EntryId | undefined;
	to.doc.transact(() => {
		id = append(to, KIND.redaction, encodeRedactionBody({ target }));
		eraseEntries(to.doc, to.self, erased);
	});
	return id!;
}

/** Before the message has left: its bodies are erased, and every fold skips the bare headers that travel. */
export function cancelMessage(to: Writing, target: EntryId, entries: Iterable<Entry>): void {
	eraseEntries(to.doc, to.self, bodiesOf(target, entries, to.self));
}

/** Throws a RangeError if the emoji is not one visible character. */
export const writeReaction = (to: Writing, target: EntryId, emoji: string, on: boolean): EntryId =>
	append(to, KIND.reaction, encodeReactionBody({ target, emoji, on }));

export const writePin = (to: Writing, target: EntryId, on: boolean): EntryId =>
	append(to, KIND.pin, encodePinBody({ target, on }));

/** Says how far one has read in this segment; what one said before is erased whole. */
export function writeReceipt(to: Writing, vector: VersionVector, entries: Iterable<Entry>): void {
	const before = [...entries].filter(({ kind, author }) => kind === KIND.receipt && author === to.self);
	to.doc.transact(() => {
		append(to, KIND.receipt, encodeReceiptBody({ vector }));
		eraseEntries(to.doc, to.self, before, { headersToo: true });
	});
}

function append({ doc, segment, self, tick }: Writing, kind: number, body: Uint8Array): EntryId {
	const s = appendEntries(doc, self, [{ kind, stamp: tick(), body }]);
	return formatEntryId({ segment, client: doc.clientID, s });
}
