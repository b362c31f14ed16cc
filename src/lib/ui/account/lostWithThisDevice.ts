import type { AppModel } from '../../state/models';
import type { ConversationListItem } from '../../state/conversationListItem';

/** The draft of a conversation, as far as it counts. */
export type DraftOf = (item: ConversationListItem) => string;
type Held = Pick<AppModel, 'sync' | 'conversations' | 'salvaged' | 'queued'>;

/** What only this browser's disk says: drafts of other tabs, and deletions of what was cancelled too late, perhaps. */
interface OnDisk {
	readonly inOtherTabs?: number;
	readonly deletions?: number;
}

/**
 * How much is lost with this device's copy: what waits to leave, what never can, and what is begun here and nowhere else,
 * in this tab and so often in others.
 */
export function lostWithThisDevice(app: Held, { inOtherTabs = 0, deletions = 0 }: OnDisk = {}) {
	const here = lost(app, ({ draftHere }) => draftHere);
	return {
		...here,
		drafts: here.drafts + inOtherTabs,
		queued: here.queued + deletions,
		any: here.any || inOtherTabs + deletions > 0,
		leaves: here.leaves || deletions > 0
	};
}

/** How much is lost with the account: drafts are, wherever they are. */
export const lostWithTheAccount = (app: Held) => lost(app, ({ draft }) => draft);

function lost({ sync, conversations, salvaged, queued }: Held, draftOf: DraftOf) {
	const drafts = conversations.filter((item) => draftOf(item) !== '').length;
	const unsent = sync.unsent + salvaged.length;
	const changes = queued.length + sync.changes;
	return {
		unsent,
		drafts,
		queued: changes,
		any: unsent + drafts + changes > 0,
		/** Some of it leaves by itself, and some of it never does. */
		leaves: sync.unsent + changes > 0,
		stays: salvaged.length > 0
	};
}
