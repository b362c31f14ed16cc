/**
 * What requests of the REST API may hold (DESIGN section 12), checked at the edge; what answers hold is in restAnswers.ts.
 * The browser imports the types alone; the schemas run on the server, which describes itself by them.
 */
import { z } from 'zod';
import { SAMPLE } from './restSamples';
import { REGISTRATION_MODES } from './registration';
import { SETTABLE_LIMITS, type SettableLimit } from './serverLimits';
import { REPORT_OUTCOMES, REPORT_REASONS } from './reportReasons';
import { SCOPES } from './scopes';
import {
	ABOUT_MAX,
	API_TOKEN_DAYS_MAX,
	API_TOKEN_NAME_MAX,
	CONVERSATION_NAME_MAX,
	DESCRIPTION_MAX,
	DISPLAY_NAME_MAX,
	EMAIL_MAX,
	INVITE_HOURS_MAX,
	INVITE_USES_MAX,
	MEMBERS_MAX,
	MESSAGE_TEXT_MAX,
	PAGE_CONVERSATIONS_MAX,
	PAGE_MESSAGES_MAX,
	PASSWORD_MAX,
	PASSWORD_MIN,
	REPORT_AROUND,
	REPORT_TEXT_MAX,
	REPORT_WORDS_MAX,
	USERNAME_MAX,
	USERNAME_MIN,
	WEBHOOK_NAME_MAX,
	WEBHOOK_URL_MAX
} from '../domain/limits';
import { SEGMENTS_AGAIN_MAX } from '../domain/madeAgain';
import { isConversationId, isUserId } from '../domain/ids';
import { cleanName, isBlank, shownText } from '../domain/text';
import { parseEntryId } from '../domain/entry';

export const userId = z
	.string()
	.refine(isUserId, 'is not a user id')
	.meta({ pattern: '^[a-z0-9]{16}$', examples: [SAMPLE.userId] });
export const conversationId = z
	.string()
	.refine(isConversationId, 'is not a conversation id')
	.meta({ description: 'A UUID v7, or "d-" and two user ids.', examples: [SAMPLE.conversationId] });
export const entryId = z
	.string()
	.refine((id) => parseEntryId(id) !== undefined, 'is not a message id')
	.meta({ pattern: '^\\d+\\.\\d+\\.\\d+$', examples: [SAMPLE.entryId] });
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

/** Alphabets with letters that look the same, as the Latin, the Cyrillic and the Greek o (UTS 39, 5.2). */
const ALIKE = [
	/\p{Script=Latin}/u,
	/\p{Script=Cyrillic}/u,
	/\p{Script=Greek}/u,
	/\p{Script=Armenian}/u,
	/\p{Script=Cherokee}/u
];
const mixesAlike = (name: string): boolean => ALIKE.filter((script) => script.test(name)).length > 1;

const USERNAME_SIGNS = 'may hold letters, digits, dots, dashes and underscores';
const usernameSchema = z
	.string()
	.trim()
	.transform((name) => name.normalize('NFC'))
	.pipe(
		z
			.string()
			.min(USERNAME_MIN)
			.max(USERNAME_MAX)
			.regex(/^[\p{L}\p{M}\p{N}._-]+$/u, USERNAME_SIGNS)
			// Some of them are letters and marks to Unicode, and two names would look the same.
			.refine((name) => !/\p{Default_Ignorable_Code_Point}/u.test(name), USERNAME_SIGNS)
			.refine((name) => !mixesAlike(name), 'mixes alphabets whose letters look the same. Use those of one')
	);

const newPassword = z.string().min(PASSWORD_MIN).max(PASSWORD_MAX);
/** One that is there already, for comparison. */
const password = z.string().max(PASSWORD_MAX);
const email = z.email().max(EMAIL_MAX);

