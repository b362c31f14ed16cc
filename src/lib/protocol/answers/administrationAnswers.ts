/** Answers to administrators: accounts, limits, erasures and what was done. */
import { z } from 'zod';
import { ownUserSchema, personSchema } from './personAnswers';
import { ms, type Of } from './shapes';
import { AUDIT_ACTIONS } from '../auditActions';
import { ERASURE_TROUBLES } from '../erasureTrouble';
import { REGISTRATION_MODES } from '../registration';
import { REPORT_OUTCOMES } from '../reportReasons';
import { FIXED_LIMITS, SETTABLE_LIMIT_NAMES } from '../serverLimits';

const accountSchema = ownUserSchema
	.extend({
		administrator: z.boolean(),
		named: z
			.literal(true)
			.optional()
			.describe(
				'`SKEIN_ADMIN` names them: it stays theirs, and others neither suspend them nor make a link for them.'
			),
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
				.describe('Which limit was set, and to how much; null for none.'),
			report: z
				.object({ id: z.int(), outcome: z.enum(REPORT_OUTCOMES) })
				.optional()
				.describe('Which report was settled, and how; absent for those settled by an earlier Skein.')
		})
	),
	people: z
		.array(personSchema)
		.describe('Whom the entries name; with empty names those who have deleted their account.'),
	before: z.int().optional().describe('Give it as `before` to read what came earlier; absent at the start.')
});

export type AccountAnswer = Of<typeof accountSchema>;
export type AccountsAnswer = Of<typeof accountsAnswer>;
export type ErasuresAnswer = Of<typeof erasuresAnswer>;
export type LimitsAnswer = Of<typeof limitsAnswer>;
export type AuditAnswer = Of<typeof auditAnswer>;
