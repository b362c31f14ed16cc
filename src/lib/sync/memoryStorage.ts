/**
 * Storage in memory, for headless devices and tests: what outlives a device is in the `disk` that is passed in, so a
 * test can close a device and open it again.
 */
import * as Y from 'yjs';
import { holdErased } from './holdErased';
import { watchErasures } from './erasedRows';
import type { DeviceStorage, LocalStore, PictureCache, Timers } from './ports';

export interface MemoryDisk {
	readonly docs: Map<string, Uint8Array[]>;
	readonly tables: Map<string, Map<string, unknown>>;
}

export const createMemoryDisk = (): MemoryDisk => ({ docs: new Map(), tables: new Map() });

/** The timers of Node. */
export const hostTimers: Timers = {
	after(ms, callback) {
		const handle = setTimeout(callback, ms);
		return () => clearTimeout(handle);
	}
};

/** Updates of a document are merged once there are this many. */
const UPDATES_MAX = 200;

export function createMemoryStorage(
	disk: MemoryDisk = createMemoryDisk(),
	timers: Timers = hostTimers
): DeviceStorage {
	return {
		openLocal: () => memoryLocalStore(disk.tables),
		openDoc(room, doc) {
			const origin = { room };
			const kept = disk.docs.get(room) ?? [];
			disk.docs.set(room, kept);
			// Written before it was opened.
			if (doc.store.clients.size > 0) kept.push(Y.encodeStateAsUpdate(doc));
			doc.transact(() => {
				for (const update of kept) Y.applyUpdate(doc, update, origin);
			}, origin);
			const rewrite = () => void kept.splice(0, kept.length, Y.encodeStateAsUpdate(doc));
			const store = (update: Uint8Array, from: unknown) => {
				if (from === origin) return;
				kept.push(update);
				if (kept.length > UPDATES_MAX) rewrite();
			};
			doc.on('update', store);
			const erasures = watchErasures(doc, {
				timers,
				rewrite(state) {
					if (state === 'erased' || holdErased(kept.slice(1), doc)) rewrite();
					return Promise.resolve();
				}
			});
			erasures.loaded();
			return {
				origin,
				whenLoaded: Promise.resolve(),
				isRead: true,
				stored: () => Promise.resolve(),
				async readAnew() {
					for (const update of disk.docs.get(room) ?? []) Y.applyUpdate(doc, update, origin);
				},
				close: () => {
					doc.off('update', store);
					return erasures.close();
				}
			};
		},
		async deleteDoc(room) {
			disk.docs.delete(room);
		},
		openPictures: memoryPictureCache,
		onProblem: () => () => {},
		wipe: () => {
			disk.docs.clear();
			disk.tables.clear();
			return Promise.resolve();
		}
	};
}

/** Outlives nothing: what it lacks is fetched again. */
export function memoryPictureCache(): PictureCache {
	const pictures = new Map<string, Blob>();
	return {
		get: async (name) => pictures.get(name),
		put: async (name, picture) => void pictures.set(name, picture),
		delete: async (name) => void pictures.delete(name),
		names: async () => [...pictures.keys()]
	};
}

/** Values are copied on the way in and out, as IndexedDB does. */
export function memoryLocalStore(tables: Map<string, Map<string, unknown>>): LocalStore {
	const table = (name: string) => {
		const found = tables.get(name) ?? new Map<string, unknown>();
		tables.set(name, found);
		return found;
	};
	return {
		get: <T>(name: string, key: string) =>
			Promise.resolve(structuredClone(table(name).get(key)) as T | undefined),
		put: (name, key, value) => {
			table(name).set(key, structuredClone(value));
			return Promise.resolve();
		},
		delete: (name, key) => {
			table(name).delete(key);
			return Promise.resolve();
		},
		all: <T>(name: string) =>
			Promise.resolve(
				[...table(name)].map(([key, value]) => [key, structuredClone(value) as T] as [string, T])
			),
		keys: (name) => Promise.resolve([...table(name).keys()]),
		close: () => Promise.resolve()
	};
}
