import { expect, it } from 'vitest';
import { memoryLocalStore } from './memoryStorage';
import { openPeople } from './people';
import type { Answer } from './answer';
import type { Api } from './api';
import type { Person } from '../domain/people';

const person = (id: string, displayName: string): Person => ({ id, username: id, displayName });
const ok = <T>(value: T): Answer<T> => ({ ok: true, value });
const unknown: Answer<never> = { ok: false, status: 404, code: 'no_such_user', message: 'Nobody.' };

/** Alice's device, which has met Bob and Björn, and a server that finds by the beginning of names. */
async function setup() {
	const accounts = new Map([person('bob', 'Bob'), person('bear', 'Björn')].map((one) => [one.id, one]));
	const tables = new Map<string, Map<string, unknown>>();
	const api = {
		searchUsers: async (search: string) =>
			ok({
				users: [...accounts.values()].filter(({ displayName }) =>
					displayName.toLowerCase().startsWith(search)
				)
			}),
		user: async (id: string) => {
			const user = accounts.get(id);
			return user ? ok({ user }) : unknown;
		}
	} as unknown as Api;
	const open = () => openPeople(memoryLocalStore(tables), api);
	const people = await open();
	people.know([...accounts.values()]);
	const offline = async (query: string, on = people) =>
		(await on.find(query, { online: false })).people.map(({ displayName }) => displayName);
	return { accounts, people, offline, open };
}

it('who has deleted their account is found no more without a network, once they were looked for with one', async () => {
	const { accounts, people, offline, open } = await setup();
	accounts.delete('bob');
	expect(await offline('b')).toEqual(['Björn', 'Bob']);
	await people.find('b', { online: true });
	await expect.poll(() => offline('b')).toEqual(['Björn']);
	expect(await offline('b', await open())).toEqual(['Björn']);
});

it('nor once their own screen was opened', async () => {
	const { accounts, people, offline } = await setup();
	accounts.delete('bob');
	expect(await people.ask('bob')).toBe('nobody');
	expect(await offline('b')).toEqual(['Björn']);
});

it('who is called otherwise now is found by that, and not by what they were called', async () => {
	const { accounts, people, offline } = await setup();
	accounts.set('bear', person('bear', 'Ylva'));
	await people.find('bj', { online: true });
	await expect.poll(() => offline('ylva')).toEqual(['Ylva']);
	expect(await offline('bj')).toEqual([]);
});
