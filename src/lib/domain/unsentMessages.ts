import { decodeAnnotation } from './said';
import { formatEntryId, KIND, type Entry, type EntryId } from './entry';
import type { TimelineMessage } from './timelineItem';

/** What one has done and the others have not heard of. */
export interface Deed {
	/** A message and its edits are one deed. */
	readonly type: 'message' | 'redaction' | 'reaction' | 'pin';
	readonly target: EntryId;
	readonly emoji?: string;
	/** False: a reaction or pin is taken back. */
	readonly on?: boolean;
	/** The entry that says it last. */
	readonly entry: Entry;
}

/** What a deed is of its own, whether it is done or taken back. */
export type DeedName = Pick<Deed, 'type' | 'target' | 'emoji'>;

interface Timeline {
	readonly unsent: readonly Entry[];
	readonly message: (id: EntryId) => TimelineMessage | undefined;
}

/**
 * What of the entries that have not left changes anything for the others: each once, though it was changed again and again.
 * Nothing does of what is about a message that somebody else has deleted.
 */
export function waitingDeeds({ unsent, message }: Timeline): Deed[] {
	const deeds = new Map<string, Deed>();
	for (const entry of unsent) {
		const deed = deedOf(entry);
		if (deed) deeds.set(keyOf(deed), deed);
	}
	return [...deeds.values()].filter(({ type, target }) => {
		const about = message(target);
		const isSource = (entry: Entry) => formatEntryId(entry) === about?.source;
		return about?.deleted ? type === 'redaction' && unsent.some(isSource) : about;
	});
}

/** Edits of a message that it names. */
export const unsentEditsOf = (target: EntryId, unsent: Iterable<Entry>): Entry[] =>
	sayingOf({ type: 'message', target }, unsent).filter(({ kind }) => kind === KIND.edit);

/** The entries that say such a deed, on or off. */
export const sayingOf = (deed: DeedName, entries: Iterable<Entry>): Entry[] =>
	[...entries].filter((entry) => {
		const said = deedOf(entry);
		return said && keyOf(said) === keyOf(deed);
	});

const keyOf = ({ type, target, emoji }: DeedName): string => `${type} ${target} ${emoji}`;

function deedOf(entry: Entry): Deed | undefined {
	const { kind, body } = entry;
	if (kind === KIND.message) return { type: 'message', target: formatEntryId(entry), entry };
	const said = body && decodeAnnotation(kind, body);
	return said && { ...said, type: said.type === 'edit' ? 'message' : said.type, entry };
}
