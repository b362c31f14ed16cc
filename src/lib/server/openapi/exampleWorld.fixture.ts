/** A world that holds what the samples of the API stand for, and requests in it as the examples say. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { ApiLab } from '../testing/apiLab.fixture';
import type { ApiClient } from '../testing/apiClient.fixture';
import { png } from '../pictures/png.fixture';
import { makeSamples, resetTokenIn, withReal } from './samples.fixture';
import { SAMPLE } from '../../protocol/restSamples';
import type { routeTable } from '../../../routes/api/routeTable';

type TableRoute = Awaited<ReturnType<typeof routeTable>>[number];

export class ExampleWorld extends ApiLab {
	wanda!: ApiClient;
	/** What stands in the places of the samples. */
	real = new Map<string, string>();

	override async start(...given: Parameters<ApiLab['start']>): Promise<this> {
		const [makeRelay, env] = given;
		await super.start(makeRelay, { ORIGIN: 'http://localhost:3000', ...env });
		const samples = await makeSamples({ visitor: () => this.visitor(), person: () => this.userOf('other') });
		this.wanda = samples.wanda;
		this.real = samples.real;
		return this;
	}

	/** The example of a route as a request: its address, and what it holds. */
	async request(
		{ method, path, spec }: TableRoute,
		more: Readonly<Record<string, string>> = {}
	): Promise<Request> {
		const { params = {}, query = {}, body } = spec.example ?? {};
		if (JSON.stringify(body ?? '').includes(SAMPLE.resetToken))
			this.real.set(SAMPLE.resetToken, await this.#resetToken());
		const part = (name: string) => params[name] ?? expect.fail(`no example of ${name}`);
		const address = this.#filled(path.replace(/\[(\w+)\]/g, (_, name: string) => part(name)));
		const search = new URLSearchParams(query);
		const url = `http://localhost:3000${address}${search.size > 0 ? `?${search}` : ''}`;
		const own = { cookie: this.wanda.cookie ?? '', origin: 'http://localhost:3000' };
		const type = spec.takes?.[0] ?? 'application/json';
		const bytes = spec.takes
			? Uint8Array.from(png({ width: 8, height: 8 }))
			: body && this.#filled(JSON.stringify(body));
		if (spec.body) expect(body, 'an example of the body').toBeDefined();
		const headers = { ...own, ...(bytes === undefined ? {} : { 'content-type': type }), ...more };
		return new Request(url, { method, headers, body: bytes });
	}

	/** The token of the mail that a forgotten password brings. */
	async #resetToken(): Promise<string> {
		await this.visitor().post('/api/password/forgot', { username: SAMPLE.username });
		const folder = join(this.folder, 'mail');
		const find = () => {
			try {
				return resetTokenIn(readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8')));
			} catch {
				// The folder is made with the first mail.
				return undefined;
			}
		};
		await expect.poll(find).toBeDefined();
		return find() ?? '';
	}

	#filled = (text: string): string => withReal(text, this.real);
}
