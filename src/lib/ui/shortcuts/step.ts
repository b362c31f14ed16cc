import { calls } from '../../state/calls';
import type { ConversationListItem } from '../../state/conversationListItem';
import type { ConversationId } from '../../domain/ids';

/** The conversations from the top of the list to its end. */
export const asListed = (items: readonly ConversationListItem[]): readonly ConversationListItem[] => [
	...items.filter(({ pinned }) => pinned),
	...items.filter(({ pinned }) => !pinned)
];

/**
 * The conversation a step up (-1) or down (1) from the open one, around the ends; `unread`: the nearest one that calls.
 * With none open, the list's end in that direction. Undefined if there is no other.
 */
export function stepFrom(
	items: readonly ConversationListItem[],
	open: ConversationId | undefined,
	{ by, unread }: { readonly by: 1 | -1; readonly unread: boolean }
): ConversationId | undefined {
	const listed = asListed(items);
	const at = listed.findIndex(({ id }) => id === open);
	const from = at >= 0 ? at : by > 0 ? -1 : listed.length;
	for (let steps = 1; steps <= listed.length; steps++) {
		const item = listed.at((from + by * steps) % listed.length);
		if (item && item.id !== open && (!unread || calls(item) > 0)) return item.id;
	}
	return undefined;
}
