/**
 * A browser may lose what it keeps of an origin in IndexedDB: on a full disk, when it is killed in the midst of writing,
 * or when somebody clears it. What was sent comes back from the relay; what was not is gone, and that is said. How much
 * there was is remembered in another place, which browsers clear apart.
 */
import type { Device } from '../sync/device';
import type { UserId } from '../domain/ids';

const UNSENT = 'skein.unsent';

/** How many messages had not been sent when this browser lost its copy; 0 if it has one, or nothing was lost with it. */
export function unsentLost(
	device: Pick<Device, 'self' | 'unsent' | 'lastSyncedAt'>,
	storage: Storage = localStorage
): number {
	const isEmpty = device.lastSyncedAt === undefined && device.unsent === 0;
	return isEmpty ? kept(device.self.id, storage) : 0;
}

/** Keeps the count from now on. Returns the way to end that. */
export function followUnsent(
	device: Pick<Device, 'self' | 'unsent' | 'onChange'>,
	storage: Storage = localStorage
): () => void {
	const key = keyOf(device.self.id);
	return device.onChange(() => {
		const { unsent } = device;
		if (unsent === kept(device.self.id, storage)) return;
		if (unsent === 0) storage.removeItem(key);
		else storage.setItem(key, String(unsent));
	});
}

/** With the rest of what this browser has of the account. */
export const forgetUnsent = (user: UserId, storage: Storage = localStorage): void =>
	storage.removeItem(keyOf(user));

const keyOf = (user: UserId): string => `${UNSENT}.${user}`;

function kept(user: UserId, storage: Storage): number {
	const count = Number(storage.getItem(keyOf(user)) ?? 0);
	return Number.isSafeInteger(count) && count > 0 ? count : 0;
}
