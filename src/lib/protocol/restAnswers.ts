/** What answers of the REST API hold. An answer is written by its schema: what a schema does not name never leaves. */
import { z } from 'zod';
import { AUDIT_ACTIONS } from './auditActions';
import { ERASURE_TROUBLES } from './erasureTrouble';
import { REGISTRATION_MODES } from './registration';
import { REPORT_CHECKS, REPORT_OUTCOMES, REPORT_REASONS } from './reportReasons';
import { SCOPES } from './scopes';
import { FIXED_LIMITS, SETTABLE_LIMIT_NAMES } from './serverLimits';

type ReadonlyDeep<T> = T extends object ? { readonly [K in keyof T]: ReadonlyDeep<T[K]> } : T;
type Of<S extends z.ZodType> = ReadonlyDeep<z.output<S>>;

const ms = z.int().describe('Milliseconds since 1970.');

/** `field` names what a form says it beside; `details` tells of everything that is wrong with what was sent. */
export const errorAnswer = z
	.object({
		error: z.object({
			code: z.string().describe('For programs; it never changes its meaning.'),
			message: z.string().describe('A sentence for people.'),
			field: z.string().optional().describe('The field of the request that is at fault.'),
			details: z
				.array(z.object({ path: z.string(), message: z.string() }))
				.optional()
				.describe('Everything that is wrong with what was sent.')
		})
	})
	.meta({ id: 'Error' });

export const personSchema = z
	.object({
		id: z.string(),
		username: z.string(),
		displayName: z.string(),
		about: z.string().optional().describe('What they say of themselves.'),
		picture: z.string().optional().describe('The name of their picture, for GET /api/pictures/{hash}.')
	})
	.meta({ id: 'Person' });

export const ownUserSchema = personSchema
	.extend({
		email: z.string().optional(),
		createdAt: ms,
		administrator: z.boolean().optional().describe('With GET /api/me: one administers this server.')
	})
	.meta({ id: 'OwnUser' });

export const ownUserAnswer = z.object({ user: ownUserSchema });
export const personAnswer = z.object({ user: personSchema });
export const sessionAnswer = z.object({
	user: ownUserSchema,
	token: z
		.string()
		.describe('For `Authorization: Bearer`; browsers have it in a cookie that scripts cannot read.')
});

const sessionInfo = z
	.object({
		id: z.string(),
		browser: z.string().optional(),
		system: z.string().optional(),
		current: z.boolean().describe('The session that asks.'),
		createdAt: ms,
		seenAt: ms.describe('Milliseconds since 1970, to some minutes.')
	})
	.meta({ id: 'Session' });
export const sessionsAnswer = z.object({ sessions: z.array(sessionInfo) });

export const peopleAnswer = z.object({ users: z.array(personSchema) });
export const usersAnswer = z.object({
	users: z.array(personSchema),
	cursor: z.string().optional().describe('Give it as `cursor` to read on; absent on the last page.')
});

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
export const conversationsAnswer = z.object({ conversations: z.array(conversationSchema) });

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
	standing: z.enum(['member', 'asking']).optional().describe('What the caller is to the group already.'),
	conversationId: z.string().optional().describe('For those who are in it, or ask to be.')
});
export const acceptAnswer = z.object({
	outcome: z
		.enum(['joined', 'asked', 'member'])
		.describe('`asked`: somebody in the group has to say yes first.'),
	conversationId: z.string()
});

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

const apiTokenSchema = z
	.object({
		id: z.string(),
		name: z.string(),
		scopes: z.array(z.enum(SCOPES)),
		createdAt: ms,
		expiresAt: ms,
		seenAt: ms.optional().describe('Milliseconds since 1970, to some minutes; absent if it was never used.')
	})
	.meta({ id: 'ApiToken' });
