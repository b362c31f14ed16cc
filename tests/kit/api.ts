/** The REST API as a client that is no browser uses it: with a Bearer token. */
import type { RelayProcess } from './relayProcess';

export class Api {
	readonly #relay: RelayProcess;
	readonly #token: string | undefined;

	constructor(relay: RelayProcess, token?: string) {
		this.#relay = relay;
		this.#token = token;
	}

	/** The answer's body. Throws with the server's own words unless the status is 2xx. */
	async call<Answer>(
		method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
		path: string,
		body?: unknown
	): Promise<Answer> {
		const headers: Record<string, string> = { 'content-type': 'application/json' };
		if (this.#token !== undefined) headers.authorization = `Bearer ${this.#token}`;
		const response = await fetch(`http://127.0.0.1:${this.#relay.port}/api/${path}`, {
			method,
			headers,
			body: body === undefined ? undefined : JSON.stringify(body)
		});
		const text = await response.text();
		if (!response.ok) throw new Error(`${method} /api/${path}: ${response.status} ${text}`);
		return (text === '' ? undefined : JSON.parse(text)) as Answer;
	}
}