export const registerSchema = z.object({
	username: usernameSchema,
	password: newPassword,
	email: email.optional(),
	displayName: oneLine(DISPLAY_NAME_MAX).optional(),
	/** The token of an invite link, where people come by invitation alone. It is used with that. */
	invite: z.string().max(256).optional()
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

export const deleteMeSchema = z.object({
	password,
	erase: z
		.boolean()
		.optional()
		.describe('All that the user wrote goes with the account, from everybody’s devices.'),
	successor: userId
		.optional()
		.describe(
			'Who administers the server from then on: needed of its only administrator, unless nobody else is here.'
		)
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

const messageKey = z
	.string()
	.min(1)
	.max(128)
	.describe('Sent twice with the same key, a message appears once. With another message the key is refused.');
const messageText = z
	.string()
	.max(MESSAGE_TEXT_MAX)
	.refine((text) => text.trim() !== '', 'is empty');

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

/** A personal API token: what it is for, what it may do, and for how long. */
export const createTokenSchema = z.object({
	name: oneLine(API_TOKEN_NAME_MAX).pipe(z.string().min(1)),
	scopes: z.array(z.enum(SCOPES)).min(1).max(SCOPES.length),
	days: z.number().int().min(1).max(API_TOKEN_DAYS_MAX)
});

/** A webhook: with an address it is called with each message, without one it takes messages in. */
export const createWebhookSchema = z.object({
	name: oneLine(WEBHOOK_NAME_MAX).pipe(z.string().min(1)),
	url: z
		.url({ protocol: /^https?$/ })
		.max(WEBHOOK_URL_MAX)
		.refine(
			(url) => !URL.canParse(url) || new URL(url).username + new URL(url).password === '',
			'holds a login'
		)
		// One spelling of each: what is compared with a scheme or a host is in small letters.
		.transform((url) => new URL(url).href)
		.pipe(z.string().max(WEBHOOK_URL_MAX))
		.optional()
});

/** What another program has to say. */
export const webhookMessageSchema = z.object({
	text: messageText,
	key: messageKey.optional()
});

/**
 * A message with what stood around it, as the reporter's device shows them, or a person. Who wrote a message the server
 * knows itself.
 */
export const reportSchema = z
	.object({
		reason: z.enum(REPORT_REASONS),
		words: words(REPORT_WORDS_MAX).optional(),
		userId: userId.optional(),
		conversationId: conversationId.optional(),
		message: entryId.optional(),
		shown: z
			.array(z.object({ id: entryId, text: z.string().max(REPORT_TEXT_MAX) }))
			.max(2 * REPORT_AROUND + 1)
			.optional()
			.meta({ description: 'The message and those around it, oldest first, each cut to its beginning.' })
	})
	.refine(({ userId, message }) => (userId === undefined) !== (message === undefined), {
		message: 'must name either userId or message'
	})
	.refine(({ conversationId, message }) => (conversationId === undefined) === (message === undefined), {
		message: 'goes with message',
		path: ['conversationId']
	});

export const settleReportSchema = z.object({ outcome: z.enum(REPORT_OUTCOMES) });

/** What an administrator changes of an account. */
export const changeAccountSchema = z
	.object({
		suspended: z.boolean().optional(),
		administrator: z.boolean().optional().describe('They administer the server too.')
	})
	.refine((change) => Object.values(change).some((value) => value !== undefined), {
		message: 'must change something'
	});

const limitWanted = (name: SettableLimit) => {
	const { min, max } = SETTABLE_LIMITS[name];
	return z.int().min(min).max(max).nullable().optional();
};
/** What an administrator changes of the limits; null: as it is if nobody sets it. */
export const changeLimitsSchema = z.object({
	userStoreMb: limitWanted('userStoreMb'),
	roomStoreMb: limitWanted('roomStoreMb'),
	userSockets: limitWanted('userSockets'),
	accounts: limitWanted('accounts'),
	registrationsPerHour: limitWanted('registrationsPerHour')
} satisfies Record<SettableLimit, unknown>);

export const registrationSchema = z.object({ mode: z.enum(REGISTRATION_MODES) });

const beforeNumber = z
	.string()
	.regex(/^\d{1,15}$/, 'is no id of an entry')
	.transform(Number)
	.optional()
	.meta({ description: 'The entry that the page ends before.' });

export const pictureQuery = z.object({
	was: z.string().max(64).optional().meta({
		description:
			'The picture that the person saw, `none` for none: nothing changes if the group has another by now.'
	})
});

export const auditQuery = z.object({ before: beforeNumber });

export const reportsQuery = z.object({
	settled: z
		.enum(['0', '1'])
		.default('0')
		.meta({ description: '1 lists those that are settled, 0 those that are not.' }),
	before: beforeNumber
});

const limitOf = (max: number) =>
	z
		.string()
		.default('50')
		.transform(Number)
		.refine((limit) => Number.isInteger(limit) && limit >= 1 && limit <= max, {
			message: `is no whole number from 1 to ${max}`
		})
		.meta({ type: 'integer', minimum: 1, maximum: max });

/** `?before=&limit=` of a conversation's messages. */
export const messagesQuery = z.object({
	before: z.string().optional().meta({ description: 'The message that the page ends before.' }),
	limit: limitOf(PAGE_MESSAGES_MAX)
});

/** `?cursor=&limit=` of one's conversations. */
export const conversationsQuery = z.object({
	cursor: z.string().optional().meta({ description: 'The one that the page before came with.' }),
	limit: limitOf(PAGE_CONVERSATIONS_MAX)
});

export const usersQuery = z.object({
	search: z.string().default('').meta({ description: 'The beginning of a name, or a part of it.' }),
	cursor: z.string().optional().meta({ description: 'The one that the page before came with.' })
});

export const logoutQuery = z.object({
	wipe: z
		.string()
		.optional()
		.meta({ description: '1 has the browser forget all that it stores for this site.', enum: ['1'] })
});

export type RegisterRequest = z.input<typeof registerSchema>;
export type LoginRequest = z.input<typeof loginSchema>;
export type UpdateProfileRequest = z.input<typeof updateProfileSchema>;
export type CreateConversationRequest = z.input<typeof createConversationSchema>;
export type ChangeGroupRequest = z.input<typeof changeGroupSchema>;
export type ChangeAccountRequest = z.input<typeof changeAccountSchema>;
export type ChangeLimitsRequest = z.input<typeof changeLimitsSchema>;
export type CreateInviteRequest = z.input<typeof createInviteSchema>;
export type CreateTokenRequest = z.input<typeof createTokenSchema>;
export type CreateWebhookRequest = z.input<typeof createWebhookSchema>;
export type DeleteMeRequest = z.input<typeof deleteMeSchema>;
export type ReportRequest = z.input<typeof reportSchema>;
export type SendMessageRequest = z.input<typeof sendMessageSchema>;

export type * from './restAnswers';
