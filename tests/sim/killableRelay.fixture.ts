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
import type { Relay, RelayAccess, RoomStore } from '../../sync-server/ports';

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

/** A process's hold on the disk: after `end` nothing it asks for is answered, and commits stop where they are. */
function heldStore(disk: RoomStore): RoomStore & { end(): void } {
	let ended = false;
	const unlessEnded = async <T>(step: () => Promise<T>): Promise<T> => {
		await turn();
		if (ended) throw new Error('the process is gone');
		const done = await step();
		await turn();
		if (ended) throw new Error('the process is gone');
		return done;
	};
	return {
		load: (room) => unlessEnded(() => disk.load(room)),
		append: (batch) => unlessEnded(() => disk.append(batch)),
		entryOfKey: (room, user, key) => unlessEnded(() => disk.entryOfKey(room, user, key)),
		end: () => void (ended = true)
	};
}

export async function startKillableRelay(access: RelayAccess): Promise<KillableRelay> {
	const disk = memoryRoomStore();
	const sockets = new Set<Socket>();
	const dying: Promise<void>[] = [];
	let running: { relay: Relay; store: ReturnType<typeof heldStore> } | undefined;

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
		const store = heldStore(disk);
		running = { store, relay: createRelay({ store, access, now: Date.now, randomBytes, log: silent }) };
	}

	function kill(): void {
		if (!running) return;
		running.store.end();
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
