/** A relay on a port of its own with a cast of people, stock providers and hand-made clients, all gone with the test. */
import { createServer, type ServerOptions } from 'node:http';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import * as Y from 'yjs';
import { WebsocketProvider } from 'y-websocket';
import { createRelay } from './relay';
import { memoryRoomStore } from './memoryRoomStore';
import { socketClassFor } from './sessionSocket.fixture';
import { accessOf, ALICE, authenticate, BOB, CONVERSATION, keptLog, NOW, ROOM } from './cast.fixture';
import type { RelayOptions } from './ports';
import type { RoomStore } from './roomStore';

export * from './cast.fixture';

// Each stock provider listens for the end of the process: hundreds of them are no leak here.
process.setMaxListeners(0);

export type StartOptions = Partial<Omit<RelayOptions, 'access'>> & {
	readonly access?: Partial<RelayOptions['access']>;
	/** Of the HTTP server that the relay's upgrades come from. */
	readonly http?: ServerOptions;
};

export async function startRelay({ access, http = {}, ...given }: StartOptions = {}) {
	const log = keptLog();
	const store: RoomStore = given.store ?? memoryRoomStore();
	const relay = createRelay({
		store,
		access: {
			authenticate,
			isLoggedIn: async () => true,
			access: accessOf,
			conversationsOf: async (user) => (user === ALICE || user === BOB ? [CONVERSATION] : []),
			firstSegments: async () => new Map(),
			blockedBy: async () => [],
			writesSince: async () => 0,
			allowsOrigin: ({ headers }) => headers.origin !== 'https://evil.example',
			...access
		},
		now: () => NOW,
		randomBytes,
		log,
		...given,
		// Time that a test lets go by at once lets nobody answer a ping: only a test of pings has any then.
		timing: { ...(given.timers && { pingEveryMs: 1e9 }), ...given.timing }
	});
	const server = createServer(http);
	server.on('upgrade', (request, socket, head) => {
		if (!relay.handleUpgrade(request, socket, head)) socket.destroy();
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	const url = `ws://127.0.0.1:${port}/sync`;
	onTestFinished(async () => {
		await relay.close();
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	});
	return { relay, store, log, url };
}

export interface ProviderOptions {
	readonly session: string;
	readonly room?: string;
	readonly doc?: Y.Doc;
	readonly params?: Record<string, string>;
	readonly SocketClass?: typeof globalThis.WebSocket;
}

/** An unmodified provider on a document, destroyed with the test. */
export function openProvider(url: string, options: ProviderOptions) {
	const { session, room = ROOM, doc = new Y.Doc(), params } = options;
	const provider = new WebsocketProvider(url, room, doc, {
		WebSocketPolyfill: options.SocketClass ?? socketClassFor(session),
		disableBc: true,
		params
	});
	provider.awareness.setLocalState(null);
	onTestFinished(() => provider.destroy());
	return provider;
}

/** Settles when the provider has synced. */
export const whenSynced = (provider: WebsocketProvider): Promise<void> =>
	new Promise((resolve) => {
		if (provider.synced) return resolve();
		provider.once('sync', () => resolve());
	});

/** Settles when the document satisfies the condition: looks now and after each update. */
export const whenHolds = (doc: Y.Doc, holds: (doc: Y.Doc) => boolean): Promise<void> =>
	new Promise((resolve) => {
		const look = () => {
			if (!holds(doc)) return;
			doc.off('update', look);
			resolve();
		};
		doc.on('update', look);
		look();
	});

/** Settles with the code when the relay closes the provider for good. */
export const whenClosed = (provider: WebsocketProvider): Promise<number> =>
	new Promise((resolve) => provider.once('closed', ({ code }: { code: number }) => resolve(code)));
