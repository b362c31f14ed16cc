/** Answers about reports. */
import { z } from 'zod';
import { personSchema } from './personAnswers';
import { ms, type Of } from './shapes';
import { REPORT_CHECKS, REPORT_OUTCOMES, REPORT_REASONS } from '../reportReasons';

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

export type ReportAnswer = Of<typeof reportSchema>;
export type ReportsAnswer = Of<typeof reportsAnswer>;
