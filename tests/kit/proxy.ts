/**
 * A wire that can be cut: a TCP proxy on a port that stays, in front of a server that may come and go. Browsers keep
 * the origin they know while the server behind it dies and returns on another port. Cutting works on what browsers
 * cannot fake for us: open WebSockets die, and service workers are cut off too. It can also be slow.
 */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { Lane } from './lane';

/** How bad a line is. */
export interface SlowLine {
	/** There and back, in milliseconds. */
	readonly roundTripMs?: number;
	/** In each direction, of all connections together. */
	readonly bytesPerSecond?: number;
}

export interface Proxy {
	/** On 127.0.0.1; the same from beginning to end. */
	readonly port: number;
	readonly severed: boolean;
	/** Destroys all connections and refuses new ones. Both ends see a reset, nothing is said goodbye to. */
	sever(): void;
	/** Lets new connections through again. */
	restore(): void;
	/** From now on the line has this delay and this rate; what is left out has no limit. */
	throttle(line: SlowLine): void;
	/** Keeps back what clients say, while they go on hearing the server. */
	holdUploads(): void;
	releaseUploads(): void;
	close(): Promise<void>;
}

/** `target` is asked for each connection: the port of the server now, undefined while there is none. */
export async function startProxy(target: () => number | undefined): Promise<Proxy> {
	const open = new Set<Socket>();
	let severed = false;
	const up = new Lane();
	const down = new Lane();

	const hold = (socket: Socket): void => {
		open.add(socket);
		socket.on('close', () => open.delete(socket));
		// A reset is what this proxy is for: the close that follows says enough.
		socket.on('error', () => socket.destroy());
	};
	const cut = (): void => {
		for (const socket of open) socket.resetAndDestroy();
		up.clear();
		down.clear();
	};

	const server = createServer((client) => {
		hold(client);
		const port = severed ? undefined : target();
		if (port === undefined) {
			client.resetAndDestroy();
			return;
		}
		const upstream = connect({ port, host: '127.0.0.1' });
		hold(upstream);
		client.setNoDelay(true);
		upstream.setNoDelay(true);
		up.join(client, upstream);
		down.join(upstream, client);
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(0, '127.0.0.1', resolve);
	});

	return {
		port: (server.address() as AddressInfo).port,
		get severed() {
			return severed;
		},
		sever() {
			severed = true;
			cut();
		},
		restore() {
			severed = false;
		},
		throttle({ roundTripMs = 0, bytesPerSecond = Infinity }) {
			for (const lane of [up, down]) lane.limit({ delayMs: roundTripMs / 2, bytesPerSecond });
		},
		holdUploads: () => up.hold(),
		releaseUploads: () => up.release(),
		close() {
			cut();
			return new Promise((resolve) => server.close(() => resolve()));
		}
	};
}
