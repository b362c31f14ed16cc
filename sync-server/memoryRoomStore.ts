import type { RoomStore, StoredUpdate, WriteKey } from './ports';

/** A store that forgets all when the process ends: for tests, and for trying things out. */
export function memoryRoomStore(): RoomStore {
	const updates = new Map<string, Uint8Array[]>();
	const keys = new Map<string, string>();
	const nameOf = (room: string, { user, key }: Omit<WriteKey, 'entry'>) => JSON.stringify([room, user, key]);

	function keep({ room, update, keys: written = [] }: StoredUpdate): void {
		updates.set(room, [...(updates.get(room) ?? []), update]);
		for (const key of written) if (!keys.has(nameOf(room, key))) keys.set(nameOf(room, key), key.entry);
	}

	return {
		load: async (room) => [...(updates.get(room) ?? [])],
		// Copied before any is kept: all or nothing, and nobody's to change.
		append: async (batch) =>
			batch.map((stored) => ({ ...stored, update: stored.update.slice() })).forEach(keep),
		entryOfKey: async (room, user, key) => keys.get(nameOf(room, { user, key }))
	};
}
