import { expect, it, onTestFinished, vi } from 'vitest';
import { createDevice } from './device';
import { FakeSocket } from './fakeSocket.fixture';
import { createMemoryDisk, createMemoryStorage, hostTimers } from './memoryStorage';
import { noTabs } from './tabs';
import type { DevicePorts } from './ports';

/** A device that is told to connect: `openSocket` is called when it does. */
async function connecting(whenDrawn?: DevicePorts['whenDrawn']) {
	const openSocket = vi.fn((url: string) => new FakeSocket(url));
	const device = await createDevice({
		self: { id: 'aaaaaaaaaaaaaaaa', username: 'alice', displayName: 'Alice' },
		origin: 'http://kelp.example',
		ports: {
			now: () => 9_000_000,
			randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
			timers: hostTimers,
			openSocket,
			storage: createMemoryStorage(createMemoryDisk()),
			tabs: noTabs,
			whenDrawn
		}
	});
	onTestFinished(() => device.close());
	device.connect();
	return { device, openSocket };
}

it('a connection is begun behind what is shown first, and is told as begun at once', async () => {
	let draw = () => {};
	const drawn = new Promise<void>((resolve) => (draw = resolve));
	const { device, openSocket } = await connecting(() => drawn);
	// One that draws nothing has begun its own by the time that the first would have.
	const other = await connecting();
	await vi.waitFor(() => expect(other.openSocket).toHaveBeenCalled());
	expect(device.link.status).toBe('connecting');
	expect(openSocket).not.toHaveBeenCalled();
	draw();
	await vi.waitFor(() => expect(openSocket).toHaveBeenCalledTimes(1));
});
