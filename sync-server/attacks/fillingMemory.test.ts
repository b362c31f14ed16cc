/** Several accounts have the relay keep as many rooms in memory as they can. */
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { ALICE, BOB } from '../relay.fixture';
import { attackedRoom } from './bystanders.fixture';
import { CLOSE } from '../../src/lib/protocol/closeCodes';
import { docSaying } from '../writing.fixture';
import { memoryRoomStore } from '../memoryRoomStore';
import { RawLink } from '../rawLink.fixture';

const ROOM_BYTES = 20_000;
const ROOMS_EACH = 10;
const ALL_ROOMS = 20;
const ATTACKERS = ['m', 'n', 'o', 'p'].map((letter) => letter.repeat(16));

const ROOMS = (user: string, many: number) =>
	Array.from({ length: many }, (_, i) => `c/d-${user}-z${String(i).padStart(15, '0')}/0`);

test('rooms that fill the memory for all: who has more than an even part opens no other, and others open theirs', async () => {
	const store = memoryRoomStore();
	const theirs = new Map([ALICE, ...ATTACKERS].map((user) => [user, ROOMS(user, 2 * ROOMS_EACH)]));
	for (const room of [...theirs.values()].flat()) {
		const update = Y.encodeStateAsUpdate(docSaying(BOB, 'x'.repeat(ROOM_BYTES - 500)));
		await store.append([{ room, update }]);
	}
	const allOpenBytesMax = ALL_ROOMS * ROOM_BYTES;
	const { url, relay, longAttack } = await attackedRoom({
		store,
		limits: { openBytesMax: ROOMS_EACH * ROOM_BYTES, allOpenBytesMax },
		access: { access: async () => 'write' }
	});
	const openAll = async (user: string, rooms: readonly string[]): Promise<RawLink> => {
		const link = new RawLink(url, `${user}-1`);
		await link.opened;
		for (const [i, room] of rooms.entries()) link.open(i + 1, room);
		for (const i of rooms.keys())
			await expect
				.poll(() => link.heard.some((frame) => 'channel' in frame && frame.channel === i + 1))
				.toBe(true);
		return link;
	};
	await longAttack(async (underWay) => {
		const links = [];
		for (const user of ATTACKERS) links.push(await openAll(user, theirs.get(user)!));
		underWay();
		expect(relay.stats().openBytes).toBeGreaterThan(allOpenBytesMax);
		const refused = links.flatMap(({ heard }) => heard.filter(({ op }) => op === 'close'));
		expect(refused.length).toBeGreaterThan(2 * ALL_ROOMS);
		expect(refused.every((frame) => 'code' in frame && frame.code === CLOSE.tooMany)).toBe(true);
		const few = theirs.get(ALICE)!.slice(0, 3);
		const alice = await openAll(ALICE, few);
		expect(alice.heard.filter(({ op }) => op === 'close')).toEqual([]);
		expect(relay.stats().openBytes).toBeLessThan(2 * allOpenBytesMax);
		for (const link of [...links, alice]) link.socket.terminate();
		await expect.poll(() => relay.stats().openBytes).toBeLessThan(allOpenBytesMax / ALL_ROOMS);
	});
});
