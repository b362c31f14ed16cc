import type { ConversationId } from '../../domain/ids';
import type { TimelineMessage } from '../../domain/timeline';
import type { MessageAnswer } from '../../protocol/rest';

/** A message of the timeline as the REST API tells it. */
export function messageAnswer(
	conversationId: ConversationId,
	{ id, author, text, stamp, replyTo }: TimelineMessage
): MessageAnswer {
	return { id, conversationId, author, text, at: stamp.ms, replyTo };
}
