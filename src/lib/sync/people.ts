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

	const finding = { local, api, known, know };
	const part = () => import('./findPeople').catch(() => undefined);

	return {
		know,
		get: (id: UserId): Person | undefined => known.get(id),
		/**
		 * By name or username: all whom this device knows, or, `online`, a page of all whom the server knows; `cursor` is
		 * the one that the page before came with. Without the server's answer this device's people are all there is. By code
		 * that comes when somebody is looked for; where it does not come, nobody is found.
		 */
		find: async (query: string, how: { online: boolean; cursor?: string }): Promise<FoundPeople> =>
			(await part())?.findPeople(finding, query, how) ?? { people: [], fromServer: false },
		/** Asks the server who that is. `nobody`: there is no such user any more; undefined: it could not be asked. */
		ask: async (id: UserId) => (await part())?.askPerson(finding, id)
	};
}
