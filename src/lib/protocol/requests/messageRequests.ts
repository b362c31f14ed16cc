import { z } from 'zod';
import { conversationId, userId, messageText, entryId, messageKey } from './fields';
import { limitOf } from './pages';
import { PAGE_MESSAGES_MAX } from '../../domain/limits';

export const sendMessageSchema = z
	.object({
		conversationId: conversationId.optional(),
		userId: userId.optional(),
		text: messageText,
		replyTo: entryId.optional(),
		key: messageKey.optional()
	})
	.refine((body) => (body.conversationId === undefined) !== (body.userId === undefined), {
		message: 'must name either conversationId or userId'
	});

/** `?before=&limit=` of a conversation's messages. */
export const messagesQuery = z.object({
	before: z.string().optional().meta({ description: 'The message that the page ends before.' }),
	limit: limitOf(PAGE_MESSAGES_MAX)
});

export type SendMessageRequest = z.input<typeof sendMessageSchema>;
