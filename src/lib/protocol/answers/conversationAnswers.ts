/** Answers about conversations, and ways into groups. */
import { z } from 'zod';
import { personSchema } from './personAnswers';
import { ms, type Of } from './shapes';

const conversationSchema = z
	.object({
		id: z.string(),
		kind: z.enum(['direct', 'group']),
		name: z.string(),
		description: z.string(),
		picture: z.string().optional(),
		history: z.enum(['start', 'joining']).describe('Where the history of who joins begins.'),
		joining: z.enum(['open', 'request']),
		members: z.array(personSchema.extend({ role: z.enum(['owner', 'admin', 'member']) })),
		live: z.int().describe('The segment that takes new messages.'),
		createdAt: ms
	})
	.meta({ id: 'Conversation' });
export const conversationAnswer = z.object({ conversation: conversationSchema });
export const conversationsAnswer = z.object({
	conversations: z.array(conversationSchema),
	cursor: z.string().optional().describe('Give it as `cursor` to read on; absent on the last page.')
});

const inviteSchema = z
	.object({
		id: z.string(),
		creator: z.string(),
		createdAt: ms,
		expiresAt: ms,
		uses: z.int(),
		usesMax: z.int().optional().describe('Absent if it may be used as often as people like.')
	})
	.meta({ id: 'Invite' });
export const invitesAnswer = z.object({ invites: z.array(inviteSchema) });
export const newInviteAnswer = z.object({
	invite: inviteSchema,
	token: z.string().optional().describe('Told with the first answer alone.')
});
export const invitedAnswer = z.object({
	name: z.string().describe('Empty if the group has none.'),
	description: z.string(),
	picture: z.string().optional(),
	members: z.int().describe('How many are in it.'),
	mustAsk: z.boolean().describe('Somebody in the group has to say yes first.'),
	expiresAt: ms,
	askAgainAt: ms
		.optional()
		.describe('The caller asked and was not let in: until then they cannot ask again.'),
	standing: z.enum(['member', 'asking']).optional().describe('What the caller is to the group already.'),
	conversationId: z.string().optional().describe('For those who are in it, or ask to be.')
});
export const acceptAnswer = z.object({
	outcome: z
		.enum(['joined', 'asked', 'member'])
		.describe('`asked`: somebody in the group has to say yes first.'),
	conversationId: z.string()
});

export type ConversationAnswer = Of<typeof conversationSchema>;
export type InviteAnswer = Of<typeof inviteSchema>;
export type InvitesAnswer = Of<typeof invitesAnswer>;
/** The token is told with the first answer alone. */
export type NewInviteAnswer = Of<typeof newInviteAnswer> & { readonly token: string };
/** What an invite link leads to, for whoever holds it. */
export type InvitedAnswer = Of<typeof invitedAnswer>;
export type AcceptAnswer = Of<typeof acceptAnswer>;