export const tokensAnswer = z.object({ tokens: z.array(apiTokenSchema) });
export const newTokenAnswer = z.object({
	apiToken: apiTokenSchema,
	token: z.string().optional().describe('For `Authorization: Bearer`. Told with the first answer alone.')
});

const webhookSchema = z
	.object({
		id: z.string(),
		name: z.string(),
		direction: z.enum(['in', 'out']).describe('`in` takes messages, `out` is called with each.'),
		madeBy: z.string().describe('The member in whose name it acts.'),
		madeAt: ms,
		host: z.string().optional().describe('Whom one that calls out calls.'),
		lastStatus: z.string().optional().describe('Of the last call: its HTTP status, or why there was none.'),
		lastAt: ms.optional(),
		failingSince: ms.optional().describe('Absent if the last call went well.'),
		stoppedAt: ms.optional().describe('It is called no more: it failed for a day, or its maker is not here.')
	})
	.meta({ id: 'Webhook' });
export const webhooksAnswer = z.object({ webhooks: z.array(webhookSchema) });
export const newWebhookAnswer = z.object({
	webhook: webhookSchema,
	token: z
		.string()
		.optional()
		.describe('Of one in: its address is `/api/hooks/` and this. Told with the first answer alone.'),
	signingSecret: z
		.string()
		.optional()
		.describe(
			'Of one out: what its calls are signed with (Standard Webhooks). Told with the first answer alone.'
		)
});

const accountSchema = ownUserSchema
	.extend({
		administrator: z.boolean(),
		suspendedAt: ms.optional(),
		sessions: z.int().describe('How many there are.'),
		bytes: z
			.int()
			.optional()
			.describe(
				'What they have written takes so much at the relay. In lists alone, and while the relay can say.'
			)
	})
	.meta({ id: 'Account' });
export const accountAnswer = z.object({ user: accountSchema });
export const registrationAnswer = z.object({
	mode: z.enum(REGISTRATION_MODES).describe('`invitation`: who registers holds an invite link into a group.')
});
export const newResetAnswer = z.object({
	token: z
		.string()
		.optional()
		.describe('For POST /api/password/reset, within half an hour. Told with the first answer alone.')
});
export const accountsAnswer = z.object({
	users: z.array(accountSchema),
	cursor: z.string().optional().describe('Give it as `cursor` to read on; absent on the last page.')
});
const reportSchema = z
	.object({
		id: z.int(),
		at: ms,
		reason: z.enum(REPORT_REASONS),
		words: z.string().describe('What the reporter says; empty once the report is settled.'),
		reporter: z.string().optional().describe('The user id; not told to whom the report is about.'),
		reported: z.string().describe('The user id.'),
		conversationId: z.string().optional(),
		message: z.string().optional(),
		messages: z
			.array(
				z.object({
					id: z.string(),
					author: z
						.string()
						.optional()
						.describe('As the relay knows it; absent if it knows no such message.'),
					at: ms.optional(),
					text: z.string().describe('As the reporter’s device shows it, unless `checked` is `gone`.'),
					checked: z.enum(REPORT_CHECKS).describe('What the relay has of it.')
				})
			)
			.describe('Oldest first; none once the report is settled.'),
		settled: z.object({ at: ms, by: z.string(), outcome: z.enum(REPORT_OUTCOMES) }).optional()
	})
	.meta({ id: 'Report' });
