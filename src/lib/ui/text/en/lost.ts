/** What exists on a device alone, in words. */
import { counted, list, messages } from './sentences';

export interface Lost {
	readonly unsent: number;
	readonly drafts: number;
	readonly queued: number;
}

const countedDrafts = counted({ one: '{$n} draft', other: '{$n} drafts' });
const countedChanges = counted({ one: '{$n} change', other: '{$n} changes' });

export const named = ({ unsent, drafts, queued }: Lost): string =>
	list([
		...(unsent > 0 ? [messages(unsent)] : []),
		...(drafts > 0 ? [countedDrafts(drafts)] : []),
		...(queued > 0 ? [countedChanges(queued)] : [])
	]);
