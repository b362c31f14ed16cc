/**
 * Conversations that the server has made once and does not know any more, since an older copy of its database was put
 * back. They stay listed with all that is here, and are asked for once in each start (makeAgain). Invariant: one that the
 * user was put out of, as far as this device ever heard, is none of them.
 */
import type { ConversationId } from '../domain/ids';
import type { DirectorySync } from './directorySync';
import type { Link } from './link';
import type { Summaries } from './summaries';

export interface ForgottenOptions {
	readonly directory: Pick<DirectorySync, 'known' | 'isTold' | 'current' | 'left'>;
	readonly summaries: Pick<Summaries, 'get' | 'all'>;
	readonly link: Pick<Link, 'status'>;
	/** Asks the relay for them, or brings up those that are there again. */
	readonly bringUp: (ids: readonly ConversationId[]) => void;
}

export function createForgotten({ directory, summaries, link, bringUp }: ForgottenOptions) {
	let asked: ReadonlySet<ConversationId> = new Set();
	let before: readonly ConversationId[] = [];

	const isListed = (id: ConversationId): boolean => directory.current.conversations.has(id);

	function has(id: ConversationId): boolean {
		const summary = summaries.get(id);
		if (!summary || summary.left || isListed(id) || directory.left.has(id)) return false;
		return directory.known && (summary.made ?? summary.complete);
	}
	const all = (): ConversationId[] => [...summaries.all.keys()].filter(has);

	return {
		has,
		/** They are listed, those too that the person wants to leave: that waits until they are made again. */
		get all(): readonly ConversationId[] {
			return all();
		},
		/** Call when the directory, the summaries or the connection have changed. */
		follow(): void {
			const now = all();
			const due = before.filter(isListed);
			before = now;
			if (link.status === 'online' && directory.isTold) {
				due.push(...now.filter((id) => !asked.has(id)));
				asked = new Set(now);
			}
			if (due.length > 0) bringUp(due);
		}
	};
}
