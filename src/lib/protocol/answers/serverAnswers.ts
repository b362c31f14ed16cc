/** Answers about the server itself, and its refusals. */
import { z } from 'zod';
import type { Of } from './shapes';

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

export const healthAnswer = z.object({
	status: z.enum(['ok', 'degraded', 'failing']),
	reason: z.string().optional()
});

export type ErrorAnswer = Of<typeof errorAnswer>;
