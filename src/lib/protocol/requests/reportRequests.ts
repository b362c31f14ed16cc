import { z } from 'zod';
import { REPORT_REASONS, REPORT_OUTCOMES } from '../reportReasons';
import { words, userId, conversationId, entryId } from './fields';
import { REPORT_WORDS_MAX, REPORT_TEXT_MAX, REPORT_AROUND } from '../../domain/limits';
import { beforeNumber } from './pages';

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

export const reportsQuery = z.object({
	settled: z
		.enum(['0', '1'])
		.default('0')
		.meta({ description: '1 lists those that are settled, 0 those that are not.' }),
	before: beforeNumber
});

export type ReportRequest = z.input<typeof reportSchema>;
