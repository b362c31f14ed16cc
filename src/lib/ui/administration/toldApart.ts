import { text } from '../text';
import type { Person } from '../../domain/people';

/** What they call themselves is theirs to choose, and may be somebody else's name: the username tells them apart. */
export const toldApart = ({ displayName, username }: Pick<Person, 'displayName' | 'username'>): string =>
	displayName === username || displayName === ''
		? displayName
		: text.administration.person(displayName, username);
