/** What exists on a device alone, in words. */
import type { Lost } from '../lost';
import { counted, list, messages } from './sentences';

const drafts = counted({ one: '{$n} draft', other: '{$n} drafts' });
const changes = counted({ one: '{$n} change', other: '{$n} changes' });

export const named = (lost: Lost): string =>
	list([
		...(lost.unsent > 0 ? [messages(lost.unsent)] : []),
		...(lost.drafts > 0 ? [drafts(lost.drafts)] : []),
		...(lost.queued > 0 ? [changes(lost.queued)] : [])
	]);
