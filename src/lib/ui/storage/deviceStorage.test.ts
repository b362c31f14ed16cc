import { describe, expect, it } from 'vitest';
import { DeviceStorage } from './deviceStorage.svelte';

function manager(of: { estimate?: object; persisted?: boolean; agrees?: boolean }): StorageManager {
	let persisted = of.persisted ?? false;
	const all = {
		estimate: () => Promise.resolve(of.estimate ?? {}),
		persisted: () => Promise.resolve(persisted),
		persist: () => Promise.resolve((persisted ||= of.agrees ?? false))
	};
	return all as unknown as StorageManager;
}

describe('what this browser keeps', () => {
	it('is told by parts where the browser tells them apart', async () => {
		const usageDetails = { indexedDB: 700, caches: 200, serviceWorkerRegistrations: 100 };
		const storage = new DeviceStorage(manager({ estimate: { usage: 1_000, quota: 9e9, usageDetails } }));
		expect(storage.use).toBeUndefined();
		await storage.look();
		expect(storage.use).toEqual({ used: 1_000, allowed: 9e9, app: 300, conversations: 700 });
		expect(storage.isShort).toBe(false);
	});

	it('is told as a whole elsewhere, and not at all where the browser does not say', async () => {
		const whole = new DeviceStorage(manager({ estimate: { usage: 1_000, quota: 9e9 } }));
		await whole.look();
		expect(whole.use).toEqual({ used: 1_000, allowed: 9e9, app: undefined, conversations: undefined });
		for (const none of [new DeviceStorage(manager({})), new DeviceStorage(undefined)]) {
			await none.look();
			expect(none.use).toBeUndefined();
		}
	});

	it('is short when little is left', async () => {
		const storage = new DeviceStorage(manager({ estimate: { usage: 960e6, quota: 1e9 } }));
		await storage.look();
		expect(storage.isShort).toBe(true);
	});
});

describe('asked to keep it, a browser', () => {
	it('agrees', async () => {
		const storage = new DeviceStorage(manager({ agrees: true }));
		await storage.look();
		expect(storage.kept).toBe(false);
		await storage.askToKeep();
		expect(storage.kept).toBe(true);
		expect(storage.refused).toBe(false);
	});

	it('or does not', async () => {
		const storage = new DeviceStorage(manager({ agrees: false }));
		await storage.askToKeep();
		expect(storage.kept).toBe(false);
		expect(storage.refused).toBe(true);
	});
});
