/**
 * A relay on a port that stays, with a disk that outlives it. Killing it ends every socket without a word; what was on
 * its way to the disk is lost, or is there though nobody was told.
 */
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { memoryRoomStore } from '../../sync-server/memoryRoomStore';
import type { Relay } from '../../sync-server/ports';
import type { RoomStore } from '../../sync-server/roomStore';

/** One life of the relay: made over its disk, and told when it is over. */
export interface RelayLife {
	readonly relay: Relay;
	end(): void;
}

export interface KillableRelay {
	readonly origin: string;
	/** What lies on its disk, whether it lives or not. */
	readonly disk: RoomStore;
	/** Undefined while it is dead. */
	readonly relay: Relay | undefined;
	kill(): void;
	start(): void;
	dispose(): Promise<void>;
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A process's hold on the disk: after `end` nothing it asks for is answered, and commits stop where they are. */
function holdDisk(disk: RoomStore): { readonly store: RoomStore; end(): void } {
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

export async function startKillableRelay(live: (store: RoomStore) => RelayLife): Promise<KillableRelay> {
	const disk = memoryRoomStore();
	const sockets = new Set<Socket>();
	const dying: Promise<void>[] = [];
	let running: { readonly life: RelayLife; readonly end: () => void } | undefined;

	const server = createServer();
	server.on('connection', (socket: Socket) => {
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
		if (!running) socket.resetAndDestroy();
	});
	server.on('upgrade', (request, socket, head) => {
		if (!running?.life.relay.handleUpgrade(request, socket, head)) socket.destroy();
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');

	function start(): void {
		if (running) return;
		const { store, end } = holdDisk(disk);
		running = { end, life: live(store) };
	}

	function kill(): void {
		if (!running) return;
		running.end();
		running.life.end();
		for (const socket of sockets) socket.resetAndDestroy();
		// Nobody hears it any more: this only stops its timers.
		dying.push(running.life.relay.close());
		running = undefined;
	}

	start();
	return {
		origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		disk,
		get relay() {
			return running?.life.relay;
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
