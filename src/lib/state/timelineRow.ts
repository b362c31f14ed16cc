/** What a conversation’s timeline shows, row by row. */
import type { UserId } from '../domain/ids';
import type { EntryId } from '../domain/entry';

export type MessageState = 'queued' | 'sent' | 'read';

/**
 * What a reply answers: the message as it now is; deleted; or not here (not arrived, or further back than is loaded);
 * or by somebody one has blocked.
 */
export type QuoteRow =
	| { readonly state: 'shown'; readonly id: EntryId; readonly authorName: string; readonly text: string }
	| { readonly state: 'deleted' | 'missing' | 'blocked'; readonly id: EntryId };

export interface ReactionRow {
	readonly emoji: string;
	/** One's own is among them. */
	readonly own: boolean;
	readonly names: readonly string[];
}

export interface MessageRow {
	readonly type: 'message';
	readonly id: EntryId;
	readonly author: UserId;
	readonly authorName: string;
	readonly authorPicture: string | undefined;
	readonly own: boolean;
	/** Empty if it was deleted. */
	readonly text: string;
	/** Milliseconds since 1970. */
	readonly at: number;
	/** Own messages only; `queued` too while its newest edit or its deletion has not left. */
	readonly state: MessageState | undefined;
	/** Own messages only: it has not left this device, so it can be changed or cancelled without a trace. */
	readonly cancellable: boolean;
	readonly readBy: readonly string[];
	readonly replyTo: QuoteRow | undefined;
	readonly forwardedFrom: string | undefined;
	/** What it said before, oldest first; empty if it was not edited. */
	readonly versions: readonly { readonly text: string; readonly at: number }[];
	readonly deleted: boolean;
	/** By somebody whom one has blocked: it is folded away. */
	readonly blocked: boolean;
	/** It was deleted by a moderator. */
	readonly moderated: boolean;
	/** A moderator's word to delete it waits here; it is shown as deleted. */
	readonly removing: boolean;
	/** One may delete it for everyone: one's own, or as a moderator. */
	readonly removable: boolean;
	readonly reactions: readonly ReactionRow[];
	readonly pinned: boolean;
	/** Not read yet, and standing before something that is: it arrived late. */
	readonly late: boolean;
	/** Messages of others that have come behind an own one while it waited to leave. */
	readonly repliesSince: number;
}

export interface EventRow {
	readonly type: 'event';
	readonly id: EntryId;
	readonly event: string;
	readonly byName: string;
	readonly whoNames: readonly string[];
	readonly name: string | undefined;
	readonly at: number;
}

export type TimelineRow = MessageRow | EventRow;

/** Unread messages: how many, where reading goes on, and which ones arrived into earlier history. */
export interface UnreadRows {
	/** Behind all that is read, of those that are loaded. */
	readonly fresh: number;
	/** These are all; false while segments that are not loaded have more. */
	readonly counted: boolean;
	/** The first of them; undefined if it is not loaded. */
	readonly first: EntryId | undefined;
	readonly late: readonly EntryId[];
	/** The first unread message stands before the rows; `firstUnread` brings it. */
	readonly beginsEarlier: boolean;
}
