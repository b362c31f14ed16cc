import { searchKey, searchRank, asTyped } from '../domain/nameSearch';
import { isGone, type Person } from '../domain/people';

/** Whom of these a query finds by name or username, the best first. */
export function knownBy(query: string, known: Iterable<Person>): Person[] {
	const typed = asTyped(query);
	return [...known]
		.filter((person) => !isGone(person))
		.flatMap((person) => {
			const rank = searchRank(typed, person);
			return rank === undefined ? [] : [{ person, rank, handle: searchKey(person.username) }];
		})
		.sort((a, b) => a.rank - b.rank || (a.handle < b.handle ? -1 : 1))
		.map(({ person }) => person);
}
