import type { Api } from './api';
import type { LocalStore } from './ports';
import { samePerson, type Person } from '../domain/people';
import type { UserId } from '../domain/ids';

export interface FoundPeople {
	/** The best first. */
	readonly people: readonly Person[];
	/** The server answered: not only those whom this device knows were looked through. */
	readonly fromServer: boolean;
	/** The server was asked too often: seconds until it may be asked again. */
	readonly retryAfterS?: number;
	/** Finds those behind them; undefined if these are all. */
	readonly cursor?: string;
}

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

	/** By code that comes when somebody is looked for; where it does not come, nobody is found. */
	async function knownBy(query: string): Promise<Person[]> {
		const part = await import('./knownPeople').catch(() => undefined);
		return part?.knownBy(query, known.values()) ?? [];
	}

	/** Asks the server who that is. `nobody`: there is no such user any more; undefined: it could not be asked. */
	async function ask(id: UserId): Promise<Person | 'nobody' | undefined> {
		const answer = await api.user(id);
		if (answer.ok) {
			know([answer.value.user]);
			return answer.value.user;
		}
		if (answer.code !== 'no_such_user') return undefined;
		known.delete(id);
		// What the disk does not let go of is asked for again.
		void local.delete('people', id).catch(() => {});
		return 'nobody';
	}

	return {
		know,
		get: (id: UserId): Person | undefined => known.get(id),
		/**
		 * By name or username: all whom this device knows, or, `online`, a page of all whom the server knows; `cursor` is
		 * the one that the page before came with. Without the server's answer this device's people are all there is.
		 */
		async find(
			query: string,
			{ online, cursor }: { online: boolean; cursor?: string }
		): Promise<FoundPeople> {
			const answer = online ? await api.searchUsers(query, cursor) : undefined;
			if (!answer?.ok) {
				const wait = answer?.status === 429 ? answer.retryAfterS : undefined;
				return {
					people: cursor === undefined ? await knownBy(query) : [],
					fromServer: false,
					...(wait === undefined ? {} : { retryAfterS: wait })
				};
			}
			const { users, cursor: next } = answer.value;
			know(users);
			// Whom the server should have found by what the device has of them is gone, or is called otherwise by now.
			if (!cursor && !next)
				void knownBy(query).then((met) => {
					for (const { id } of met) if (!users.some((user) => user.id === id)) void ask(id);
				});
			return { people: users, fromServer: true, ...(next === undefined ? {} : { cursor: next }) };
		},
		ask
	};
}
