/**
 * The real relay on a port that stays, over a store that outlives it, with all that it complains about. Restarting cuts
 * every socket without a word; what was on its way to the store gets there, though nobody is told.
 */
import { createServer } from 'node:http';
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import type { AddressInfo, Socket } from 'node:net';
import { accessOf, authenticate } from '../../sync-server/cast.fixture';
import { CLOSE } from '../../src/lib/protocol/closeCodes';
import { createRelay } from '../../sync-server/relay';
import { memoryRoomStore } from '../../sync-server/memoryRoomStore';
import { noMeters, type HandledFrame } from '../../sync-server/meters';
import { SlowestFrame } from './slowestFrame';
import type { Relay, RelayLog } from '../../sync-server/ports';
import type { RoomStore } from '../../sync-server/roomStore';

export interface RestartableRelay {
	/** For example `ws://127.0.0.1:4000/sync`. */
	readonly url: string;
	readonly store: RoomStore;
	/** Closings of channels and links by their code. */
	readonly closings: ReadonlyMap<number, number>;
	/** Errors in its log, in order: a relay under attack has none. */
	readonly errors: readonly string[];
	/** By its own meters, over all restarts. */
	readonly slowestFrame: HandledFrame | undefined;
	restart(): Promise<void>;
	dispose(): Promise<void>;
}

/** `now` is the relay's wall clock in milliseconds. */
export async function startRestartableRelay(now: () => number): Promise<RestartableRelay> {
	const store = memoryRoomStore();
	const errors: string[] = [];
	const closings = new Map<number, number>();
	const count = (fields: object) => {
		if ('code' in fields && typeof fields.code === 'number' && fields.code !== CLOSE.stopping)
			closings.set(fields.code, (closings.get(fields.code) ?? 0) + 1);
	};
	const log: RelayLog = {
		info: count,
		warn: count,
		error: (fields, message) => void errors.push(`${message}: ${describe(fields)}`)
	};
	const access = {
		access: accessOf,
		authenticate,
		isLoggedIn: async () => true,
		conversationsOf: async () => [],
		firstSegments: async () => new Map(),
		blockedBy: async () => [],
		writesSince: async () => 0,
		allowsOrigin: () => true
	};
	const slowest = new SlowestFrame();
	const meters = { ...noMeters, frameTook: (frame: HandledFrame) => void slowest.hear(frame) };
	const make = (): Relay => createRelay({ store, access, now, randomBytes, log, meters });

	let relay: Relay | undefined = make();
	const sockets = new Set<Socket>();
	const server = createServer();
	server.on('connection', (socket: Socket) => {
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
	});
	server.on('upgrade', (request, socket, head) => {
		socket.on('error', () => socket.destroy());
		if (!relay?.handleUpgrade(request, socket, head)) socket.destroy();
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');

	async function stop(): Promise<void> {
		const stopping = relay;
		relay = undefined;
		for (const socket of sockets) socket.destroy();
		await stopping?.close();
	}

	return {
		url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/sync`,
		store,
		closings,
		errors,
		get slowestFrame() {
			return slowest.frame;
		},
		async restart() {
			await stop();
			relay = make();
		},
		async dispose() {
			await stop();
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		}
	};
}

function describe(fields: object): string {
	const error: unknown = 'err' in fields ? fields.err : undefined;
	return error instanceof Error ? (error.stack ?? error.message) : JSON.stringify(fields);
}
