/** A line of 100 kB a second on which a device opens everything at once: nothing is given up, and what is looked at comes first. */
import { expect, onTestFinished, test } from 'vitest';
import * as Y from 'yjs';
import { ALICE, openProvider, ROOM, startRelay, whenSynced } from './relay.fixture';
import { createChannelSocketClass } from '../src/lib/sync/channelSocket';
import { createLink } from '../src/lib/sync/link';
import { createMemoryDisk } from '../src/lib/sync/memoryStorage';
import { docSaying, textsOf } from './writing.fixture';
import { headlessPorts } from '../src/lib/sync/headlessDevice';
import { memoryRoomStore } from './memoryRoomStore';
import { startProxy } from '../tests/kit/proxy';

const BYTES_PER_SECOND = 100_000;
const ROOMS = 40;
const ROOM_TEXTS = 2;

test('40 stock providers on one link of 100 kB/s all sync, none is cut, and the open conversation is there first', async () => {
	const store = memoryRoomStore();
	const peers = Array.from({ length: ROOMS }, (_, n) => `c${String(n).padStart(15, '0')}`);
	const rooms = peers.map((peer) => `c/d-${ALICE}-${peer}/0`);
	for (const [i, room] of [...rooms, ROOM].entries()) {
		const texts = Array.from({ length: ROOM_TEXTS }, (_, n) => `${i}.${n} ${'x'.repeat(12_000)}`);
		await store.append([{ room, update: Y.encodeStateAsUpdate(docSaying(ALICE, ...texts)) }]);
	}
	const { url, log } = await startRelay({ store });
	const { port } = new URL(url);
	const proxy = await startProxy(() => Number(port));
	onTestFinished(() => proxy.close());
	proxy.throttle({ bytesPerSecond: BYTES_PER_SECOND, roundTripMs: 50 });

	const ports = headlessPorts({ token: `${ALICE}-1`, disk: createMemoryDisk(), now: Date.now });
	const link = createLink(url.replace(port, String(proxy.port)), ports);
	onTestFinished(() => link.disconnect());
	link.connect();
	const SocketClass = createChannelSocketClass(link);
	let losses = 0;
	const open = (room: string) => {
		const provider = openProvider(url, { session: '', SocketClass, room });
		provider.on('status', ({ status }: { status: string }) => {
			if (status === 'disconnected') losses += 1;
		});
		return provider;
	};
	const background = rooms.map(open);
	// Everything is on its way before the person opens one.
	await Promise.race(background.map(whenSynced));
	link.setFirst((room) => room === ROOM);
	const looked = open(ROOM);
	await whenSynced(looked);
	expect(textsOf(looked.doc)).toHaveLength(ROOM_TEXTS);
	expect(background.filter(({ synced }) => synced).length).toBeLessThan(ROOMS / 2);
	await Promise.all(background.map(whenSynced));
	for (const { doc } of background) expect(textsOf(doc)).toHaveLength(ROOM_TEXTS);
	expect(losses).toBe(0);
	expect(log.lines.filter(({ level }) => level !== 'info')).toEqual([]);
});
