/** Answers about people, and about one’s own account. */
import { z } from 'zod';
import { ms, type Of } from './shapes';

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

export type OwnUser = Of<typeof ownUserSchema>;
export type SessionAnswer = Of<typeof sessionAnswer>;
/** A device on which one is logged in, or a program. */
export type SessionInfo = Of<typeof sessionInfo>;
export type SessionsAnswer = Of<typeof sessionsAnswer>;
export type UsersAnswer = Of<typeof usersAnswer>;
