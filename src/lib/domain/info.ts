/**
 * What a conversation's info document says: facts that the server alone writes.
 * Keys: `kind`, `name`, `description`, `picture`, `live`, `history`, `joining`, `member/<userId>` → {role, from?,
 * joined?}, `gone/<userId>` → {removed, at}, `person/<userId>` and `asking/<userId>` → a person's fields. What is not said is as in QUIET_INFO.
 */
import { personFields, readPerson, type Person } from './people';
import { numberField, textField, trueField, type Facts } from './facts';
import type { AnyValue } from './boundedAny';
import type { UserId } from './ids';

export type ConversationKind = 'direct' | 'group';
export type Role = 'owner' | 'admin' | 'member';

/** What a new member may read: all of it, or what is written from then on. */
export type History = 'start' | 'joining';

/** How people come in by an invite link: at once, or after somebody has let them in. */
export type Joining = 'open' | 'request';

export interface GroupSettings {
	readonly history: History;
	readonly joining: Joining;
}

/** How somebody went who is not in it any more. */
export interface Gone {
	/** By somebody else: who may admit people may bring them back. */
	readonly removed: boolean;
	/** When, in milliseconds since 1970. */
	readonly at: number;
}

export interface Info extends GroupSettings {
	readonly kind: ConversationKind;
	/** A group's own name; empty for a direct conversation or a group without one. */
	readonly name: string;
	/** What a group says of itself; empty if nothing. */
	readonly description: string;
	/** The name of the bytes of a group's picture. */
	readonly picture?: string;
	/** The segment that takes new messages. */
	readonly live: number;
	readonly members: ReadonlyMap<UserId, Role>;
	/** The first segment that a member may read, for those who may not read all. */
	readonly firstSegments: ReadonlyMap<UserId, number>;
	/** When those became members who have not been from the beginning, in milliseconds since 1970. */
	readonly joined: ReadonlyMap<UserId, number>;
	/** Members and those who once were: their messages still need a name. */
	readonly people: ReadonlyMap<UserId, Person>;
	/** Who is not a member any more. */
	readonly gone: ReadonlyMap<UserId, Gone>;
	/** Who asks to join. */
	readonly asking: ReadonlyMap<UserId, Person>;
}

/** Nothing is said yet but the kind. */
const QUIET_INFO: Omit<Info, 'kind'> = {
	name: '',
	description: '',
	history: 'start',
	joining: 'open',
	live: 0,
	members: new Map(),
	firstSegments: new Map(),
	joined: new Map(),
	people: new Map(),
	gone: new Map(),
	asking: new Map()
};

/** What a group's info will say once the server has made it, as far as who begins it knows. */
export const foundingInfo = (name: string, self: Person, others: readonly Person[]): Info => ({
	...QUIET_INFO,
	kind: 'group',
	name,
	members: new Map([[self.id, 'owner'], ...others.map(({ id }) => [id, 'member'] as const)]),
	people: new Map([self, ...others].map((person) => [person.id, person]))
});

/** The facts that say this info, as the server writes them. */
export function infoFacts(said: Pick<Info, 'kind'> & Partial<Info>): Map<string, AnyValue> {
	const info: Info = { ...QUIET_INFO, ...said };
	const facts = new Map<string, AnyValue>([
		['kind', info.kind],
		['name', info.name],
		['live', info.live]
	]);
	if (info.description !== '') facts.set('description', info.description);
	if (info.picture !== undefined) facts.set('picture', info.picture);
	for (const key of ['history', 'joining'] as const)
		if (info[key] !== QUIET_INFO[key]) facts.set(key, info[key]);
	for (const [id, role] of info.members) {
		const from = info.firstSegments.get(id) ?? 0;
		const joined = info.joined.get(id);
		const since = joined === undefined ? {} : { joined };
		facts.set(`member/${id}`, from > 0 ? { role, from, ...since } : { role, ...since });
	}
	for (const [id, person] of info.people) facts.set(`person/${id}`, personFields(person));
	for (const [id, { removed, at }] of info.gone) facts.set(`gone/${id}`, { removed, at });
	for (const [id, person] of info.asking) facts.set(`asking/${id}`, personFields(person));
	return facts;
}

/** Reads the info; undefined while the document has not said what kind of conversation it is. */
export function readInfo(facts: Facts): Info | undefined {
	const valueOf = (key: string) => facts.get(key)?.value;
	const textOf = (key: string): string => {
		const value = valueOf(key);
		return typeof value === 'string' ? value : '';
	};
	const kind = valueOf('kind');
	if (kind !== 'direct' && kind !== 'group') return undefined;
	const live = valueOf('live');
	const picture = textOf('picture');
	const members = new Map<UserId, Role>();
	const firstSegments = new Map<UserId, number>();
	const joined = new Map<UserId, number>();
	const people = new Map<UserId, Person>();
	const gone = new Map<UserId, Gone>();
	const asking = new Map<UserId, Person>();
	for (const [key, { value }] of facts) {
		const [what = '', id = ''] = key.split('/', 2);
		if (what === 'member') {
			const role = textField(value, 'role');
			if (role !== 'owner' && role !== 'admin' && role !== 'member') continue;
			members.set(id, role);
			const from = numberField(value, 'from') ?? 0;
			if (from > 0) firstSegments.set(id, from);
			const at = numberField(value, 'joined');
			if (at !== undefined) joined.set(id, at);
		} else if (what === 'gone') {
			const at = numberField(value, 'at');
			if (at !== undefined) gone.set(id, { removed: trueField(value, 'removed'), at });
		} else if (what === 'person' || what === 'asking') {
			const person = readPerson(value);
			if (person) (what === 'person' ? people : asking).set(id, { id, ...person });
		}
	}
	return {
		kind,
		name: textOf('name'),
		description: textOf('description'),
		...(picture === '' ? {} : { picture }),
		history: textOf('history') === 'joining' ? 'joining' : 'start',
		joining: textOf('joining') === 'request' ? 'request' : 'open',
		live: typeof live === 'number' ? live : 0,
		members,
		firstSegments,
		joined,
		people,
		gone,
		asking
	};
}
