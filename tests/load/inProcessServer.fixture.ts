/**
 * The whole server inside the test: its routes, its relay and its SQLite file behind one HTTP port. Killing it ends
 * every socket without a word; what the relay has already begun to commit is still committed, unlike after a SIGKILL.
 */
import { randomBytes } from 'node:crypto';
import { createServer as createHttpServer, type IncomingMessage, type Server } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RequestEvent } from '@sveltejs/kit';
import { createHandle } from '../../src/lib/server/http/handle';
import { createLog } from '../../src/lib/server/log';
import { createServer, relayOnSqlite } from '../../src/lib/server/app';
import { findRoute } from '../../src/lib/server/testing/routeTable.fixture';
import { readSettings } from '../../src/lib/server/settings';
import type { Relay } from '../../sync-server/ports';
import type { SkeinServer } from '../../src/lib/server/skeinServer';

export interface InProcessServer {
	readonly origin: string;
	/** The folder of its data. */
	readonly data: string;
	readonly relay: { kill(): Promise<void>; restart(): Promise<void> };
	dispose(): Promise<void>;
}

export async function startInProcessServer(): Promise<InProcessServer> {
	const data = await mkdtemp(join(tmpdir(), 'skein-inside-'));
	let parts: SkeinServer | undefined;
	let http: Server | undefined;
	let port = 0;
	const sockets = new Set<Socket>();

	async function restart(): Promise<void> {
		const settings = readSettings({ SKEIN_DATA: data, SKEIN_LOG: 'silent', SKEIN_RATE_FACTOR: '0' });
		const server = await createServer(settings, {
			now: Date.now,
			randomBytes,
			log: createLog('silent'),
			makeRelay: relayOnSqlite
		});
		const relay = server.relay as Relay;
		const handle = createHandle(() => server);
		const listener = createHttpServer((incoming, outgoing) => {
			void answer(handle, incoming).then(async (response) => {
				outgoing.writeHead(response.status, Object.fromEntries(response.headers));
				outgoing.end(Buffer.from(await response.arrayBuffer()));
			});
		});
		listener.on('upgrade', (request, socket, head) => {
			if (!relay.handleUpgrade(request, socket, head)) socket.destroy();
		});
		listener.on('connection', (socket) => {
			sockets.add(socket);
			socket.on('close', () => sockets.delete(socket));
		});
		await new Promise<void>((resolve) => listener.listen(port, '127.0.0.1', resolve));
		port = (listener.address() as AddressInfo).port;
		parts = server;
		http = listener;
	}

	async function kill(): Promise<void> {
		for (const socket of sockets) socket.destroy();
		await new Promise((resolve) => (http ? http.close(resolve) : resolve(undefined)));
		http = undefined;
		await parts?.relay.close();
		parts?.closeDatabase();
		parts = undefined;
	}

	await restart();
	return {
		origin: `http://127.0.0.1:${port}`,
		data,
		relay: { kill, restart },
		async dispose() {
			await kill();
			await rm(data, { recursive: true, force: true });
		}
	};
}

async function answer(handle: ReturnType<typeof createHandle>, incoming: IncomingMessage): Promise<Response> {
	const chunks: Buffer[] = [];
	for await (const chunk of incoming) chunks.push(chunk as Buffer);
	const url = new URL(incoming.url ?? '/', `http://${incoming.headers.host}`);
	const body = chunks.length > 0 ? Buffer.concat(chunks) : undefined;
	const headers = new Headers();
	for (const [name, value] of Object.entries(incoming.headers))
		if (typeof value === 'string') headers.set(name, value);
	const request = new Request(url, { method: incoming.method, headers, body });
	const { module, params } = await findRoute(url.pathname);
	const event = { request, url, params, route: { id: null }, locals: {} } as unknown as RequestEvent;
	return handle({
		event,
		resolve: async () => {
			const route = module?.[request.method];
			return route ? route(event) : new Response('no', { status: 404 });
		}
	});
}
