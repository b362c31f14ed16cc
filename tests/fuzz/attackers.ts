/** Connections that send whatever they are given, and begin anew when they are refused. */
import { WebSocket } from 'ws';
import { decodeLinkFrame, encodeLinkFrame } from '../../src/lib/protocol/linkFrames';

/** One attempt settles once the relay has read all of it, or has refused it. */
export interface Attacker {
	attempt(messages: readonly Uint8Array[]): Promise<void>;
	end(): void;
}

export interface AttackerOptions {
	readonly url: string;
	readonly session: string;
	readonly room: string;
}

/** A socket of a room: a new one after each refusal. */
export function socketAttacker({ url, session, room }: AttackerOptions): Attacker {
	let socket: WebSocket | undefined;

	async function opened(): Promise<WebSocket | undefined> {
		if (socket?.readyState === WebSocket.OPEN) return socket;
		const fresh = open(`${url}/${room}`, session);
		socket = fresh;
		// The relay asks with a sync step 1 once the room can be written.
		await settled(fresh, 'message');
		return fresh.readyState === WebSocket.OPEN ? fresh : undefined;
	}

	return {
		async attempt(messages) {
			const ready = await opened();
			if (!ready) return;
			for (const message of messages) ready.send(message);
			ready.ping();
			await settled(ready, 'pong');
		},
		end: () => socket?.terminate()
	};
}

/** A link, and on it a channel of the room: a new one after each refusal. */
export function linkAttacker({ url, session, room }: AttackerOptions) {
	let socket: WebSocket | undefined;
	let channel = 0;
	let isOpen = false;
	let onFrame = (_op: string) => {};

	async function online(): Promise<WebSocket> {
		if (socket?.readyState === WebSocket.OPEN) return socket;
		const fresh = open(url, session);
		socket = fresh;
		isOpen = false;
		fresh.on('message', (data: Buffer) => {
			const frame = decodeLinkFrame(new Uint8Array(data));
			if (!frame || (frame.channel !== 0 && frame.channel !== channel)) return;
			if (frame.op === 'close') isOpen = false;
			onFrame(frame.op);
		});
		fresh.on('close', () => onFrame('gone'));
		await settled(fresh, 'open');
		return fresh;
	}

	const hears = (...ops: string[]): Promise<void> =>
		new Promise((resolve) => {
			onFrame = (op) => {
				if (ops.includes(op)) resolve();
			};
			if (socket?.readyState !== WebSocket.OPEN) resolve();
		});

	async function openChannel(link: WebSocket): Promise<void> {
		channel += 1;
		isOpen = true;
		link.send(encodeLinkFrame({ op: 'open', channel, room, query: '' }));
		await hears('data', 'close', 'gone');
	}

	async function sendAll(link: WebSocket, frames: readonly Uint8Array[]): Promise<void> {
		for (const frame of frames) link.send(frame);
		link.send(encodeLinkFrame({ op: 'ping', channel: 0 }));
		await hears('pong', 'gone');
	}

	return {
		async attempt(messages: readonly Uint8Array[]) {
			const link = await online();
			if (!isOpen) await openChannel(link);
			await sendAll(
				link,
				messages.map((data) => encodeLinkFrame({ op: 'data', channel, data }))
			);
		},
		/** Frames of a link, as they are. */
		async attemptRaw(frames: readonly Uint8Array[]) {
			await sendAll(await online(), frames);
			// Whatever they did to its channels: it begins with a new one.
			isOpen = false;
			channel += 1_000;
		},
		end: () => socket?.terminate()
	};
}

function open(url: string, session: string): WebSocket {
	const socket = new WebSocket(url, { headers: { authorization: `Bearer ${session}` } });
	// The close that follows is what counts.
	socket.on('error', () => socket.terminate());
	return socket;
}

/** Settles with the event, or when the socket is closed. */
function settled(socket: WebSocket, event: string): Promise<void> {
	if (socket.readyState === WebSocket.CLOSED) return Promise.resolve();
	return new Promise((resolve) => {
		const finish = () => {
			socket.off(event, finish);
			socket.off('close', finish);
			resolve();
		};
		socket.on(event, finish);
		socket.on('close', finish);
	});
}
