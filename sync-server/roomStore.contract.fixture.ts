import { describe, expect, test } from 'vitest';
import type { RoomStore } from './roomStore';

const bytes = (...values: number[]) => new Uint8Array(values);
const CONVERSATION = 'd-aaaaaaaaaaaaaaaa-bbbbbbbbbbbbbbbb';
const [ONE, TWO, HOME] = [`c/${CONVERSATION}/0`, `c/${CONVERSATION}/1`, 'home/aaaaaaaaaaaaaaaa'] as const;
const update = (room: string, ...values: number[]) => ({ room, update: bytes(...values) });

/** What every store of rooms keeps to. `reopen` gives a store on the same data, as after a restart. */
export function roomStoreContract(
	name: string,
	open: () => { store: RoomStore; reopen: () => RoomStore }
): void {
	describe(`${name} keeps to the contract of room stores`, () => {
		const updatesOf = async (store: RoomStore, room: string) => (await store.load(room)).updates;

		test('a room that nothing was written in is empty, at position 0', async () => {
			expect(await open().store.load(ONE)).toEqual({ updates: [], position: 0 });
			expect(await open().store.position(ONE)).toBe(0);
		});

		test('updates come back in the order in which they were appended, each room by itself', async () => {
			const { store, reopen } = open();
			await store.append([update(ONE, 1), update(TWO, 2), update(ONE, 3)]);
			await store.append([update(ONE, 4, 4)]);
			for (const held of [store, reopen()]) {
				expect(await updatesOf(held, ONE)).toEqual([bytes(1), bytes(3), bytes(4, 4)]);
				expect(await updatesOf(held, TWO)).toEqual([bytes(2)]);
			}
		});

		test('what was appended is not changed by who gave it', async () => {
			const { store } = open();
			const given = bytes(1, 2);
			await store.append([{ room: ONE, update: given }]);
			given[0] = 9;
			expect(await updatesOf(store, ONE)).toEqual([bytes(1, 2)]);
		});

		test('tells what a user takes of all rooms, by what was told last of each', async () => {
			const { store, reopen } = open();
			const share = (user: string, bytes: number) => ({ shares: [{ user, bytes }] });
			await store.append([
				{ ...update(ONE, 1), ...share('alice', 10) },
				{ ...update(TWO, 1), ...share('alice', 5) },
				{ ...update(ONE, 2), ...share('bob', 7) }
			]);
			const last = await store.append([{ ...update(ONE, 3), ...share('alice', 20) }, update(ONE, 4)]);
			await store.replace([{ room: ONE, through: last, update: bytes(9) }]);
			for (const held of [store, reopen()]) {
				expect(await held.shareOf('alice')).toBe(25);
				expect(await held.shareOf('bob')).toBe(7);
				expect(await held.shareOf('carol')).toBe(0);
				expect(await held.writtenBy('alice')).toEqual([ONE, TWO]);
				expect(await held.writtenBy('carol')).toEqual([]);
			}
		});

		test('a key names the entry that was written under it first', async () => {
			const { store, reopen } = open();
			const key = { scope: 'one', user: 'alice', key: 'k' };
			await store.append([{ ...update(ONE, 1), keys: [{ ...key, entry: '0.1.0' }] }]);
			await store.append([{ ...update(ONE, 2), keys: [{ ...key, entry: '0.2.0' }] }]);
			for (const held of [store, reopen()]) {
				expect(await held.entryOfKey('one', 'alice', 'k')).toBe('0.1.0');
				expect(await held.entryOfKey('one', 'bob', 'k')).toBeUndefined();
				expect(await held.entryOfKey('two', 'alice', 'k')).toBeUndefined();
			}
		});

		test('a batch with something that cannot be stored stores nothing', async () => {
			const { store } = open();
			const broken = { room: ONE, update: undefined as unknown as Uint8Array };
			await expect(store.append([update(ONE, 1), broken])).rejects.toThrow();
			expect(await updatesOf(store, ONE)).toEqual([]);
		});

		test('positions only rise, over restarts too', async () => {
			const { store, reopen } = open();
			const first = await store.append([update(ONE, 1), update(TWO, 1)]);
			const second = await store.append([update(ONE, 2)]);
			const third = await reopen().append([update(ONE, 3)]);
			expect([first > 0, second > first, third > second]).toEqual([true, true, true]);
			expect(await store.position(ONE)).toBe(third);
			expect((await store.load(ONE)).position).toBe(third);
			expect(await store.position(TWO)).toBe(first);
		});

		test('tells what changed since a position, in that order, of the asked scopes alone', async () => {
			const { store, reopen } = open();
			const first = await store.append([update(TWO, 1), update(ONE, 1), update(HOME, 1)]);
			const second = await store.append([update(TWO, 2)]);
			for (const held of [store, reopen()]) {
				const since = async (position: number, ...scopes: string[]) => {
					const { rooms, newest } = await held.changedSince(position, scopes);
					expect(newest).toBe(second);
					return rooms.map(({ room }) => room);
				};
				expect(await since(0, CONVERSATION, 'aaaaaaaaaaaaaaaa')).toEqual([ONE, HOME, TWO]);
				expect(await since(0, CONVERSATION)).toEqual([ONE, TWO]);
				expect(await since(first, CONVERSATION, 'aaaaaaaaaaaaaaaa')).toEqual([TWO]);
				expect(await since(second, CONVERSATION)).toEqual([]);
				expect(await since(0)).toEqual([]);
			}
		});

		test('tells of them in pages, of which each begins where the one before ended, whatever was asked first', async () => {
			const { store, reopen } = open();
			const newest = await store.append([update(TWO, 1), update(ONE, 1), update(HOME, 1)]);
			for (const held of [store, reopen()]) {
				const page = async (position: number, behind?: number) =>
					(await held.changedSince(position, [CONVERSATION, 'aaaaaaaaaaaaaaaa'], { limit: 2, behind })).rooms;
				for (const position of [0, newest + 1]) {
					const first = await page(position);
					expect(first.map(({ room }) => room)).toEqual([TWO, ONE]);
					const second = await page(position, first[1]!.position);
					expect(second.map(({ room }) => room)).toEqual([HOME]);
					expect(await page(position, newest)).toEqual([]);
				}
			}
		});

		test('a position that it never gave is answered with everything', async () => {
			const { store } = open();
			const newest = await store.append([update(ONE, 1)]);
			expect((await store.changedSince(newest + 1, [CONVERSATION])).rooms).toHaveLength(1);
		});

		test('a replacement takes the place of what it was made of, and of nothing later', async () => {
			const { store, reopen } = open();
			const through = await store.append([update(ONE, 1), update(TWO, 9), update(ONE, 2)]);
			const last = await store.append([update(ONE, 3)]);
			await store.replace([{ room: ONE, through, update: bytes(12) }]);
			for (const held of [store, reopen()]) {
				expect(await held.load(ONE)).toEqual({ updates: [bytes(12), bytes(3)], position: last });
				expect(await updatesOf(held, TWO)).toEqual([bytes(9)]);
			}
			await store.replace([{ room: ONE, through: last, update: bytes(123) }]);
			expect(await store.load(ONE)).toEqual({ updates: [bytes(123)], position: last });
			expect((await store.changedSince(through, [CONVERSATION])).rooms).toEqual([
				{ room: ONE, position: last }
			]);
			expect(await reopen().append([update(TWO, 1)])).toBeGreaterThan(last);
		});

		test('a replacement of some in the midst leaves those before and behind it as they are', async () => {
			const { store, reopen } = open();
			const first = await store.append([update(ONE, 1)]);
			const second = await store.append([update(ONE, 2), update(TWO, 9), update(ONE, 3)]);
			const last = await store.append([update(ONE, 4)]);
			await store.replace([{ room: ONE, behind: first, through: second, update: bytes(23) }]);
			for (const held of [store, reopen()]) {
				expect(await held.load(ONE)).toEqual({ updates: [bytes(1), bytes(23), bytes(4)], position: last });
				expect(await updatesOf(held, TWO)).toEqual([bytes(9)]);
			}
			await store.replace([{ room: ONE, behind: last, through: last + 1, update: bytes(5) }]);
			expect(await updatesOf(store, ONE)).toHaveLength(3);
		});

		test('is read piece by piece, as far as one wants', async () => {
			const { store, reopen } = open();
			await store.append([update(ONE, 1), update(TWO, 9), update(ONE, 2, 2), update(ONE, 3)]);
			for (const held of [store, reopen()]) {
				const read: number[][] = [];
				for (let behind = 0; ;) {
					const placed = await held.read(ONE, behind, 3);
					read.push(placed.map((one) => one.bytes[0]!));
					const last = placed.at(-1);
					if (!last) break;
					behind = last.position;
				}
				expect(read).toEqual([[1, 2], [3], []]);
				expect(await held.read(ONE, 0, 0)).toHaveLength(1);
			}
		});

		test('what cannot be read is put aside by who replaces it, and stays there', async () => {
			const { store, reopen } = open();
			const first = await store.append([update(ONE, 1), update(ONE, 2)]);
			const aside = [{ bytes: bytes(2), reason: 'cut short' }];
			await store.replace([{ room: ONE, through: first, update: bytes(1), aside }]);
			const second = await store.append([update(ONE, 3)]);
			const another = { bytes: bytes(3), reason: 'a gap' };
			await store.replace([{ room: ONE, through: second, update: bytes(1), aside: [another] }]);
			for (const held of [store, reopen()]) {
				expect(await held.asides(ONE)).toEqual([...aside, another]);
				expect(await held.asides(TWO)).toEqual([]);
				expect(await updatesOf(held, ONE)).toEqual([bytes(1)]);
			}
		});

		test('replacing what is empty does nothing', async () => {
			const { store } = open();
			await store.replace([{ room: ONE, through: 5, update: bytes(1) }]);
			expect(await store.load(ONE)).toEqual({ updates: [], position: 0 });
		});

		test('a probe changes nothing that anybody sees', async () => {
			const { store, reopen } = open();
			const last = await store.append([update(HOME, 1)]);
			for (let i = 0; i < 3; i++) await store.probe();
			expect(await reopen().load(HOME)).toEqual({ updates: [bytes(1)], position: last });
			expect(await store.append([update(HOME, 2)])).toBe(last + 1);
		});

		test('remembers where something was erased until that is said to be clean', async () => {
			const { store, reopen } = open();
			await store.append([update(HOME, 1), { ...update(TWO, 1), erased: 'nothing' }]);
			const through = await store.append([{ ...update(ONE, 1), erased: 'bodies' }]);
			await store.append([{ ...update(TWO, 2), erased: 'entries' }, update(TWO, 3)]);
			expect(new Set(await reopen().erased())).toEqual(new Set([ONE, TWO]));
			const later = await store.append([{ ...update(ONE, 2), erased: 'bodies' }]);
			await store.replace([{ room: ONE, through: later, update: bytes(1) }]);
			expect(await store.erased()).toContain(ONE);
			await store.replace([], [{ room: ONE, through }]);
			expect(await store.erased()).toContain(ONE);
			await store.replace([], [{ room: ONE, through: later }]);
			expect(await reopen().erased()).toEqual([TWO]);
			expect(await store.scrub()).toBe(true);
		});
	});
}
