/**
 * The shapes of the REST API (DESIGN section 12): what requests may hold, checked at the edge, and what answers hold.
 * The browser imports the types alone; the schemas run on the server.
 */
import { z } from 'zod';
import {
	ABOUT_MAX,
	CONVERSATION_NAME_MAX,
	DISPLAY_NAME_MAX,
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
import type { ConversationKind, Role } from '../domain/info';
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

export const registerSchema = z.object({
	username: usernameSchema,
	password: z.string().min(PASSWORD_MIN).max(PASSWORD_MAX),
	email: z.email().max(254).optional(),
	displayName: oneLine(DISPLAY_NAME_MAX).optional()
});

export const loginSchema = z.object({
	username: z.string().max(254),
	password: z.string().max(PASSWORD_MAX)
});

export const updateProfileSchema = z.object({
	displayName: oneLine(DISPLAY_NAME_MAX).pipe(z.string().min(1)).optional(),
	/** Empty takes it back. */
	about: z
		.string()
		.trim()
		.max(ABOUT_MAX)
		.transform((text) => (isBlank(text) ? '' : shownText(text)))
		.optional()
});

export const createConversationSchema = z.object({
	id: conversationId.optional(),
	kind: z.enum(['direct', 'group']),
	members: z.array(userId).max(MEMBERS_MAX),
	name: oneLine(CONVERSATION_NAME_MAX).optional()
});

export const addMemberSchema = z.object({ userId });

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
export type SendMessageRequest = z.input<typeof sendMessageSchema>;

export interface ErrorAnswer {
	readonly error: { readonly code: string; readonly message: string; readonly field?: string };
}
export interface OwnUser extends Person {
	readonly email?: string;
	/** Milliseconds since 1970. */
	readonly createdAt: number;
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
	readonly members: readonly (Person & { readonly role: Role })[];
	/** The segment that takes new messages. */
	readonly live: number;
	readonly createdAt: number;
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
