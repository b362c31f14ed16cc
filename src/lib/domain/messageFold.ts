/**
 * One message from its own entry and all that was done to it, in any order. Only the author and `system` edit and
 * redact; anyone reacts and pins. A redaction wins over every edit, whatever their stamps, and so does the erasure of
 * all that its author had written. Invariant: the result depends on the set of annotations and erasures alone.
 */
import { CLOCK_AHEAD_MAX_MS } from './limits';
import { compareWritten, type EntryId, type Written } from './entry';
import { SYSTEM_USER, type UserId } from './ids';
import type { Annotation, SaidMessage } from './said';
import type { MessageBody } from './bodies';
import type { MessageVersion, Reaction, TimelineMessage } from './timelineItem';

const NO_ERASURES: readonly Written[] = Object.freeze([]);
const NO_VERSIONS: readonly MessageVersion[] = Object.freeze([]);
const NO_REACTIONS: readonly Reaction[] = Object.freeze([]);

type ReactionSaid = Extract<Annotation, { type: 'reaction' }>;

/**
 * Undefined if there is nothing to show: a message that was cancelled or erased with all of its author's, or whose body
 * is not here. `erasures` are those of its author's writing in its segment.
 */
export function composeMessage(
	message: SaidMessage,
	annotations: readonly Annotation[],
	erasures: Iterable<Written> = NO_ERASURES
): TimelineMessage | undefined {
	const { id, stamp, body } = message;
	for (const erasure of erasures) if (compareWritten(message, erasure) < 0) return undefined;
	// Most messages are never annotated, and opening a conversation composes all of them.
	if (annotations.length === 0) return body && shown(message, body, id);
	const said = annotations.toSorted(compareWritten);
	const byAuthor = said.filter(({ author }) => author === message.author || author === SYSTEM_USER);
	const redactions = byAuthor.filter((each) => each.type === 'redaction');
	// What a moderator removed stays so, whatever its author's devices do behind it.
	const isModerated = ({ moderator = message.author }) => moderator !== message.author;
	const redaction = redactions.find(isModerated) ?? redactions[0];
	if (redaction) {
		const { id: source, moderator: by } = redaction;
		// By command one deletes one's own messages too.
		const moderator = by === message.author ? undefined : by;
		return { ...shown(placedBy(message, redaction), NOTHING, source), deleted: true, moderator };
	}
	const edits = byAuthor.filter((each) => each.type === 'edit');
	// An erased body with an edit: the message was edited before it left its device. What was there is nobody's business.
	const bodies = body ? [{ ...body, id, stamp }, ...edits] : edits;
	const current = bodies.at(-1);
	return (
		current && {
			...shown(placedBy(message, edits[0]), current, current.id),
			versions: bodies.length > 1 ? bodies.slice(0, -1).map(versionOf) : NO_VERSIONS,
			reactions: reactionsOf(said),
			pinned: said.findLast((each) => each.type === 'pin')?.on ?? false
		}
	);
}

/**
 * A header without its body is taken whatever time it claims. One that is further ahead of what it is shown by than a clock
 * may be is no honest one's, and stands where that does: it would be last for ever.
 */
const placedBy = (message: SaidMessage, by: Annotation | undefined): SaidMessage =>
	by && !message.body && message.stamp.ms > by.stamp.ms + CLOCK_AHEAD_MAX_MS
		? { ...message, stamp: by.stamp }
		: message;

const NOTHING: MessageBody = { text: '' };

/** The message with what one body says and nothing else. */
function shown(message: SaidMessage, body: MessageBody, source: EntryId): TimelineMessage {
	return {
		type: 'message',
		id: message.id,
		segment: message.segment,
		client: message.client,
		s: message.s,
		author: message.author,
		stamp: message.stamp,
		text: body.text,
		replyTo: body.replyTo,
		forwardedFrom: body.forwardedFrom,
		versions: NO_VERSIONS,
		deleted: false,
		moderator: undefined,
		reactions: NO_REACTIONS,
		pinned: false,
		source
	};
}

const versionOf = ({ text, stamp }: MessageVersion): MessageVersion => ({ text, stamp });

/** Of what one user says with one emoji the last holds, and gives its place in the order. */
function reactionsOf(said: readonly Annotation[]): readonly Reaction[] {
	const holding = new Map<string, ReactionSaid>();
	for (const each of said) {
		if (each.type !== 'reaction') continue;
		const key = `${each.author} ${each.emoji}`;
		holding.delete(key);
		if (each.on) holding.set(key, each);
	}
	if (holding.size === 0) return NO_REACTIONS;
	const users = new Map<string, UserId[]>();
	for (const { emoji, author } of holding.values()) {
		const others = users.get(emoji);
		if (others) others.push(author);
		else users.set(emoji, [author]);
	}
	return [...users].map(([emoji, all]) => ({ emoji, users: all }));
}

/** True if the two say the same, so that the older object may stay. */
export function sameMessage(a: TimelineMessage, b: TimelineMessage): boolean {
	return (
		a.id === b.id &&
		a.source === b.source &&
		a.text === b.text &&
		a.deleted === b.deleted &&
		a.moderator === b.moderator &&
		a.pinned === b.pinned &&
		a.replyTo === b.replyTo &&
		a.forwardedFrom === b.forwardedFrom &&
		a.author === b.author &&
		compareWritten(a, b) === 0 &&
		sameList(a.versions, b.versions, (v, w) => v.text === w.text && v.stamp === w.stamp) &&
		sameList(a.reactions, b.reactions, (r, t) => r.emoji === t.emoji && sameList(r.users, t.users, Object.is))
	);
}

function sameList<T>(a: readonly T[], b: readonly T[], same: (x: T, y: T) => boolean): boolean {
	return a === b || (a.length === b.length && a.every((each, i) => same(each, b[i]!)));
}
