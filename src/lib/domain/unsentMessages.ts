import { decodeAnnotation } from './said';
import { formatEntryId, KIND, type Entry, type EntryId } from './entry';

/** Messages that entries which have not left are, change or delete; each once, though it was changed again and again. */
export const unsentMessageIds = (unsent: Iterable<Entry>): ReadonlySet<EntryId> =>
	new Set([...unsent].flatMap((entry) => messageOf(entry) ?? []));

/** Edits of a message that it names. */
export const unsentEditsOf = (target: EntryId, unsent: Iterable<Entry>): Entry[] =>
	[...unsent].filter((entry) => entry.kind === KIND.edit && messageOf(entry) === target);

function messageOf(entry: Entry): EntryId | undefined {
	const { kind, body } = entry;
	if (kind === KIND.message) return formatEntryId(entry);
	const isSaid = body && (kind === KIND.edit || kind === KIND.redaction);
	return isSaid ? decodeAnnotation(kind, body)?.target : undefined;
}
