import { z } from 'zod';
import { oneLine, words, userId, conversationId } from './fields';
import {
	CONVERSATION_NAME_MAX,
	DESCRIPTION_MAX,
	MEMBERS_MAX,
	INVITE_HOURS_MAX,
	INVITE_USES_MAX,
	PAGE_CONVERSATIONS_MAX
} from '../../domain/limits';
import { SEGMENTS_AGAIN_MAX } from '../../domain/madeAgain';
import { limitOf } from './pages';

const groupFields = z.object({
	name: oneLine(CONVERSATION_NAME_MAX).optional(),
	description: words(DESCRIPTION_MAX).optional(),
	history: z.enum(['start', 'joining']).optional(),
	joining: z.enum(['open', 'request']).optional()
});

/**
 * How a conversation stood that the server has forgotten since an older copy of its database was put back, as a device
 * knows it.
 */
const stoodSchema = groupFields.omit({ name: true }).extend({
	live: z.number().int().min(0).max(SEGMENTS_AGAIN_MAX).describe('The segment that took new messages.'),
	places: z
		.array(
			z.object({
				user: userId,
				role: z.enum(['owner', 'admin', 'member']).optional(),
				from: z
					.number()
					.int()
					.min(0)
					.max(SEGMENTS_AGAIN_MAX)
					.optional()
					.describe('The first segment that they may read. Behind `live` it leaves them out.'),
				joined: z.number().int().min(0).optional()
			})
		)
		.max(MEMBERS_MAX)
		.optional()
		.describe('Members besides those of `members`, and the caller: what else is known of them.')
});

export const createConversationSchema = z.object({
	id: conversationId.optional(),
	kind: z.enum(['direct', 'group']),
	members: z.array(userId).max(MEMBERS_MAX),
	name: oneLine(CONVERSATION_NAME_MAX).optional(),
	stood: stoodSchema
		.optional()
		.describe(
			'Makes again what the server has forgotten. Whom it does not know, or may not bring in, is left out. A group only within 90 days after a restore, and if it began before that.'
		)
});

export const changeGroupSchema = groupFields.extend({
	/** What the person saw as they changed it: if it is no longer so, nothing changes. */
	was: groupFields.optional()
});

export const addMemberSchema = z.object({
	userId,
	/**
	 * When it was asked for, in milliseconds since 1970, by a device that could not reach the server then: what is written
	 * from then on is there for them to read.
	 */
	at: z.number().int().min(0).optional()
});

const role = z.enum(['owner', 'admin', 'member']);

export const changeRoleSchema = z.object({
	role,
	/** What the member was as the person saw it: if it is no longer so, nothing changes. */
	was: role.optional(),
	/** Whoever makes somebody an owner becomes an admin: the group is handed over. */
	stepDown: z.boolean().optional()
});

export const createInviteSchema = z.object({
	/** How long it holds. */
	hours: z.number().int().min(1).max(INVITE_HOURS_MAX).optional(),
	/** How often it may be used; as often as people like if it is not given. */
	uses: z.number().int().min(1).max(INVITE_USES_MAX).optional()
});

export const pictureQuery = z.object({
	was: z.string().max(64).optional().meta({
		description:
			'The picture that the person saw, `none` for none: nothing changes if the group has another by now.'
	})
});

/** `?cursor=&limit=` of one's conversations. */
export const conversationsQuery = z.object({
	cursor: z.string().optional().meta({ description: 'The one that the page before came with.' }),
	limit: limitOf(PAGE_CONVERSATIONS_MAX)
});

export type CreateConversationRequest = z.input<typeof createConversationSchema>;
export type ChangeGroupRequest = z.input<typeof changeGroupSchema>;
export type CreateInviteRequest = z.input<typeof createInviteSchema>;
