/**
 * Which of one's own bodies have to go. A body that is erased is gone on every replica, so the deletes travel in the
 * transaction of the entry that explains them; those that come late (an edit by a device that was away) go when met.
 */
import { formatEntryId, KIND, type Entry, type EntryId } from './entry';
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
		if (entry.kind !== KIND.redaction || (entry.author !== self && entry.author !== SYSTEM_USER)) continue;
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

function ownSaid(entry: Entry, self: UserId): Said | undefined {
	const { author, kind, body } = entry;
	if (author !== self || !body || (kind !== KIND.message && kind !== KIND.edit)) return undefined;
	return readSaid(entry, formatEntryId(entry));
}
