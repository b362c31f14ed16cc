/** A conversation as the list shows it. */
import type { ConversationId, UserId } from '../domain/ids';
import type { ConversationKind } from '../domain/info';

export interface ConversationListItem {
	readonly id: ConversationId;
	readonly kind: ConversationKind;
	/** The group's name, its members' names when it has none, or the other person's name. */
	readonly name: string;
	/** Names to draw the swatch from, one or two. */
	readonly swatch: readonly string[];
	/** The name of the picture to show instead, if one was set: see `pictureUrl`. */
	readonly picture: string | undefined;
	/** The newest thing in it; undefined while it is empty or not on this device yet. */
	readonly last:
		| {
				readonly author: UserId | undefined;
				readonly authorName: string;
				readonly text: string;
				readonly at: number;
		  }
		| undefined;
	/** Own messages that only this device has. */
	readonly unsent: number;
	/** Messages of others not read yet. */
	readonly unread: number;
	/** There may be more than that, further back or further on than what was counted. */
	readonly unreadGoesOn: boolean;
	/** Of these, how many name the user. */
	readonly mentions: number;
	/** Of these, how many arrived into earlier history. */
	readonly late: number;
	/** People who ask to join, where the user may let them in. */
	readonly asking: number;
	/** Text begun and not sent. */
	readonly draft: string;
	/** Of that, what is nowhere but on this device. */
	readonly draftHere: string;
	/** Kept above the others in the list. */
	readonly pinned: boolean;
	/** Draws no attention to itself. */
	readonly muted: boolean;
	/** Only mentions draw attention to it. */
	readonly mentionsOnly: boolean;
	/** Made on this device and not yet known to the server. */
	readonly pending: boolean;
	/** Its content is on this device (false: known from the directory, not fetched yet). */
	readonly loaded: boolean;
}
