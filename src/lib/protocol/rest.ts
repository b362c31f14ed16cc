/**
 * The shapes of the REST API (DESIGN section 12): what requests may hold, checked at the edge, and what answers hold.
 * The browser imports the types alone; the schemas run on the server.
 */
import { z } from 'zod';
import {
	ABOUT_MAX,
	CONVERSATION_NAME_MAX,
	DESCRIPTION_MAX,
	DISPLAY_NAME_MAX,
	EMAIL_MAX,
	INVITE_HOURS_MAX,
	INVITE_USES_MAX,
	MEMBERS_MAX,
	MESSAGE_TEXT_MAX,
	PASSWORD_MAX,
	PASSWORD_MIN,
	USERNAME_MAX,
	USERNAME_MIN
} from '../domain/limits';
import { isConversationId, isUserId } from '../domain/ids';
import { cleanName, isBlank, shownText } from '../domain/text';
import { parseEntryId } from '../domain/entry';
import type { ConversationKind, History, Joining, Role } from '../domain/info';
import type { Person } from '../domain/people';

const userId = z.string().refine(isUserId, 'is not a user id');
const conversationId = z.string().refine(isConversationId, 'is not a conversation id');
const entryId = z.string().refine((id) => parseEntryId(id) !== undefined, 'is not a message id');
/** A name as it is kept: what only disturbs how it is shown (controls, direction marks, half characters) is taken out. */
const oneLine = (max: number) =>
	z
		.string()
		.trim()
		.max(max)
		.regex(/^[^\p{Cc}]*$/u, 'holds control characters')
		.transform((name) => cleanName(name, max));

/** What people write of themselves or of a group, on several lines. Empty takes it back. */
const words = (max: number) =>
	z
		.string()
		.trim()
		.max(max)
		.transform((text) => (isBlank(text) ? '' : shownText(text)));

const usernameSchema = z
	.string()
	.trim()
	.transform((name) => name.normalize('NFC'))
	.pipe(
		z
			.string()
			.min(USERNAME_MIN)
			.max(USERNAME_MAX)
			.regex(/^[\p{L}\p{M}\p{N}._-]+$/u, 'may hold letters, digits, dots, dashes and underscores')
	);

const newPassword = z.string().min(PASSWORD_MIN).max(PASSWORD_MAX);
/** One that is there already, for comparison. */
const password = z.string().max(PASSWORD_MAX);
const email = z.email().max(EMAIL_MAX);

export const registerSchema = z.object({
	username: usernameSchema,
	password: newPassword,
	email: email.optional(),
	displayName: oneLine(DISPLAY_NAME_MAX).optional()
});

export const loginSchema = z.object({
	username: z.string().max(254),
	password
});

export const updateProfileSchema = z.object({
	displayName: oneLine(DISPLAY_NAME_MAX).pipe(z.string().min(1)).optional(),
	/** Empty takes it back. */
	about: words(ABOUT_MAX).optional()
});

/** A change of one's own account: of the profile, or of the address, which needs the password. */
export const updateMeSchema = updateProfileSchema
	.extend({
		/** Null or empty takes it away. */
		email: z
			.string()
			.trim()
			.nullable()
			.transform((address) => address || null)
			.pipe(email.nullable())
			.optional(),
		password: password.optional()
	})
	.refine((body) => body.email === undefined || body.password !== undefined, {
		message: 'is needed to change the address',
		path: ['password']
	});

export const changePasswordSchema = z.object({ password, newPassword });

/** A username or an address, in either field. */
export const forgotPasswordSchema = z
	.object({
		username: z.string().trim().min(1).max(EMAIL_MAX),
		email: z.string().trim().min(1).max(EMAIL_MAX)
	})
	.partial()
	.refine((body) => body.username !== undefined || body.email !== undefined, {
		message: 'must name a username or an e-mail address'
	});

export const resetPasswordSchema = z.object({ token: z.string().max(256), password: newPassword });

export const createConversationSchema = z.object({
	id: conversationId.optional(),
	kind: z.enum(['direct', 'group']),
	members: z.array(userId).max(MEMBERS_MAX),
	name: oneLine(CONVERSATION_NAME_MAX).optional()
});

const groupFields = z.object({
	name: oneLine(CONVERSATION_NAME_MAX).optional(),
	description: words(DESCRIPTION_MAX).optional(),
	history: z.enum(['start', 'joining']).optional(),
	joining: z.enum(['open', 'request']).optional()
});

export const changeGroupSchema = groupFields.extend({
	/** What the person saw as they changed it: if it is no longer so, nothing changes. */
	was: groupFields.optional()
});

export const addMemberSchema = z.object({ userId });

