import type { Api } from './api';
import type { LocalStore } from './ports';
import { samePerson, type Person } from '../domain/people';
import type { UserId } from '../domain/ids';

/** Folds case and accents away, so that "jose" finds "José". */
const searchable = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

export type People = Awaited<ReturnType<typeof openPeople>>;

/** People this device has met: found with no network, joined by the server's answer when there is one. */
export async function openPeople(local: LocalStore, api: Api) {
	const known = new Map<UserId, Person>(await local.all<Person>('people'));

	function know(people: readonly Person[]): void {
		for (const person of people) {
			const held = known.get(person.id);
			if (held && samePerson(held, person)) continue;
			known.set(person.id, person);
			void local.put('people', person.id, { ...person }).catch(() => {
				// Known until the app closes, and met again with the next connection.
			});
		}
	}

	const matches = (person: Person, query: string): boolean =>
		searchable(person.username).includes(query) || searchable(person.displayName).includes(query);

	return {
		know,
		get: (id: UserId): Person | undefined => known.get(id),
		/** By name or username, from this device alone unless `online`. `fromServer` tells whether the server answered. */
		async find(
			query: string,
			{ online }: { online: boolean }
		): Promise<{ people: Person[]; fromServer: boolean }> {
			const answer = online ? await api.searchUsers(query) : undefined;
			const told = answer?.ok ? answer.value.users : [];
			know(told);
			const found = new Map<UserId, Person>(told.map((person) => [person.id, person]));
			for (const person of known.values())
				if (matches(person, searchable(query))) found.set(person.id, person);
			return { people: [...found.values()], fromServer: answer?.ok === true };
		}
	};
}
