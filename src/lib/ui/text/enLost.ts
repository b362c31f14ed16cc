/** What exists on a device alone, in words. */
import { count, list, messages } from './enCount';

export interface Lost {
	readonly unsent: number;
	readonly drafts: number;
	readonly queued: number;
}

export const named = ({ unsent, drafts, queued }: Lost): string =>
	list.format([
		...(unsent > 0 ? [messages(unsent)] : []),
		...(drafts > 0 ? [count(drafts, 'draft', 'drafts')] : []),
		...(queued > 0 ? [count(queued, 'change', 'changes')] : [])
	]);
