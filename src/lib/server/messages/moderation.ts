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

/** A message as it stands at the relay. */
export interface KnownMessage {
	readonly id: EntryId;
	readonly author: UserId;
	/** It was deleted or cancelled before. */
	readonly isGone: boolean;
}

export class Moderation {
	readonly #conversations: Conversations;
	readonly #due: ProjectionsDue;

	constructor({ conversations, due }: { conversations: Conversations; due: ProjectionsDue }) {
		this.#conversations = conversations;
		this.#due = due;
	}

	/** Within a transaction. Throws a Problem if the user is not in the conversation, or may not delete this message. */
	remove(by: UserId, id: ConversationId, { id: message, author, isGone }: KnownMessage): void {
		const { kind, members } = this.#conversations.read(by, id);
		const role = members.find((member) => member.id === by)?.role;
		if (author !== by && !(role && mayModerate(kind, role))) throw notModerator();
		const room = segmentRoom(id, parseEntryId(message)?.segment ?? 0);
		// What is gone stays told as it was; only what has come of it since is erased.
		const why = { key: `moderated/${message}`, event: 'moderated', by, target: message };
		this.#due.addErasure(room, { author, message }, isGone ? undefined : why);
	}
}

const notModerator = () =>
	new Problem(403, 'not_moderator', 'Only a group’s owners and admins delete the messages of others.');
