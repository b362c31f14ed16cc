/**
 * What a conversation's info document says: facts that the server alone writes.
 * Keys: `kind`, `name`, `live`, `member/<userId>` → {role}, `person/<userId>` → a person's fields.
 */
import { personFields, readPerson, type Person } from './people';
import { textField, type Facts } from './facts';
import type { AnyValue } from './boundedAny';
import type { UserId } from './ids';

export type ConversationKind = 'direct' | 'group';
export type Role = 'owner' | 'admin' | 'member';

/** May have the messages of others deleted. Between two people nobody is above the other. */
export const mayModerate = (kind: ConversationKind, role: Role): boolean =>
	kind === 'group' && role !== 'member';

export interface Info {
	readonly kind: ConversationKind;
	/** A group's own name; empty for a direct conversation or a group without one. */
	readonly name: string;
	/** The segment that takes new messages. */
	readonly live: number;
	readonly members: ReadonlyMap<UserId, Role>;
	/** Members and those who once were: their messages still need a name. */
	readonly people: ReadonlyMap<UserId, Person>;
}

/** The facts that say this info, as the server writes them. */
export function infoFacts(info: Info): Map<string, AnyValue> {
	const facts = new Map<string, AnyValue>([
		['kind', info.kind],
		['name', info.name],
		['live', info.live]
	]);
	for (const [id, role] of info.members) facts.set(`member/${id}`, { role });
	for (const [id, person] of info.people) facts.set(`person/${id}`, personFields(person));
	return facts;
}

/** Reads the info; undefined while the document has not said what kind of conversation it is. */
export function readInfo(facts: Facts): Info | undefined {
	const kind = facts.get('kind')?.value;
	if (kind !== 'direct' && kind !== 'group') return undefined;
	const name = facts.get('name')?.value;
	const live = facts.get('live')?.value;
	const members = new Map<UserId, Role>();
	const people = new Map<UserId, Person>();
	for (const [key, { value }] of facts) {
		if (key.startsWith('member/')) {
			const role = textField(value, 'role');
			if (role === 'owner' || role === 'admin' || role === 'member') members.set(key.slice(7), role);
		} else if (key.startsWith('person/')) {
			const person = readPerson(value);
			if (person) people.set(key.slice(7), { id: key.slice(7), ...person });
		}
	}
	return {
		kind,
		name: typeof name === 'string' ? name : '',
		live: typeof live === 'number' ? live : 0,
		members,
		people
	};
}
