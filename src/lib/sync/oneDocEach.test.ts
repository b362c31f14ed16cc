import * as Y from 'yjs';
import { expect, it, vi } from 'vitest';
import { createMemoryDisk, createMemoryStorage, hostTimers } from './memoryStorage';
import { oneDocEach } from './oneDocEach';
import type { DeviceStorage, Timers } from './ports';

/** Storage that closes a document when the test says so, and counts those that are open. */
function createSlowStorage() {
	const inner = createMemoryStorage(createMemoryDisk());
	const waiting: (() => void)[] = [];
	let open = 0;
	let most = 0;
	const storage: DeviceStorage = {
		...inner,
		openDoc(room, doc) {
			const kept = inner.openDoc(room, doc);
			most = Math.max(most, (open += 1));
			return {
				origin: kept.origin,
				whenLoaded: kept.whenLoaded,
				isRead: true,
				stored: () => kept.stored(),
				readAnew: () => kept.readAnew(),
				async close() {
					await new Promise<void>((resolve) => waiting.push(resolve));
					await kept.close();
					open -= 1;
				}
			};
		}
	};
	/** Once it is being closed. */
	const finish = async () => {
		await vi.waitFor(() => expect(waiting).not.toEqual([]));
		waiting.shift()?.();
	};
	let closeTimeout = () => {};
	const timers: Timers = {
		...hostTimers,
		after: (_, then) => {
			closeTimeout = then;
			return () => {};
		}
	};
	return {
		storage: oneDocEach(storage, timers),
		finish,
		most: () => most,
		/** So much time goes by that nobody waits any more. */
		giveUp: () => closeTimeout()
	};
}

const textsOf = (doc: Y.Doc) => doc.getArray<string>('x').toArray();

it('a room that is opened while it is being closed is opened once that is done, with all that was written', async () => {
	const { storage, finish, most } = createSlowStorage();
	const [first, second, third] = [new Y.Doc(), new Y.Doc(), new Y.Doc()];
	const one = storage.openDoc('r', first);
	await one.whenLoaded;
	first.getArray('x').push(['before']);
	const closed = one.close();
	const two = storage.openDoc('r', second);
	second.getArray('x').push(['meanwhile']);
	expect(textsOf(second)).toEqual(['meanwhile']);
	await finish();
	await closed;
	await two.whenLoaded;
	await two.stored();
	expect(textsOf(second).sort()).toEqual(['before', 'meanwhile']);
	// Closed and opened anew: what was written while it waited was stored.
	const closedToo = two.close();
	const three = storage.openDoc('r', third);
	await finish();
	await closedToo;
	await three.whenLoaded;
	expect(textsOf(third).sort()).toEqual(['before', 'meanwhile']);
	expect(most()).toBe(1);
});

it('other rooms do not wait for one that is being closed', async () => {
	const { storage, finish } = createSlowStorage();
	const closed = storage.openDoc('r', new Y.Doc()).close();
	await storage.openDoc('s', new Y.Doc()).whenLoaded;
	await finish();
	await closed;
});

it('a room whose close never ends is opened all the same', async () => {
	const { storage, giveUp } = createSlowStorage();
	const one = storage.openDoc('r', new Y.Doc());
	await one.whenLoaded;
	void one.close();
	const again = storage.openDoc('r', new Y.Doc());
	let isLoaded = false;
	void again.whenLoaded.then(() => (isLoaded = true));
	await new Promise(setImmediate);
	expect(isLoaded).toBe(false);
	giveUp();
	await again.whenLoaded;
});
