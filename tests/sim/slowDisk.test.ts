/** A disk that takes its time. */
import { expect, it, onTestFinished } from 'vitest';
import { createDevice } from '../../src/lib/sync/device';
import { createFakeTime } from '../../src/lib/sync/fakeSocket.fixture';
import { createMemoryDisk } from '../../src/lib/sync/memoryStorage';
import { headlessPorts } from '../../src/lib/sync/headlessDevice';
import { parseRoom } from '../../src/lib/protocol/rooms';

const ALICE = { id: 'a'.repeat(16), username: 'alice', displayName: 'Alice' };
const ID = `d-${ALICE.id}-${'b'.repeat(16)}`;

it('a conversation that nobody looks at is not closed before it is known whether something of it has to leave', async () => {
	const time = createFakeTime();
	const ports = headlessPorts({
		token: 'x',
		disk: createMemoryDisk(),
		now: time.now,
		timers: time.timers
	});
	let read = () => {};
	const reading = new Promise<void>((resolve) => (read = resolve));
	const { storage } = ports;
	const device = await createDevice({
		self: ALICE,
		origin: 'http://127.0.0.1:1',
		token: 'x',
		ports: {
			...ports,
			storage: {
				...storage,
				openDoc(room, doc) {
					const opened = storage.openDoc(room, doc);
					const isSlow = 'conversation' in (parseRoom(room) ?? {});
					return isSlow ? { ...opened, whenLoaded: reading.then(() => opened.whenLoaded) } : opened;
				}
			}
		}
	});
	onTestFinished(() => device.close());
	const { sync, release } = device.conversations.use(ID);
	release();
	time.advance(10_000);
	expect(device.conversations.get(ID)).toBe(sync);
	read();
	await sync.whenLoaded;
	time.advance(10_000);
	expect(device.conversations.get(ID)).toBeUndefined();
});
