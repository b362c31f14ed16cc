/** The published description of the API, asked of the server that it describes, over its socket. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '../kit';
import { ApiClient } from '../../src/lib/server/testing/apiClient.fixture';
import { otherwise } from '../../src/lib/server/openapi/asDocumented.fixture';
import { makeSamples, resetTokenIn, withReal } from '../../src/lib/server/openapi/samples.fixture';
import { png } from '../../src/lib/server/pictures/png.fixture';
import { SAMPLE } from '../../src/lib/protocol/restSamples';
import type { openApiDocument } from '../../src/lib/server/openapi/openApiDocument';

test('each example of the published description of the API does what it says on the running server, and is answered as it says', async ({
	relay
}) => {
	test.slow();
	const address = `http://127.0.0.1:${relay.port}`;
	const ask = (request: Request) => fetch(request);
	const visitor = () => new ApiClient(ask, address);
	const idOf = async (username: string): Promise<string> => {
		const person = visitor();
		await person.register(username);
		return person.id;
	};
	const world = (tail: string) => makeSamples({ visitor, person: () => idOf(`other${tail}`), tail });
	const mails = async (): Promise<string[]> => {
		const folder = join(relay.data, 'mail');
		// The folder is made with the first mail.
		const files = await readdir(folder).catch(() => []);
		return Promise.all(files.sort().map((file) => readFile(join(folder, file), 'utf8')));
	};
	const resetToken = async (username: string): Promise<string> => {
		await visitor().post('/api/password/forgot', { username });
		const find = async () => resetTokenIn((await mails()).filter((mail) => mail.includes(`${username}@`)));
		await expect.poll(find).toBeDefined();
		return (await find()) ?? '';
	};

	const document = (await (await fetch(`${address}/api/openapi.json`)).json()) as ReturnType<
		typeof openApiDocument
	>;
	const examples = Object.entries(document.paths).flatMap(([path, operations]) =>
		Object.entries(operations).map(([method, operation]) => ({ path, method, operation }))
	);
	expect(examples.length).toBeGreaterThan(50);
	// What one does may end what others need, so each has a world of its own. The administrator's, who came first, is one
	// for all that they do.
	const rank = ({ operation }: (typeof examples)[number]): number => {
		// An administrator alone names who comes after.
		if (JSON.stringify(operation.requestBody ?? '').includes('"successor":"')) return 2;
		return operation['x-access'] === 'admin' ? 1 : 0;
	};
	const administrator = await world('');
	const successor = await idOf('successor');
	for (const [nth, example] of examples.toSorted((a, b) => rank(a) - rank(b)).entries()) {
		const { path, method, operation } = example;
		const { wanda, real } = rank(example) > 0 ? administrator : await world(`${nth}`);
		// The other one has been suspended by now.
		if (rank(example) === 2) real.set(SAMPLE.userId, successor);
		const exampleOf = (place: string) =>
			operation.parameters.flatMap(({ in: where, name, example }) =>
				where === place && example !== undefined ? [[name, withReal(example, real)] as const] : []
			);
		const [type, content] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
		const text = content?.example && JSON.stringify(content.example);
		if (text?.includes(SAMPLE.resetToken))
			real.set(SAMPLE.resetToken, await resetToken(real.get(SAMPLE.username) ?? ''));
		const body = text ? withReal(text, real) : type && Uint8Array.from(png({ width: 8, height: 8 }));
		const filled = exampleOf('path').reduce((done, [name, value]) => done.replace(`{${name}}`, value), path);
		const query = new URLSearchParams(exampleOf('query').map(([name, value]) => [name, value]));
		const answer = await fetch(`${address}${filled}${query.size > 0 ? `?${query}` : ''}`, {
			method: method.toUpperCase(),
			body,
			headers: {
				cookie: wanda.cookie ?? '',
				origin: address,
				...(type === undefined ? {} : { 'content-type': type })
			}
		});
		const told = `${method} ${path}: ${answer.status} ${answer.ok ? '' : await answer.text()}`;
		expect(answer.ok, told).toBe(true);
		expect(await otherwise(answer, operation, document.components), told).toEqual([]);
	}
});
