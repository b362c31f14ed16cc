/** What a browser has on its disk, as its own databases say. */
import type { Device } from './device';

/** True once a document of one of these rooms is kept with the text in it. `rooms` is the start of their names. */
export const isOnDisk = (device: Device, text: string, rooms: 'c/' | 'home/'): Promise<boolean> =>
	device.page.evaluate(
		async ([wanted, start]) => {
			const opened = <T>(request: IDBRequest<T>) =>
				new Promise<T>((resolve, reject) => {
					request.onsuccess = () => resolve(request.result);
					request.onerror = () => reject(request.error ?? new Error('not opened'));
				});
			for (const { name } of await indexedDB.databases()) {
				if (!name?.includes(`:${start}`)) continue;
				const db = await opened(indexedDB.open(name));
				const updates = await opened(db.transaction('updates').objectStore('updates').getAll());
				db.close();
				if (updates.some((bytes: Uint8Array) => new TextDecoder().decode(bytes).includes(wanted)))
					return true;
			}
			return false;
		},
		[text, rooms] as const
	);

/** True while any row of any database of this origin holds the text. */
export const isAnywhereOnDisk = (device: Device, text: string): Promise<boolean> =>
	device.page.evaluate(async (wanted) => {
		const opened = <T>(request: IDBRequest<T>) =>
			new Promise<T>((resolve, reject) => {
				request.onsuccess = () => resolve(request.result);
				request.onerror = () => reject(request.error ?? new Error('not opened'));
			});
		const holds = (value: unknown): boolean => {
			if (typeof value === 'string') return value.includes(wanted);
			if (value instanceof Uint8Array) return new TextDecoder().decode(value).includes(wanted);
			if (value instanceof Map) return [...value].some(holds);
			return typeof value === 'object' && value !== null && Object.values(value).some(holds);
		};
		for (const { name = '' } of await indexedDB.databases()) {
			const db = await opened(indexedDB.open(name));
			try {
				for (const store of db.objectStoreNames)
					if (holds(await opened(db.transaction(store).objectStore(store).getAll()))) return true;
			} finally {
				db.close();
			}
		}
		return false;
	}, text);
