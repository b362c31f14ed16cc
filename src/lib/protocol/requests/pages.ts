/** What is asked of a list that is read in pages. */
import { z } from 'zod';

export const beforeNumber = z
	.string()
	.regex(/^\d{1,15}$/, 'is no id of an entry')
	.transform(Number)
	.optional()
	.meta({ description: 'The entry that the page ends before.' });

export const limitOf = (max: number) =>
	z
		.string()
		.default('50')
		.refine((limit) => /^\d+$/.test(limit) && Number(limit) >= 1 && Number(limit) <= max, {
			message: `is no whole number from 1 to ${max}`
		})
		.transform(Number)
		.meta({ type: 'integer', minimum: 1, maximum: max });
