/**
 * Sending writes the message and clears the draft, in two databases of the device: a page that ends in between leaves
 * both. Which of the two is meant follows from what they say, so that a text is there once, and never not at all.
 */
import { compareStamps, type Stamp } from './stamp';
import type { Draft } from './draftState';
import type { TimelineMessage } from './timelineItem';

/** A draft, and when it was typed. */
export interface TypedDraft extends Draft {
	readonly stamp: Stamp;
}

/**
 * True if one of the messages, all of the draft's own user, was written after it and says just that, in reply to the
 * same: the draft was sent. What was typed again after sending is later than the message, and stays.
 */
export function wasSent(draft: TypedDraft, messages: readonly TimelineMessage[]): boolean {
	const text = draft.text.trim().toWellFormed();
	if (text === '') return false;
	return messages.some(
		(message) =>
			compareStamps(message.stamp, draft.stamp) > 0 &&
			message.replyTo === draft.replyTo &&
			message.forwardedFrom === undefined &&
			(message.versions[0] ?? message).text === text
	);
}
