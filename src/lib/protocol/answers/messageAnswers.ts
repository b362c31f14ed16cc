/** Answers about messages. */
import { z } from 'zod';
import { ms, type Of } from './shapes';

const messageSchema = z
	.object({
		id: z.string(),
		conversationId: z.string(),
		author: z.string(),
		text: z.string(),
		at: ms.describe('Milliseconds since 1970, by the message’s stamp.'),
		replyTo: z.string().optional()
	})
	.meta({ id: 'Message' });
export const messageAnswer = z.object({ message: messageSchema });
export const messagesAnswer = z.object({
	messages: z.array(messageSchema).describe('Oldest first.'),
	before: z
		.string()
		.optional()
		.describe('Give it as `before` to read what came earlier; absent at the start.')
});

export type MessageAnswer = Of<typeof messageSchema>;
export type MessagesAnswer = Of<typeof messagesAnswer>;
