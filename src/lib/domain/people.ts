/** What others may know of a user, and how the documents that the server writes say it. */
import { textField } from './facts';
import { isBlank } from './text';
import type { AnyValue } from './boundedAny';
import type { UserId } from './ids';

export interface Person {
	readonly id: UserId;
	/** Empty, as is the displayed name, for somebody who has deleted their account. */
	readonly username: string;
	readonly displayName: string;
	/** What they say of themselves; absent if nothing. */
	readonly about?: string;
	/** The name of their picture's bytes; absent if they have set none. */
	readonly picture?: string;
}

/**
 * The fields by which a fact tells of a person; what they have not set is left out. A name of which nothing can be seen, from
 * before such were refused, gives way to the username.
 */
export function personFields({ username, about, picture, ...named }: Omit<Person, 'id'>) {
	const displayName = isBlank(named.displayName) ? username : named.displayName;
	return { username, displayName, ...(about ? { about } : {}), ...(picture ? { picture } : {}) };
}

/** Reads them; undefined if they tell of nobody. */
export function readPerson(value: AnyValue): Omit<Person, 'id'> | undefined {
	const username = textField(value, 'username');
	if (username === undefined) return undefined;
	return personFields({
		username,
		displayName: textField(value, 'displayName') ?? username,
		about: textField(value, 'about'),
		picture: textField(value, 'picture')
	});
}

/** They have deleted their account: nothing that they were known by is left. */
export const isGone = ({ username }: Pick<Person, 'username'>): boolean => username === '';

/** True if both tell the same of the same person. */
export const samePerson = (one: Person, other: Person): boolean =>
	one.id === other.id &&
	one.username === other.username &&
	one.displayName === other.displayName &&
	one.about === other.about &&
	one.picture === other.picture;
