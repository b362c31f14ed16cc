import { request } from 'node:http';
import { connect } from 'node:net';
import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HTTP_LIMITS } from '../../scripts/httpLimits.mjs';
import { expect, test } from '../kit';

const root = join(import.meta.dirname, '../..');

/** The status of a POST as a browser's page of `origin` would make it. */
function post(port: number, headers: Record<string, string>): Promise<number> {
	return new Promise((resolve, reject) => {
		const sent = request(
			{
				port,
				host: '127.0.0.1',
				path: '/api/login',
				method: 'POST',
				headers: { 'content-type': 'application/json', ...headers }
			},
			(response) => {
				response.resume();
				resolve(response.statusCode ?? 0);
			}
		);
		sent.on('error', reject);
		sent.end(JSON.stringify({ username: 'nobody', password: 'nothing at all' }));
	});
}

test('the server stops gracefully when it is told to, with devices connected', async ({ people, relay }) => {
	const alice = await people.register('alice');
	const [phone] = await alice.devices('phone');
	await expect(phone).toHaveSynced();
	expect(await relay.stop()).toBe(0);
	await expect(phone).toBeOffline();
	await relay.restart();
	await expect(phone).toHaveSynced();
});

test('the server stops gracefully though a browser holds a connection ready over which nothing came', async ({
	relay
}) => {
	const ready = connect(relay.port!, '127.0.0.1');
	await once(ready, 'connect');
	const ended = once(ready, 'close');
	expect(await relay.stop()).toBe(0);
	await ended;
});

test('a port in use is said plainly', async ({ relay }) => {
	const child = spawn(process.execPath, ['scripts/serve.mjs'], {
		cwd: root,
		env: { ...process.env, PORT: String(relay.port), HOST: '127.0.0.1', SKEIN_DATA: `${relay.data}/second` },
		stdio: ['ignore', 'ignore', 'pipe']
	});
	let said = '';
	child.stderr.on('data', (bytes) => (said += bytes));
	const [status] = await once(child, 'exit');
	expect(status).toBe(1);
	expect(said).toContain(`Port ${relay.port} is in use`);
});

test('a damaged database is said in one sentence, without a stack', async ({ relay }) => {
	const data = `${relay.data}/damaged`;
	mkdirSync(data);
	writeFileSync(`${data}/skein.db`, 'no database at all '.repeat(1_000));
	const child = spawn(process.execPath, ['scripts/serve.mjs'], {
		cwd: root,
		env: { ...process.env, PORT: '0', HOST: '127.0.0.1', SKEIN_DATA: data },
		stdio: ['ignore', 'pipe', 'pipe']
	});
	let said = '';
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (said += bytes));
	const [status] = await once(child, 'close');
	expect(status).toBe(1);
	expect(said.trim()).toBe(
		`The database ${data}/skein.db is damaged: keep a copy of it, then restore a backup (docs/OPERATIONS.md says how).`
	);
});

test('without ORIGIN the address is the one that the request came to, whatever a client claims', async ({
	relay
}) => {
	const port = relay.port ?? 0;
	const own = `http://127.0.0.1:${port}`;
	expect(await post(port, { origin: own })).toBe(401);
	expect(
		await post(port, { origin: own, 'x-forwarded-host': 'evil.example', 'x-skein-protocol': 'https' })
	).toBe(401);
	expect(await post(port, { origin: 'https://evil.example' })).toBe(403);
	expect(
		await post(port, {
			origin: 'https://evil.example',
			'x-forwarded-host': 'evil.example',
			'x-forwarded-proto': 'https'
		})
	).toBe(403);
});

test('an upgrade that is not for the relay ends', async ({ relay }) => {
	const socket = connect({ port: relay.port ?? 0, host: '127.0.0.1' });
	socket.write(
		'GET /elsewhere HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
			'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: c2tlaW4gc2tlaW4gc2tlaQ==\r\n\r\n'
	);
	socket.on('error', () => socket.destroy());
	await new Promise<void>((resolve) => socket.on('close', () => resolve()));
});

test('half a request to the built server is cut within its limits', async ({ relay }) => {
	const { headersTimeout, connectionsCheckingInterval } = HTTP_LIMITS;
	// Node's own limit for headers is a minute.
	test.setTimeout(2 * (headersTimeout + connectionsCheckingInterval));
	const socket = connect({ port: relay.port ?? 0, host: '127.0.0.1' });
	let said = '';
	socket.on('data', (bytes) => (said += bytes));
	socket.on('error', () => socket.destroy());
	const cut = once(socket, 'close');
	socket.write('POST /api/login HTTP/1.1\r\nHost: localhost\r\n');
	await cut;
	expect(said).toMatch(/^HTTP\/1\.1 408 [^]*"code":"too_slow"/);
});
