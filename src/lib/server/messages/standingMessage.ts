/** How one message stands, without folding all the others of its segment. */
import { formatEntryId, KIND, type Entry } from '../../domain/entry';
import { SYSTEM_USER } from '../../domain/ids';
import { foldTimeline, type TimelineMessage } from '../../domain/timeline';

/** What its author, and the server, may do to a message. */
const CHANGES: ReadonlySet<number> = new Set([KIND.edit, KIND.redaction]);

/** As these entries, all of its segment, have it, edited or not; undefined if it was deleted. */
export function standingMessage(
	message: Pick<Entry, 'segment' | 'client' | 's' | 'author'>,
	entries: readonly Entry[]
): TimelineMessage | undefined {
	const id = formatEntryId(message);
	const isIt = ({ client, s }: Entry) => client === message.client && s === message.s;
	const isAboutIt = (entry: Entry) =>
		entry.author === SYSTEM_USER ||
		(entry.author === message.author && (CHANGES.has(entry.kind) || isIt(entry)));
	return foldTimeline(entries.filter(isAboutIt)).find(
		(item): item is TimelineMessage => item.type === 'message' && item.id === id && !item.deleted
	);
}
