import { z } from 'zod';
import { type SettableLimit, SETTABLE_LIMITS } from '../serverLimits';
import { REGISTRATION_MODES } from '../registration';
import { beforeNumber } from './pages';

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

export const auditQuery = z.object({ before: beforeNumber });

export type ChangeAccountRequest = z.input<typeof changeAccountSchema>;
export type ChangeLimitsRequest = z.input<typeof changeLimitsSchema>;
