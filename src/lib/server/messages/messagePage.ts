/** Pages of a conversation, read backwards from its end: each page is oldest first. */
import { Problem } from '../http/problem';
import type { EntryId } from '../../domain/entry';

export interface PageRequest {
	/** The message that the page ends before; undefined for the newest page. */
	readonly before?: EntryId | undefined;
	readonly limit: number;
}

/**
 * The page, and the `before` of the page in front of it if there is one: of what is deleted nothing is told.
 * Undefined if `before` is not among the items.
 */
export function pageBefore<Item extends { readonly id: EntryId; readonly deleted: boolean }>(
	items: readonly Item[],
	{ before, limit }: PageRequest
): { page: Item[]; before?: EntryId } | undefined {
	const end = before === undefined ? items.length : items.findIndex(({ id }) => id === before);
	if (end < 0) return undefined;
	const standing = items.slice(0, end).filter(({ deleted }) => !deleted);
	const page = standing.slice(-limit);
	return standing.length > limit ? { page, before: page[0]?.id } : { page };
}

export const noSuchMessage = (field: string, text: string) =>
	new Problem(400, 'no_such_message', text, field);
