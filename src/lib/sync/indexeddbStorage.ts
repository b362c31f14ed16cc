/**
 * All that one account keeps in one browser profile: a database a room, one small database of its own, and a cache of
 * pictures.
 */
import { openIndexeddbLocalStore } from './indexeddbLocalStore';
import { openIndexeddbDoc } from './indexeddbDoc';
import { browserPictureCache, deletePictureCache } from './pictureCache';
import { createEmitter } from './emitter';
import type { DeviceStorage, StorageProblem, Timers } from './ports';
import type { UserId } from '../domain/ids';

const prefixOf = (user: UserId): string => `skein:${user}`;

export function createIndexeddbStorage(user: UserId, timers: Timers): DeviceStorage {
	const prefix = prefixOf(user);
	const problems = createEmitter<StorageProblem | undefined>();
	/** Rooms of which something is not on the disk; the account's own small database has no name. */
	const troubled = new Map<string, StorageProblem>();
	function note(room: string, problem: StorageProblem | undefined): void {
		if (problem) troubled.set(room, problem);
		else troubled.delete(room);
		problems.emit(problem ?? [...troubled.values()].at(-1));
	}
	return {
		openLocal: () => openIndexeddbLocalStore(prefix, { timers, onProblem: (problem) => note('', problem) }),
		openDoc: (room, doc) =>
			openIndexeddbDoc(`${prefix}:${room}`, doc, { timers, onProblem: (problem) => note(room, problem) }),
		deleteDoc: (room) => deleteDatabase(`${prefix}:${room}`),
		openPictures: () => browserPictureCache(prefix),
		onProblem: problems.on,
		wipe: (onLeft) => wipeAccount(user, onLeft)
	};
}

/** Deletes every database of the account in this browser profile, and its pictures; tells how many are left. */
export async function wipeAccount(user: UserId, onLeft: (left: number) => void = () => {}): Promise<void> {
	const prefix = prefixOf(user);
	const databases = await indexedDB.databases();
	const names = databases.flatMap(({ name }) =>
		name === prefix || name?.startsWith(`${prefix}:`) ? [name] : []
	);
	let left = names.length;
	onLeft(left);
	const deleting = names.map(async (name) => {
		await deleteDatabase(name);
		onLeft(--left);
	});
	await Promise.all([...deleting, deletePictureCache(prefix)]);
}

function deleteDatabase(name: string): Promise<void> {
	return new Promise((resolve, reject) => {
		const request = indexedDB.deleteDatabase(name);
		request.onsuccess = () => resolve();
		request.onerror = () => reject(request.error ?? new Error(`cannot delete ${name}`));
		// "blocked" is not the end: other tabs let go when they see the version change, then it succeeds.
	});
}
