/** What fields of requests hold that stand in several of them. */
import { z } from 'zod';
import { isUserId, isConversationId } from '../../domain/ids';
import { SAMPLE } from '../restSamples';
import { parseEntryId } from '../../domain/entry';
import { cleanName, isBlank, shownText } from '../../domain/text';
import { PASSWORD_MIN, PASSWORD_MAX, EMAIL_MAX, MESSAGE_TEXT_MAX } from '../../domain/limits';

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
export const oneLine = (max: number) =>
	z
		.string()
		.trim()
		.max(max)
		.regex(/^[^\p{Cc}]*$/u, 'holds control characters')
		.transform((name) => cleanName(name, max));

/** What people write of themselves or of a group, on several lines. Empty takes it back. */
export const words = (max: number) =>
	z
		.string()
		.trim()
		.max(max)
		.transform((text) => (isBlank(text) ? '' : shownText(text)));

export const newPassword = z.string().min(PASSWORD_MIN).max(PASSWORD_MAX);

/** One that is there already, for comparison. */
export const password = z.string().max(PASSWORD_MAX);

export const email = z.email().max(EMAIL_MAX);

export const messageKey = z
	.string()
	.min(1)
	.max(128)
	.describe('Sent twice with the same key, a message appears once. With another message the key is refused.');

/** As it is kept: UTF-8 has no half characters. */
export const messageText = z
	.string()
	.max(MESSAGE_TEXT_MAX)
	.refine((text) => text.trim() !== '', 'is empty')
	.transform((text) => text.toWellFormed());
