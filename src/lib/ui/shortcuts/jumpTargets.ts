import { directPeers, type UserId } from '../../domain/ids';
import { searchKey } from '../../domain/nameSearch';
import type { Person } from '../../domain/people';
import type { ConversationListItem } from '../../state/conversationListItem';
import { asListed } from './step';

export type JumpTarget =
	| { readonly type: 'conversation'; readonly id: string; readonly item: ConversationListItem }
	| { readonly type: 'person'; readonly id: string; readonly person: Person };

/** As many as one looks through. */
const CONVERSATIONS_MAX = 8;
const PEOPLE_MAX = 5;

interface Known {
	readonly conversations: readonly ConversationListItem[];
	/** Those who were found for what is typed. */
	readonly people: readonly Person[];
	readonly self: UserId;
}

/**
 * Where one may want to go by what is typed: conversations whose name has it, those first that begin with it, and people
 * with whom one has no direct conversation among them. With nothing typed, the list from its top.
 */
export function jumpTargets(typed: string, { conversations, people, self }: Known): readonly JumpTarget[] {
	const key = searchKey(typed);
	const named = asListed(conversations).map((item) => ({ item, name: searchKey(item.name) }));
	const found = [
		...named.filter(({ name }) => name.startsWith(key)),
		...named.filter(({ name }) => !name.startsWith(key) && name.includes(key))
	].slice(0, CONVERSATIONS_MAX);
	const met = new Set(found.flatMap(({ item }) => directPeers(item.id) ?? []));
	const others = key === '' ? [] : people.filter(({ id }) => id !== self && !met.has(id));
	return [
		...found.map(({ item }) => ({ type: 'conversation', id: item.id, item }) as const),
		...others.slice(0, PEOPLE_MAX).map((person) => ({ type: 'person', id: person.id, person }) as const)
	];
}
