/** What a group says of itself, and how people come into it. */
import { changedMeanwhile, notAllowed } from './groupProblems';
import type { Conversation, ConversationStore, GroupFields } from './conversationStore';
import type { Conversations } from './conversations';
import type { PictureStore } from '../pictures/pictureStore';
import type { ProjectionsDue } from '../projections/projectionsDue';
import { mintUuid, type ConversationId, type RandomBytes, type UserId } from '../../domain/ids';
import { may, type GroupDeed } from '../../domain/permissions';
import type { ChangeGroupRequest } from '../../protocol/rest';

export interface GroupsParts {
	readonly conversations: Conversations;
	readonly store: ConversationStore;
	readonly pictures: PictureStore;
	readonly due: ProjectionsDue;
	readonly now: () => number;
	readonly randomBytes: RandomBytes;
}

type Field = keyof GroupFields;

const FIELDS: Readonly<Record<Field, { readonly deed: GroupDeed; readonly event: string }>> = {
	name: { deed: 'describe', event: 'renamed' },
	description: { deed: 'describe', event: 'described' },
	history: { deed: 'configure', event: 'history' },
	joining: { deed: 'configure', event: 'joining' }
};

export class Groups {
	readonly #parts: GroupsParts;

	constructor(parts: GroupsParts) {
		this.#parts = parts;
	}

	/**
	 * Changes what is given. `was`: what the person saw as they changed it; if that is no longer so, nothing changes.
	 * Throws a Problem if a rule is broken. Only within a transaction.
	 */
	change(by: UserId, id: ConversationId, { was = {}, ...wanted }: ChangeGroupRequest): Conversation {
		const { conversations, store, due } = this.#parts;
		const { group, role } = conversations.group(by, id);
		const asked = Object.keys(FIELDS).filter((field) => wanted[field as Field] !== undefined) as Field[];
		if (!asked.every((field) => may(role, FIELDS[field].deed, group))) throw notAllowed();
		const changed = asked.filter((field) => wanted[field] !== group[field]);
		const overtaken = changed.find((field) => was[field] !== undefined && was[field] !== group[field]);
		if (overtaken !== undefined) throw changedMeanwhile(overtaken);
		if (changed.length === 0) return group;
		store.change(id, { ...group, ...Object.fromEntries(changed.map((field) => [field, wanted[field]])) });
		due.addInfo(id);
		for (const field of changed) {
			// What a group says of itself is long: the timeline says only that it was changed.
			const value = field === 'description' ? undefined : (wanted[field] ?? '');
			this.#tell(group, by, FIELDS[field].event, value);
		}
		return conversations.read(by, id);
	}

	/** False for who is not in it, too, and for a direct conversation. */
	mayDescribe(by: UserId, id: ConversationId): boolean {
		const group = this.#parts.store.find(id);
		const member = group?.members.find((one) => one.id === by);
		return group?.kind === 'group' && member !== undefined && may(member.role, 'describe', group);
	}

	/** Throws a Problem in any case, for one who might not when they were asked: 404 if they are no member. */
	refuseToDescribe(by: UserId, id: ConversationId): never {
		this.#parts.conversations.group(by, id);
		throw notAllowed();
	}

	/**
	 * `picture` is a square that was made here; without any, the group has no picture any more. `was`: the name of the one
	 * that the person saw, `none` for none; if it has another by now, nothing changes. Throws a Problem if a rule is broken.
	 * Only within a transaction.
	 */
	setPicture(
		by: UserId,
		id: ConversationId,
		{ picture: bytes, was }: { readonly picture?: Uint8Array | undefined; readonly was: string | undefined }
	): Conversation {
		const { conversations, store, pictures, due } = this.#parts;
		const { group, role } = conversations.group(by, id);
		if (!may(role, 'describe', group)) throw notAllowed();
		const picture = bytes ? pictures.keep(bytes) : null;
		if (picture === group.picture) return group;
		if (was !== undefined && was !== (group.picture ?? 'none')) throw changedMeanwhile('picture');
		store.setPicture(id, picture);
		pictures.letGo(group.picture);
		due.addInfo(id);
		this.#tell(group, by, 'picture', picture === null ? 'removed' : 'changed');
		return conversations.read(by, id);
	}

	#tell({ id, live }: Conversation, by: UserId, event: string, name: string | undefined): void {
		const { due, now, randomBytes } = this.#parts;
		const key = `${event}/${mintUuid(now(), randomBytes)}`;
		due.addEvent(id, live, name === undefined ? { key, event, by } : { key, event, by, name });
	}
}
