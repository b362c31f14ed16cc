/** The rooms of a device, all on its one link. A room may be read ahead of whoever is going to ask for it. */
import { oneDocEach } from './oneDocEach';
import { openRoomSync, type RoomOptions, type RoomSync } from './roomSync';
import type { DeviceProvidersOptions } from './deviceProviders';
import type { ProvideRoom } from './roomProvider';
import type { Timers } from './ports';

export interface DeviceRoomsOptions extends Omit<RoomOptions, 'room' | 'whenOnline'>, DeviceProvidersOptions {
	readonly timers: Timers;
}

export type DeviceRooms = ReturnType<typeof createDeviceRooms>;

export function createDeviceRooms(options: DeviceRoomsOptions) {
	const { link, timers } = options;
	const storage = oneDocEach(options.storage, timers);
	let provide: ProvideRoom | undefined;
	const whenOnline: RoomOptions['whenOnline'] = (start) =>
		link.whenOnline((_line, wire) => {
			start((provide ??= wire.createDeviceProviders(options)));
		});
	const ahead = new Map<string, RoomSync>();
	const make = (room: string): RoomSync => openRoomSync({ ...options, storage, room, whenOnline });

	return {
		/** Whoever opens it closes it. */
		open(room: string): RoomSync {
			const read = ahead.get(room);
			ahead.delete(room);
			return read ?? make(room);
		},
		/** Begins to read it from the disk; whoever opens it gets this one. */
		readAhead(room: string): void {
			if (!ahead.has(room)) ahead.set(room, make(room));
		},
		/** Lets go of what was read ahead and nobody has opened. */
		async closeAhead(): Promise<void> {
			const unclaimed = [...ahead.values()];
			ahead.clear();
			await Promise.all(unclaimed.map((room) => room.close()));
		}
	};
}
