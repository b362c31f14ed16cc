/** Looks for people among those whom this device knows, and asks the server. It is loaded when somebody is looked for. */
import { knownBy } from './knownPeople';
import type { Api } from './api';
import type { FoundPeople } from './people';
import type { LocalStore } from './ports';
import type { Person } from '../domain/people';
import type { UserId } from '../domain/ids';

export interface Finding {
	readonly local: LocalStore;
	readonly api: Api;
	readonly known: Map<UserId, Person>;
	know(people: readonly Person[]): void;
}

export async function findPeople(
	finding: Finding,
	query: string,
	{ online, cursor }: { readonly online: boolean; readonly cursor?: string }
): Promise<FoundPeople> {
	const { api, known, know } = finding;
	const answer = online ? await api.searchUsers(query, cursor) : undefined;
	const met = cursor === undefined ? knownBy(query, known.values()) : [];
	if (!answer?.ok) {
		const wait = answer?.status === 429 ? answer.retryAfterS : undefined;
		return { people: met, fromServer: false, ...(wait === undefined ? {} : { retryAfterS: wait }) };
	}
	const { users, cursor: next } = answer.value;
	know(users);
	// Whom the server should have found by what the device has of them is gone, or is called otherwise by now.
	if (next === undefined)
		for (const { id } of met) if (!users.some((user) => user.id === id)) void askPerson(finding, id);
	return { people: users, fromServer: true, ...(next === undefined ? {} : { cursor: next }) };
}

/** `nobody`: there is no such user any more; undefined: it could not be asked. */
export async function askPerson(
	{ local, api, known, know }: Finding,
	id: UserId
): Promise<Person | 'nobody' | undefined> {
	const answer = await api.user(id);
	if (answer.ok) {
		know([answer.value.user]);
		return answer.value.user;
	}
	if (answer.code !== 'no_such_user') return undefined;
	known.delete(id);
	// What the disk does not let go of is asked for again.
	await local.delete('people', id).catch(() => {});
	return 'nobody';
}
