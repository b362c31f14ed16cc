/** Takes from the field what already stands in the conversation, where a page ended between saying and clearing it. */
import type { ConversationSync } from './conversationSync';
import type { Drafts } from './drafts';
import type { Edits } from './edits';
import type { TimelineItem, TimelineMessage } from '../domain/timelineItem';
import type { UserId } from '../domain/ids';

export interface Begun {
	readonly self: UserId;
	readonly drafts: Pick<Drafts, 'clearSent'>;
	readonly edits: Pick<Edits, 'get' | 'end'>;
}

/** Call once the conversation has been read from this device's disk. Rejects if the disk does not take it. */
export async function clearSaid(
	sync: Pick<ConversationSync, 'id' | 'items' | 'message'>,
	{ self, drafts, edits }: Begun
): Promise<void> {
	const isOwn = (item: TimelineItem): item is TimelineMessage =>
		item.type === 'message' && item.author === self;
	const edit = edits.get(sync.id);
	// One that was begun and not changed says nothing new, and may go on.
	const isSaved = edit && edit.text !== edit.was && sync.message(edit.target)?.text === edit.text.trim();
	await Promise.all([drafts.clearSent(sync.id, sync.items.filter(isOwn)), isSaved && edits.end(sync.id)]);
}
