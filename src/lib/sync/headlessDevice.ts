/** A device without a browser, for bots, tests and load tools: the same code over `ws` and a disk in memory. */
import { WebSocket } from 'ws';
import { createDevice, type Device } from './device';
import { createMemoryDisk, createMemoryStorage, hostTimers, type MemoryDisk } from './memoryStorage';
import { noTabs } from './tabs';
import type { DevicePorts, SocketLike, Timers } from './ports';
import type { Person } from '../domain/people';

export interface HeadlessOptions {
	readonly self: Person;
	/** For example `http://localhost:3000`. */
	readonly origin: string;
	/** As login returns it. */
	readonly token: string;
	/** What outlives the device: give the same one to open it again as it was. */
	readonly disk?: MemoryDisk;
	/** Wall clock in milliseconds. */
	readonly now?: () => number;
}

/**
 * Opens the device with all that its disk holds. It connects when `connect` is called.
 * @public for bots
 */
export function createHeadlessDevice({
	self,
	origin,
	token,
	disk = createMemoryDisk(),
	now = Date.now
}: HeadlessOptions): Promise<Device> {
	return createDevice({ self, origin, token, ports: headlessPorts({ token, disk, now }) });
}

export function headlessPorts({
	token,
	disk,
	now,
	timers = hostTimers
}: {
	token: string;
	disk: MemoryDisk;
	now: () => number;
	timers?: Timers;
}): DevicePorts {
	return {
		now,
		randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
		timers,
		// A `ws` socket has all of SocketLike; its events are merely typed with more.
		openSocket: (url) =>
			new WebSocket(url, { headers: { authorization: `Bearer ${token}` } }) as unknown as SocketLike,
		storage: createMemoryStorage(disk, timers),
		tabs: noTabs
	};
}
