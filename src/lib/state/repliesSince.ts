import { compareStamps } from '../domain/stamp';
import { KIND, type Entry, type EntryId } from '../domain/entry';
import { waitingDeeds } from '../domain/unsentMessages';
import type { ConversationSync } from '../sync/conversationSync';
import type { TimelineItem, TimelineMessage } from '../domain/timeline';
import type { UserId } from '../domain/ids';

type Timeline = Pick<ConversationSync, 'items' | 'unsent' | 'message'>;

/** Own messages of which this device alone has the text: not sent yet, or with a change that is not. */
export const unsentMessages = (timeline: Pick<Timeline, 'unsent' | 'message'>): TimelineMessage[] =>
	waitingDeeds(timeline).flatMap(({ type, target }) =>
		type === 'message' ? (timeline.message(target) ?? []) : []
	);

/**
 * How many messages of others have come behind each own message that has not left: the conversation has moved on since
 * it was written. Only those of which that is true; one step through the timeline however many wait.
 */
export function repliesSince(timeline: Timeline, self: UserId): ReadonlyMap<EntryId, number> {
	const counts = new Map<EntryId, number>();
	if (nobodyAnsweredSince(timeline, self)) return counts;
	const waiting = unsentMessages(timeline).sort((a, b) => compareStamps(b.stamp, a.stamp));
	if (waiting.length === 0) return counts;
	let behind = 0;
	let at = timeline.items.length - 1;
	for (const message of waiting) {
		for (; at >= 0 && isBehind(timeline.items[at]!, message); at--)
			if (isReply(timeline.items[at]!, self)) behind++;
		if (behind > 0) counts.set(message.id, behind);
	}
	return counts;
}

/**
 * What is nearly always so, told without making anything: asked with each key that is pressed, and who has no network
 * may have hundreds of messages waiting.
 */
function nobodyAnsweredSince({ items, unsent }: Timeline, self: UserId): boolean {
	const answer = items.findLast((item) => isReply(item, self));
	const isBefore = ({ kind, stamp }: Entry) =>
		kind === KIND.message && compareStamps(answer!.stamp, stamp) < 0;
	return answer === undefined || unsent.every(isBefore);
}

const isBehind = (item: TimelineItem, message: TimelineMessage): boolean =>
	item.id !== message.id && compareStamps(item.stamp, message.stamp) >= 0;

const isReply = (item: TimelineItem, self: UserId): boolean =>
	item.type === 'message' && item.author !== self && !item.deleted;
