import { z } from 'zod';

export const usersQuery = z.object({
	search: z.string().default('').meta({ description: 'The beginning of a name, or a part of it.' }),
	cursor: z.string().optional().meta({ description: 'The one that the page before came with.' })
});
