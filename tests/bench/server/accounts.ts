/** People who register and log in over HTTP at the server under measurement. */
import type { Person } from '../../../src/lib/domain/people';
import type { RelayProcess } from '../../kit/relayProcess';

const PASSWORD = 'a long enough secret';

export interface Account {
	readonly user: Person;
	readonly token: string;
}

export async function ask<T>(
	server: RelayProcess,
	method: string,
	path: string,
	body: object,
	token = ''
): Promise<T> {
	const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
	const address = `http://127.0.0.1:${server.port}/api/${path}`;
	const answer = await fetch(address, { method, headers, body: JSON.stringify(body) });
	return (await answer.json()) as T;
}

export const enter = (
	server: RelayProcess,
	path: 'register' | 'login',
	username: string,
	password = PASSWORD
) => ask<Account>(server, 'POST', path, { username, password });