export const changeRoleSchema = z.object({
	role: z.enum(['owner', 'admin', 'member']),
	/** Whoever makes somebody an owner becomes an admin: the group is handed over. */
	stepDown: z.boolean().optional()
});

export const createInviteSchema = z.object({
	/** How long it holds. */
	hours: z.number().int().min(1).max(INVITE_HOURS_MAX).optional(),
	/** How often it may be used; as often as people like if it is not given. */
	uses: z.number().int().min(1).max(INVITE_USES_MAX).optional()
});

export const sendMessageSchema = z
	.object({
		conversationId: conversationId.optional(),
		userId: userId.optional(),
		text: z
			.string()
			.max(MESSAGE_TEXT_MAX)
			.refine((text) => text.trim() !== '', 'is empty'),
		replyTo: entryId.optional(),
		/** Sent twice with the same key, a message appears once. */
		key: z.string().min(1).max(128).optional()
	})
	.refine((body) => (body.conversationId === undefined) !== (body.userId === undefined), {
		message: 'must name either conversationId or userId'
	});

export type RegisterRequest = z.input<typeof registerSchema>;
export type LoginRequest = z.input<typeof loginSchema>;
export type UpdateProfileRequest = z.input<typeof updateProfileSchema>;
export type CreateConversationRequest = z.input<typeof createConversationSchema>;
export type ChangeGroupRequest = z.input<typeof changeGroupSchema>;
export type CreateInviteRequest = z.input<typeof createInviteSchema>;
export type SendMessageRequest = z.input<typeof sendMessageSchema>;

export interface ErrorAnswer {
	readonly error: { readonly code: string; readonly message: string; readonly field?: string };
}
export interface OwnUser extends Person {
	readonly email?: string;
	/** Milliseconds since 1970. */
	readonly createdAt: number;
}
/** One of the user's sessions: a device that is logged in. */
export interface SessionInfo {
	readonly id: string;
	/** What it calls itself, as far as that can be told. */
	readonly browser?: string;
	readonly system?: string;
	/** The session that asks. */
	readonly current: boolean;
	/** Milliseconds since 1970. */
	readonly createdAt: number;
	/** Milliseconds since 1970, to some minutes. */
	readonly seenAt: number;
}
export interface SessionsAnswer {
	readonly sessions: readonly SessionInfo[];
}
export interface SessionAnswer {
	readonly user: OwnUser;
	/** For `Authorization: Bearer`; the browser has it in a cookie that scripts cannot read. */
	readonly token: string;
}
export interface UsersAnswer {
	readonly users: readonly Person[];
	readonly cursor?: string;
}
export interface ConversationAnswer {
	readonly id: string;
	readonly kind: ConversationKind;
	readonly name: string;
	readonly description: string;
	readonly picture?: string;
	readonly history: History;
	readonly joining: Joining;
	readonly members: readonly (Person & { readonly role: Role })[];
	/** The segment that takes new messages. */
	readonly live: number;
	readonly createdAt: number;
}
export interface InviteAnswer {
	readonly id: string;
	readonly creator: string;
	/** Milliseconds since 1970. */
	readonly createdAt: number;
	readonly expiresAt: number;
	readonly uses: number;
	/** Absent if it may be used as often as people like. */
	readonly usesMax?: number;
}
export interface InvitesAnswer {
	readonly invites: readonly InviteAnswer[];
}
/** The token is told with this answer alone. */
export interface NewInviteAnswer {
	readonly invite: InviteAnswer;
	readonly token: string;
}
/** What an invite link leads to, for whoever holds it. */
export interface InvitedAnswer {
	/** Empty if the group has none. */
	readonly name: string;
	readonly description: string;
	readonly picture?: string;
	/** How many are in it. */
	readonly members: number;
	/** Somebody in the group has to say yes first. */
	readonly mustAsk: boolean;
	/** Milliseconds since 1970. */
	readonly expiresAt: number;
	/** What the caller is to the group already. */
	readonly standing?: 'member' | 'asking';
	/** For those who are in it, or ask to be. */
	readonly conversationId?: string;
}
/** `asked`: somebody in the group has to say yes first. */
export interface AcceptAnswer {
	readonly outcome: 'joined' | 'asked' | 'member';
	readonly conversationId: string;
}
export interface MessageAnswer {
	readonly id: string;
	readonly conversationId: string;
	readonly author: string;
	readonly text: string;
	/** Milliseconds since 1970, by the message's stamp. */
	readonly at: number;
	readonly replyTo?: string;
}
export interface MessagesAnswer {
	/** Oldest first. */
	readonly messages: readonly MessageAnswer[];
	/** Give it as `before` to read what came earlier; absent at the start. */
	readonly before?: string;
}
