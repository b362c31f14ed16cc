/** What a group says of itself, and how people come into it. */
import { changedMeanwhile, notAllowed } from './groupProblems';
import type { Conversation, ConversationStore, GroupFields } from './conversationStore';
import type { Conversations } from './conversations';
import type { ProjectionsDue } from '../projections/projectionsDue';
import { mintUuid, type ConversationId, type RandomBytes, type UserId } from '../../domain/ids';
import { may, type GroupDeed } from '../../domain/permissions';
import type { ChangeGroupRequest } from '../../protocol/rest';

export interface GroupsParts {
	readonly conversations: Conversations;
	readonly store: ConversationStore;
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
		for (const field of changed) this.#tell(group, by, field, wanted[field] ?? '');
		return conversations.read(by, id);
	}

	/** What a group says of itself is long: the timeline says only that it was changed. */
	#tell({ id, live }: Conversation, by: UserId, field: Field, value: string): void {
		const { due, now, randomBytes } = this.#parts;
		const { event } = FIELDS[field];
		const told = { key: `${event}/${mintUuid(now(), randomBytes)}`, event, by };
		due.addEvent(id, live, field === 'description' ? told : { ...told, name: value });
	}
}
