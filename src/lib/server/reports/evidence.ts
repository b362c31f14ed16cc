/**
 * What a report shows, held against what the relay has: the reporter's word for a text is marked with what became of the
 * comparison, and who wrote it the relay alone says.
 */
import type { ReportedMessage } from './reportStore';
import type { RelayPort } from '../relayPort';
import { parseEntryId, type EntryId } from '../../domain/entry';
import type { ConversationId } from '../../domain/ids';
import { REPORT_TEXT_MAX } from '../../domain/limits';
import { foldTimeline, type TimelineItem, type TimelineMessage } from '../../domain/timeline';
import { segmentRoom } from '../../protocol/rooms';

/** What of a conversation the reporter could read. */
interface Readable {
	readonly id: ConversationId;
	/** The first segment, and the one that takes new messages. */
	readonly first: number;
	readonly live: number;
}

interface Shown {
	readonly id: EntryId;
	readonly text: string;
}

/** `shown` as the relay knows it, and the message itself; undefined if there is no such message. */
export async function evidenceOf(
	relay: Pick<RelayPort, 'entries'>,
	conversation: Readable,
	{ message, shown }: { readonly message: EntryId; readonly shown: readonly Shown[] }
): Promise<{ readonly message: ReportedMessage; readonly all: ReportedMessage[] } | undefined> {
	const items = new Map<EntryId, TimelineItem>();
	for (const segment of segmentsAround(message, conversation)) {
		const entries = await relay.entries(segmentRoom(conversation.id, segment));
		for (const item of foldTimeline(entries)) items.set(item.id, item);
	}
	const all = shown.map((one) => checked(one, items.get(one.id)));
	const known = items.get(message);
	if (known?.type !== 'message') return undefined;
	const found = all.find(({ id }) => id === message) ?? checked({ id: message, text: '' }, known);
	return { message: found, all };
}

/** What stands beside a message is in its segment or in the next ones to it. */
function segmentsAround(message: EntryId, { first, live }: Readable): number[] {
	const segment = parseEntryId(message)?.segment ?? -1;
	// SQL may not say yet that the live one is full.
	const isReadable = (n: number) => n >= first && n <= live + 1;
	return isReadable(segment) ? [segment - 1, segment, segment + 1].filter(isReadable) : [];
}

function checked({ id, text }: Shown, item: TimelineItem | undefined): ReportedMessage {
	if (item?.type !== 'message') return { id, author: null, at: null, text, checked: 'missing' };
	const { author, stamp } = item;
	const known = { id, author, at: stamp.ms };
	if (item.deleted) return { ...known, text: '', checked: 'gone' };
	return { ...known, text, checked: hasSaid(item, text) ? 'same' : 'other' };
}

/** Now, or before an edit: the reporter's device may not have had that. */
const hasSaid = ({ text, versions }: TimelineMessage, given: string): boolean =>
	[text, ...versions.map((version) => version.text)].some((said) => said.slice(0, REPORT_TEXT_MAX) === given);
