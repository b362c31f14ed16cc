/**
 * Which of a user's bodies have to go, by their own word or by the server's. A body that is erased is gone on every
 * replica, so the deletes travel in the transaction of the entry that explains them; those that come late (an edit by a
 * device that was away) go when met.
 */
import { formatEntryId, KIND, SUPERSEDED_KINDS, type Entry, type EntryId } from './entry';
import { readSaid, type Said } from './said';
import { SYSTEM_USER, type UserId } from './ids';

/**
 * The user's bodies that a message consists of: its own and those of its edits. To delete or cancel the message, erase
 * them all. To edit one that has not left the device, erase them and append the edit: same id, same place, no versions.
 */
export function bodiesOf(target: EntryId, entries: Iterable<Entry>, self: UserId): Entry[] {
	return [...entries].filter((entry) => {
		const said = ownSaid(entry, self);
		return said?.type === 'message' ? said.id === target : said?.type === 'edit' && said.target === target;
	});
}

/** What has the server erase bodies of a user's. */
export interface Erasure {
	readonly author: UserId;
	/** The message that is to go, with its edits; undefined: all that the author wrote there. */
	readonly message?: EntryId;
}

/** Kinds that hold no words of their author, and are about what belongs to the conversation: they stay. */
const LEFT_STANDING: ReadonlySet<number> = new Set([KIND.redaction, KIND.pin]);

/** What goes by an erasure: the entries that lose their body, and those that go whole. */
export function erasedBy(
	{ author, message }: Erasure,
	entries: Iterable<Entry>
): { bodies: Entry[]; whole: Entry[] } {
	if (message !== undefined) return { bodies: bodiesOf(message, entries, author), whole: [] };
	const own = [...entries].filter((entry) => entry.author === author && !LEFT_STANDING.has(entry.kind));
	return {
		bodies: own.filter(({ kind, body }) => body && !SUPERSEDED_KINDS.has(kind)),
		whole: own.filter(({ kind }) => SUPERSEDED_KINDS.has(kind))
	};
}

/**
 * The user's bodies that are still here though a redaction, by themselves or by the server, deleted the message. A
 * message that was edited before it left needs none: its erased body and its edit are one transaction.
 */
export function lateErasures(entries: Iterable<Entry>, self: UserId): Entry[] {
	const all = [...entries];
	const own = new Set(
		all.filter((entry) => entry.author === self && entry.kind === KIND.message).map(formatEntryId)
	);
	const redacted = new Set<EntryId>();
	for (const entry of all) {
		if (!mayRedact(entry, self)) continue;
		const said = readSaid(entry, formatEntryId(entry));
		if (said?.type === 'redaction' && own.has(said.target)) redacted.add(said.target);
	}
	if (redacted.size === 0) return [];
	return all.filter((entry) => {
		const said = ownSaid(entry, self);
		return said?.type === 'message'
			? redacted.has(said.id)
			: said?.type === 'edit' && redacted.has(said.target);
	});
}

/** The messages that `lateErasures` finds something of: to be deleted once more. */
export function standingThoughDeleted(entries: Iterable<Entry>, self: UserId): EntryId[] {
	const targets = lateErasures(entries, self).flatMap((entry) => {
		const said = ownSaid(entry, self);
		if (said?.type === 'message') return [said.id];
		return said?.type === 'edit' ? [said.target] : [];
	});
	return [...new Set(targets)];
}

/** True for what may say that a message of the user's is deleted. */
export const mayRedact = ({ kind, author }: Pick<Entry, 'kind' | 'author'>, user: UserId): boolean =>
	(kind === KIND.redaction && (author === user || author === SYSTEM_USER)) ||
	(kind === KIND.system && author === SYSTEM_USER);

function ownSaid(entry: Entry, self: UserId): Said | undefined {
	const { author, kind, body } = entry;
	if (author !== self || !body || (kind !== KIND.message && kind !== KIND.edit)) return undefined;
	return readSaid(entry, formatEntryId(entry));
}
