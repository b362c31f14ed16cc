/**
 * Deleting messages by command: one's own, and in a group anybody's, as its owner or one of its admins. The text is
 * erased together with the entry that says who had it deleted; callers then let the projector do that.
 */
import type { Conversations } from '../conversations/conversations';
import { Problem } from '../http/problem';
import type { ProjectionsDue } from '../projections/projectionsDue';
import type { EntryId } from '../../domain/entry';
import type { ConversationId, UserId } from '../../domain/ids';
import { mayModerate } from '../../domain/permissions';
import { parseEntryId } from '../../domain/entry';
import { segmentRoom } from '../../protocol/rooms';

/** A message that there is, or was. */
export interface KnownMessage {
	readonly id: EntryId;
	readonly author: UserId;
}

export class Moderation {
	readonly #conversations: Conversations;
	readonly #due: ProjectionsDue;

	constructor({ conversations, due }: { conversations: Conversations; due: ProjectionsDue }) {
		this.#conversations = conversations;
		this.#due = due;
	}

	/** Throws a Problem if the user is not in the conversation. */
	allows(by: UserId, id: ConversationId, { author }: Pick<KnownMessage, 'author'>): boolean {
		const { kind, members } = this.#conversations.read(by, id);
		const role = members.find((member) => member.id === by)?.role;
		return author === by || (role !== undefined && mayModerate(kind, role));
	}

	/**
	 * Within a transaction. `isGone`: it was deleted or cancelled before. Throws a Problem if the user is not in the
	 * conversation, or may not delete this message.
	 */
	remove(by: UserId, id: ConversationId, { id: message, author }: KnownMessage, isGone: boolean): void {
		if (!this.allows(by, id, { author })) throw notModerator();
		const room = segmentRoom(id, parseEntryId(message)?.segment ?? 0);
		// What is gone stays told as it was; only what has come of it since is erased.
		const why = { key: `moderated/${message}`, event: 'moderated', by, target: message };
		this.#due.addErasure(room, { author, message }, isGone ? undefined : why);
	}
}

export const notModerator = () =>
	new Problem(403, 'not_moderator', 'Only a group’s owners and admins delete the messages of others.');
