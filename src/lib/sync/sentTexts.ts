/** What a page had sent that ended before the messages were on the disk: loaded when there is any, which is seldom. */
import { wasSent } from '../domain/sentDraft';
import type { Draft } from '../domain/draftState';
import type { TimelineMessage } from '../domain/timelineItem';
import type { Typed } from './draftRows';

/**
 * The field with those before it that did not get there. `sent`: the newest first; what stands in the field by itself
 * stands there once.
 */
export function withLost(
	sent: readonly Typed[],
	{ field, here, messages }: { field: Draft; here: Draft | undefined; messages: readonly TimelineMessage[] }
): Draft {
	const lost = sent.filter((draft) => draft !== here && !wasSent(draft, messages));
	const parts = [...lost.toReversed(), field];
	return {
		text: parts.flatMap(({ text }) => (text === '' ? [] : [text])).join('\n'),
		replyTo: parts.findLast(({ replyTo }) => replyTo !== undefined)?.replyTo
	};
}
