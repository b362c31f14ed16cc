import { describe, expect, test } from 'vitest';
import type { RoomStore } from './ports';

const bytes = (...values: number[]) => new Uint8Array(values);

/** What every store of rooms keeps to. `reopen` gives a store on the same data, as after a restart. */
export function roomStoreContract(
	name: string,
	open: () => { store: RoomStore; reopen: () => RoomStore }
): void {
	describe(`${name} keeps to the contract of room stores`, () => {
		test('a room that nothing was written in is empty', async () => {
			expect(await open().store.load('c/x/0')).toEqual([]);
		});

		test('updates come back in the order in which they were appended, each room by itself', async () => {
			const { store, reopen } = open();
			await store.append([
				{ room: 'one', update: bytes(1) },
				{ room: 'two', update: bytes(2) },
				{ room: 'one', update: bytes(3) }
			]);
			await store.append([{ room: 'one', update: bytes(4, 4) }]);
			for (const held of [store, reopen()]) {
				expect(await held.load('one')).toEqual([bytes(1), bytes(3), bytes(4, 4)]);
				expect(await held.load('two')).toEqual([bytes(2)]);
			}
		});

		test('what was appended is not changed by who gave it', async () => {
			const { store } = open();
			const update = bytes(1, 2);
			await store.append([{ room: 'one', update }]);
			update[0] = 9;
			expect(await store.load('one')).toEqual([bytes(1, 2)]);
		});

		test('a key names the entry that was written under it first', async () => {
			const { store, reopen } = open();
			const key = { user: 'alice', key: 'k' };
			await store.append([{ room: 'one', update: bytes(1), keys: [{ ...key, entry: '0.1.0' }] }]);
			await store.append([{ room: 'one', update: bytes(2), keys: [{ ...key, entry: '0.2.0' }] }]);
			for (const held of [store, reopen()]) {
				expect(await held.entryOfKey('one', 'alice', 'k')).toBe('0.1.0');
				expect(await held.entryOfKey('one', 'bob', 'k')).toBeUndefined();
				expect(await held.entryOfKey('two', 'alice', 'k')).toBeUndefined();
			}
		});

		test('a batch with something that cannot be stored stores nothing', async () => {
			const { store } = open();
			const broken = { room: 'one', update: undefined as unknown as Uint8Array };
			await expect(store.append([{ room: 'one', update: bytes(1) }, broken])).rejects.toThrow();
			expect(await store.load('one')).toEqual([]);
		});
	});
}
