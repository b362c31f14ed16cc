/** A client of the REST API that keeps its cookie like a browser, or carries its token like a program. */
import type { SessionAnswer } from '../../protocol/rest';

export const PASSWORD = 'a long enough secret';

/* eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers of any shape, which the tests then judge */
export type Answer = { readonly status: number; readonly body: any; readonly headers: Headers };

/** What an answer says by numbers and codes: its status, and the problem's code if it is one. */
export const codes = ({ status, body }: Pick<Answer, 'status' | 'body'>): [number, string | undefined] => [
	status,
	(body as { error?: { code: string } } | undefined)?.error?.code
];

export class ApiClient {
	readonly origin: string;
	cookie: string | undefined;
	token: string | undefined;
	id = '';
	/** Sent with each request instead of what the client would send of itself. */
	readonly #fetch: (request: Request) => Promise<Response>;

	constructor(fetch: (request: Request) => Promise<Response>, origin: string) {
		this.#fetch = fetch;
		this.origin = origin;
	}

	async register(username: string, displayName?: string): Promise<Answer> {
		const answer = await this.post('/api/register', { username, displayName, password: PASSWORD });
		const { user, token } = answer.body as SessionAnswer;
		this.id = user.id;
		this.token = token;
		return answer;
	}

	get(path: string, headers?: Record<string, string>): Promise<Answer> {
		return this.send('GET', path, undefined, headers);
	}

	post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer> {
		return this.send('POST', path, body === undefined ? undefined : JSON.stringify(body), headers);
	}

	patch(path: string, body: unknown): Promise<Answer> {
		return this.send('PATCH', path, JSON.stringify(body));
	}

	delete(path: string, body?: unknown): Promise<Answer> {
		return this.send('DELETE', path, body === undefined ? undefined : JSON.stringify(body));
	}

	/** Bytes as they are, with their type. */
	upload(path: string, bytes: Uint8Array, type: string): Promise<Answer> {
		return this.send('PUT', path, bytes, { 'content-type': type });
	}

	/** What is no JSON. */
	download(path: string): Promise<Response> {
		const headers: Record<string, string> = this.cookie === undefined ? {} : { cookie: this.cookie };
		return this.#fetch(new Request(`${this.origin}${path}`, { headers }));
	}

	/** A request as a browser on this site sends it: with its Origin, its cookie and a JSON body. */
	async send(
		method: string,
		path: string,
		body?: string | Uint8Array | ReadableStream<Uint8Array>,
		headers: Record<string, string> = {}
	): Promise<Answer> {
		const own: Record<string, string> = method === 'GET' ? {} : { origin: this.origin };
		if (typeof body === 'string') own['content-type'] = 'application/json';
		if (this.cookie !== undefined) own.cookie = this.cookie;
		const response = await this.#fetch(
			new Request(`${this.origin}${path}`, {
				method,
				body: body instanceof Uint8Array ? Uint8Array.from(body) : body,
				...(body instanceof ReadableStream && { duplex: 'half' }),
				headers: { ...own, ...headers }
			})
		);
		this.#keepCookie(response.headers.get('set-cookie'));
		const text = await response.text();
		return {
			status: response.status,
			body: isJson(response) && text ? JSON.parse(text) : undefined,
			headers: response.headers
		};
	}

	#keepCookie(setCookie: string | null): void {
		if (setCookie === null) return;
		const isBlank = setCookie.includes('Max-Age=0');
		this.cookie = isBlank ? undefined : setCookie.split(';')[0];
	}
}

const isJson = ({ headers }: Response): boolean =>
	headers.get('content-type')?.startsWith('application/json') ?? false;
