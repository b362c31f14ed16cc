/**
 * What one entry says, for the timeline's folds. Only the kinds of a timeline: receipts, seals and facts have folds of
 * their own, and unknown kinds and versions say nothing here (they stay in the document).
 */
import { compareWritten, KIND, parseEntryId, type Entry, type EntryId, type Written } from './entry';
import {
	decodeEditBody,
	decodePinBody,
	decodeReactionBody,
	decodeRedactionBody,
	type EditBody,
	type PinBody,
	type ReactionBody,
	type RedactionBody
} from './annotationBodies';
import { decodeMessageBody, decodeSystemBody, type MessageBody } from './bodies';
import { HEADER_VERSION } from './entryCodec';
import { SYSTEM_USER, type UserId } from './ids';
import type { TimelineEvent } from './timelineItem';

/** An entry of kind message; `body` is undefined once erased, and while it cannot be read. */
export interface SaidMessage extends Written {
	readonly type: 'message';
	readonly id: EntryId;
	readonly segment: number;
	readonly author: UserId;
	readonly body: MessageBody | undefined;
}

interface About extends Written {
	readonly id: EntryId;
	readonly author: UserId;
}

/** What is done to a message, by whoever wrote it: whether it counts depends on the target. */
export type Annotation =
	| (About & EditBody & { readonly type: 'edit' })
	| (About & RedactionBody & { readonly type: 'redaction'; readonly moderator?: UserId })
	| (About & ReactionBody & { readonly type: 'reaction' })
	| (About & PinBody & { readonly type: 'pin' });

export interface SaidEvent {
	readonly type: 'event';
	/** Two entries of one key tell the same event. */
	readonly key: string;
	readonly event: TimelineEvent;
}

/** All that a user had written in a segment until then was erased. */
export interface SaidErasure extends Written {
	readonly type: 'erasure';
	readonly segment: number;
	readonly of: UserId;
}

export type Said = SaidMessage | Annotation | SaidEvent | SaidErasure;

/** The name of what was erased of a user in the segment of an entry. */
export const erasuresOf = ({ segment }: { readonly segment: number }, user: UserId): string =>
	`${segment} ${user}`;

/** Undefined if the entry says nothing that a timeline could show, now or for ever. `id` is the entry's own. */
export function readSaid(entry: Entry, id: EntryId): Said | undefined {
	if (entry.version !== HEADER_VERSION) return undefined;
	if (entry.kind === KIND.message) return saidMessage(entry, id);
	if (!entry.body) return undefined;
	return entry.kind === KIND.system
		? saidBySystem(entry, id, entry.body)
		: saidAnnotation(entry, id, entry.body);
}

function saidMessage(entry: Entry, id: EntryId): SaidMessage {
	const { segment, client, s, author, stamp } = entry;
	const body = entry.body && decodeMessageBody(entry.body);
	return { type: 'message', id, segment, client, s, author, stamp, body };
}

/** Believes the server alone. */
function saidBySystem(entry: Entry, id: EntryId, bytes: Uint8Array): Said | undefined {
	const body = entry.author === SYSTEM_USER ? decodeSystemBody(bytes) : undefined;
	if (!body || body.event === 'seal') return undefined;
	const { event, by, who, name, target } = body;
	const { author, client, s, stamp, segment } = entry;
	if (event === 'moderated') {
		if (target === undefined || parseEntryId(target)?.segment !== segment) return undefined;
		return { type: 'redaction', id, author, client, s, stamp, target, moderator: by ?? author };
	}
	if (event === 'erased') {
		const [of] = who ?? [];
		return of === undefined ? undefined : { type: 'erasure', client, s, stamp, segment, of };
	}
	return {
		type: 'event',
		key: body.key,
		event: { type: 'event', id, client, s, stamp, event, by, who, name }
	};
}

/** A target in another segment is none: what concerns a message stands in its segment. */
function saidAnnotation(entry: Entry, id: EntryId, bytes: Uint8Array): Annotation | undefined {
	const said = decodeAnnotation(entry.kind, bytes);
	if (!said || parseEntryId(said.target)?.segment !== entry.segment) return undefined;
	const { author, stamp, client, s } = entry;
	return { id, author, stamp, client, s, ...said };
}

/** The body of an annotation, whatever segment its target is in; undefined if it is none or broken. */
export function decodeAnnotation(kind: number, bytes: Uint8Array) {
	const edit = kind === KIND.edit ? decodeEditBody(bytes) : undefined;
	if (edit) return { type: 'edit' as const, ...edit };
	const redaction = kind === KIND.redaction ? decodeRedactionBody(bytes) : undefined;
	if (redaction) return { type: 'redaction' as const, ...redaction };
	const reaction = kind === KIND.reaction ? decodeReactionBody(bytes) : undefined;
	if (reaction) return { type: 'reaction' as const, ...reaction };
	const pin = kind === KIND.pin ? decodePinBody(bytes) : undefined;
	return pin && { type: 'pin' as const, ...pin };
}

/** Of two writings of one event (the server stopped between write and note), the earlier is shown. */
export function earlierEvent(a: TimelineEvent | undefined, b: TimelineEvent): TimelineEvent {
	if (!a) return b;
	return (compareWritten(a, b) || (a.id < b.id ? -1 : 1)) <= 0 ? a : b;
}
