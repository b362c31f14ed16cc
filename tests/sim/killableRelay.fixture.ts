/**
 * A relay on a port that stays, with a disk that outlives it. Killing it ends every socket without a word; what was on
 * its way to the disk is lost, or is there though nobody was told.
 */
import { createServer } from 'node:http';
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import type { AddressInfo, Socket } from 'node:net';
import { createRelay } from '../../sync-server/relay';
import { memoryRoomStore } from '../../sync-server/memoryRoomStore';
import type { Relay, RelayAccess } from '../../sync-server/ports';

export interface KillableRelay {
	readonly origin: string;
	/** Undefined while it is dead. */
	readonly relay: Relay | undefined;
	kill(): void;
	start(): void;
	dispose(): Promise<void>;
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const silent = { info: () => {}, warn: () => {}, error: () => {} };

type Disk = ReturnType<typeof memoryRoomStore>;

/** A process's hold on the disk: after `end` nothing it asks for is answered, and commits stop where they are. */
function holdDisk(disk: Disk): { readonly store: Disk; end(): void } {
	let ended = false;
	const stopIfEnded = async (): Promise<void> => {
		await turn();
		if (ended) throw new Error('the process is gone');
	};
	const store = new Proxy(disk, {
		get(target, name) {
			const method: unknown = Reflect.get(target, name);
			if (typeof method !== 'function') return method;
			return async (...given: unknown[]): Promise<unknown> => {
				await stopIfEnded();
				const done: unknown = await Reflect.apply(method, target, given);
				await stopIfEnded();
				return done;
			};
		}
	});
	return { store, end: () => void (ended = true) };
}

export async function startKillableRelay(access: RelayAccess): Promise<KillableRelay> {
	const disk = memoryRoomStore();
	const sockets = new Set<Socket>();
	const dying: Promise<void>[] = [];
	let running: { readonly relay: Relay; readonly end: () => void } | undefined;

	const server = createServer();
	server.on('connection', (socket: Socket) => {
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
		if (!running) socket.resetAndDestroy();
	});
	server.on('upgrade', (request, socket, head) => {
		if (!running?.relay.handleUpgrade(request, socket, head)) socket.destroy();
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');

	function start(): void {
		if (running) return;
		const { store, end } = holdDisk(disk);
		running = { end, relay: createRelay({ store, access, now: Date.now, randomBytes, log: silent }) };
	}

	function kill(): void {
		if (!running) return;
		running.end();
		for (const socket of sockets) socket.resetAndDestroy();
		// Nobody hears it any more: this only stops its timers.
		dying.push(running.relay.close());
		running = undefined;
	}

	start();
	return {
		origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		get relay() {
			return running?.relay;
		},
		kill,
		start,
		async dispose() {
			kill();
			await Promise.all(dying);
			await new Promise((resolve) => server.close(resolve));
		}
	};
}
