/**
 * Frames of honest traffic, as devices send them: stock providers, on sockets of their own and on links, write, answer,
 * erase, set facts, show awareness, go and come back. Each recording has client ids of its own, so that its frames are
 * new to any other relay.
 */
import * as Y from 'yjs';
import { ALICE, BOB, NOW, ROOM } from '../../sync-server/cast.fixture';
import { createChannelSocketClass } from '../../src/lib/sync/channelSocket';
import { createLink } from '../../src/lib/sync/link';
import { createMemoryDisk } from '../../src/lib/sync/memoryStorage';
import { eraseOne, say, setFact, write } from '../../sync-server/writing.fixture';
import { headlessPorts } from '../../src/lib/sync/headlessDevice';
import { KIND } from '../../src/lib/domain/entry';
import { encodeReceiptBody } from '../../src/lib/domain/receiptBody';
import { socketClassFor } from '../../sync-server/sessionSocket.fixture';
import { startRestartableRelay } from './restartableRelay';
import { stockProvider } from './stockProvider';
import type { Random } from '../load/seededRandom';

export interface RecordedFrame {
	readonly user: string;
	readonly room: string;
	/** One y-websocket message. */
	readonly bytes: Uint8Array;
}

export interface Recording {
	readonly messages: readonly RecordedFrame[];
	/** Frames of links, whole. */
	readonly linkFrames: readonly Uint8Array[];
}

const DEVICES = [
	{ user: ALICE, room: ROOM, onLink: false },
	{ user: BOB, room: ROOM, onLink: true },
	{ user: BOB, room: ROOM, onLink: false },
	{ user: BOB, room: `home/${BOB}`, onLink: true }
] as const;
const DEEDS = 12;

export async function record(random: Random): Promise<Recording> {
	const relay = await startRestartableRelay(() => NOW);
	const messages: RecordedFrame[] = [];
	const linkFrames: Uint8Array[] = [];
	const ends: (() => void)[] = [];
	try {
		const devices = DEVICES.map(({ user, room, onLink }) => {
			const keep = (bytes: Uint8Array) => void messages.push({ user, room, bytes: bytes.slice() });
			const Inner = onLink
				? linkClass(relay.url, user, linkFrames, ends)
				: socketClassFor(`${user}-recorded`);
			const doc = new Y.Doc();
			const SocketClass = recordingClass(Inner, keep);
			const provider = stockProvider({ url: relay.url, room, doc, SocketClass });
			ends.push(() => {
				provider.destroy();
				doc.destroy();
			});
			return { user, doc, provider };
		});
		await Promise.all(devices.map(({ provider }) => synced(provider)));
		for (const { user, doc, provider } of devices) {
			provider.awareness.setLocalState({ user });
			for (let i = 0; i < DEEDS; i++) deed(random, doc, user);
			provider.disconnect();
			for (let i = 0; i < DEEDS / 2; i++) deed(random, doc, user);
			provider.connect();
			await synced(provider);
		}
		return { messages, linkFrames };
	} finally {
		for (const end of ends) end();
		await relay.dispose();
	}
}

function deed(random: Random, doc: Y.Doc, user: string): void {
	const log = `${user}:${doc.clientID}`;
	const what = random.below(8);
	if (what < 4) say(doc, user, 'x'.repeat(random.below(40)));
	else if (what === 4) eraseOne(doc, log, random.below(20));
	else if (what === 5) setFact(doc, user, `key ${random.below(3)}`, 'value');
	else if (what === 6)
		write(doc, user, { kind: KIND.receipt, body: encodeReceiptBody({ vector: new Map([[1, 2]]) }) });
	else
		doc.transact(() => {
			say(doc, user, 'cancelled');
			eraseOne(doc, log, random.below(20));
		});
}

const synced = (provider: ReturnType<typeof stockProvider>): Promise<void> =>
	new Promise((resolve) => {
		if (provider.synced) return resolve();
		provider.once('sync', () => resolve());
	});

function recordingClass(Inner: typeof globalThis.WebSocket, keep: (bytes: Uint8Array) => void) {
	return class extends Inner {
		override send(...[data]: Parameters<globalThis.WebSocket['send']>): void {
			// A provider sends nothing else.
			if (data instanceof Uint8Array) keep(data);
			super.send(data);
		}
	} as typeof globalThis.WebSocket;
}

function linkClass(url: string, user: string, frames: Uint8Array[], ends: (() => void)[]) {
	const ports = headlessPorts({ token: `${user}-link`, disk: createMemoryDisk(), now: Date.now });
	const openSocket: typeof ports.openSocket = (address) => {
		const socket = ports.openSocket(address);
		const send = socket.send.bind(socket);
		socket.send = (data: Uint8Array) => {
			frames.push(data.slice());
			send(data);
		};
		return socket;
	};
	const link = createLink(url, { ...ports, openSocket });
	ends.push(() => link.disconnect());
	link.connect();
	return createChannelSocketClass(link);
}