export const reportAnswer = z.object({ report: reportSchema });
export const reportsAnswer = z.object({
	reports: z.array(reportSchema).describe('The newest first.'),
	people: z
		.array(personSchema)
		.describe('Whom the reports name; with empty names those who have deleted their account.'),
	before: z.int().optional().describe('Give it as `before` to read what came earlier; absent at the start.')
});
export const erasuresAnswer = z.object({
	erasures: z
		.array(
			z.object({
				user: z.string().describe('The user id of the deleted account.'),
				since: ms,
				conversations: z
					.int()
					.optional()
					.describe('Those that they wrote in; absent until they have been looked for.'),
				done: z.int().describe('Of them, those in which nothing is left to be erased.'),
				failure: z
					.object({
						trouble: z.enum(ERASURE_TROUBLES),
						reason: z.string().describe('In the words of what failed last.'),
						rooms: z.int().describe('In how many documents it failed; 0 if it failed before or after.'),
						retryAt: ms.optional().describe('When it is tried again; absent while it is being tried.')
					})
					.optional()
					.describe('Absent unless something failed when it was last tried.')
			})
		)
		.describe('The oldest first; those that are finished are not among them.')
});
const limitValue = z.number().optional().describe('Absent for no limit.');
export const limitsAnswer = z.object({
	settable: z.array(
		z.object({
			name: z.enum(SETTABLE_LIMIT_NAMES),
			value: limitValue,
			standard: limitValue.describe('What holds if nobody sets it; absent for no limit.'),
			isSet: z.boolean()
		})
	),
	fixed: z.array(z.object({ name: z.enum(FIXED_LIMITS), value: limitValue }))
});
export const auditAnswer = z.object({
	entries: z.array(
		z.object({
			id: z.int(),
			at: ms,
			actor: z.string().describe('The administrator’s user id.'),
			action: z.enum(AUDIT_ACTIONS),
			subject: z.string().describe('The user id of whom it was done to; empty if it is about the server.'),
			limit: z
				.object({ name: z.enum(SETTABLE_LIMIT_NAMES), value: z.number().nullable() })
				.optional()
				.describe('Which limit was set, and to how much; null for none.')
		})
	),
	people: z
		.array(personSchema)
		.describe('Whom the entries name; with empty names those who have deleted their account.'),
	before: z.int().optional().describe('Give it as `before` to read what came earlier; absent at the start.')
});

export const healthAnswer = z.object({
	status: z.enum(['ok', 'degraded', 'failing']),
	reason: z.string().optional()
});

export type ErrorAnswer = Of<typeof errorAnswer>;
export type OwnUser = Of<typeof ownUserSchema>;
export type SessionAnswer = Of<typeof sessionAnswer>;
export type AccountAnswer = Of<typeof accountSchema>;
export type AccountsAnswer = Of<typeof accountsAnswer>;
export type ErasuresAnswer = Of<typeof erasuresAnswer>;
export type LimitsAnswer = Of<typeof limitsAnswer>;
export type AuditAnswer = Of<typeof auditAnswer>;
export type ReportAnswer = Of<typeof reportSchema>;
export type ReportsAnswer = Of<typeof reportsAnswer>;
/** A device on which one is logged in, or a program. */
export type SessionInfo = Of<typeof sessionInfo>;
export type SessionsAnswer = Of<typeof sessionsAnswer>;
export type UsersAnswer = Of<typeof usersAnswer>;
export type ConversationAnswer = Of<typeof conversationSchema>;
export type InviteAnswer = Of<typeof inviteSchema>;
export type InvitesAnswer = Of<typeof invitesAnswer>;
export type WebhookAnswer = Of<typeof webhookSchema>;
export type WebhooksAnswer = Of<typeof webhooksAnswer>;
export type NewWebhookAnswer = Of<typeof newWebhookAnswer>;
export type ApiTokenAnswer = Of<typeof apiTokenSchema>;
export type TokensAnswer = Of<typeof tokensAnswer>;
export type NewTokenAnswer = Of<typeof newTokenAnswer>;
/** The token is told with the first answer alone. */
export type NewInviteAnswer = Of<typeof newInviteAnswer> & { readonly token: string };
/** What an invite link leads to, for whoever holds it. */
export type InvitedAnswer = Of<typeof invitedAnswer>;
export type AcceptAnswer = Of<typeof acceptAnswer>;
export type MessageAnswer = Of<typeof messageSchema>;
export type MessagesAnswer = Of<typeof messagesAnswer>;
