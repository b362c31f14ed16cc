/** Counts and lengths are not trusted: nothing is allocated or looped over that the bytes do not hold. */
import * as encoding from 'lib0/encoding';
import { expect, test, vi } from 'vitest';
import { BOB } from '../relay.fixture';
import { attackedRoom } from './bystanders.fixture';
import {
	firstEntry,
	FORGED,
	gcStructs,
	OWN_ROOT,
	section,
	updateOf,
	varints
} from './hostileUpdates.fixture';
import { keptMeters } from '../keptMeters.fixture';
import { CLOSE } from '../../src/lib/protocol/closeCodes';
import { FRAME_BYTES_MAX, FRAME_STRUCTS_MAX, SEGMENT_ENTRIES_MAX } from '../../src/lib/domain/limits';

const MILLIONS = 33_000_000;
const ENDLESS = new Uint8Array(FRAME_BYTES_MAX - 100).fill(0x80);

/** The codes that frames are refused with, each on a connection of its own. */
async function refusalsOf(frames: readonly Uint8Array[], how: 'send' | 'sendUpdate' | 'sendStep2') {
	const { attack, attacker } = await attackedRoom();
	return attack(async () => {
		const codes = new Set<number>();
		for (const frame of frames) {
			const bob = await attacker({ session: `${BOB}-1` });
			bob[how](frame);
			codes.add((await bob.closed).code);
		}
		return [...codes];
	});
}

/** What the process takes at most, in bytes: what is let go again counts too. */
const mostBytes = () => process.resourceUsage().maxRSS * 1_000;

test('an 8-byte update that claims 33 million structs, for which no room is made', async () => {
	const claim = varints(1, MILLIONS, FORGED, 0);
	expect(claim.length).toBeLessThanOrEqual(8);
	const before = mostBytes();
	expect(await refusalsOf([claim], 'sendUpdate')).toEqual([CLOSE.badFrame]);
	expect(await refusalsOf([claim], 'sendStep2')).toEqual([CLOSE.badFrame]);
	// So many places alone take 264 MB.
	expect(mostBytes() - before).toBeLessThan(4 * MILLIONS);
});

test('33 million clients, deletes or ranges in a few bytes', async () => {
	const claims = [varints(MILLIONS), varints(0, MILLIONS), varints(0, 1, FORGED, MILLIONS)];
	expect(await refusalsOf(claims, 'sendUpdate')).toEqual([CLOSE.badFrame]);
});

test('a varint of endless length, wherever a number stands', async () => {
	expect(await refusalsOf([ENDLESS, new Uint8Array([1, ...ENDLESS])], 'sendUpdate')).toEqual([
		CLOSE.badFrame
	]);
	const messages = [[], [0], [0, 0], [0, 2], [1], [1, 2, 1]].map(
		(start) => new Uint8Array([...start, ...ENDLESS])
	);
	expect(await refusalsOf(messages, 'send')).toEqual([CLOSE.badFrame]);
});

test('a varint that is no number at all: it overflows to infinity and ends', async () => {
	const overflowing = new Uint8Array([...new Uint8Array(200).fill(0x80), 0]);
	const frames = [[], [1], [1, 1], [1, 1, FORGED], [0, 1]].map(
		(start) => new Uint8Array([...start, ...overflowing])
	);
	expect(await refusalsOf(frames, 'sendUpdate')).toEqual([CLOSE.badFrame]);
});

test('a state vector that claims 33 million clients, and one that ends nowhere', async () => {
	const step1 = (vector: Uint8Array) =>
		encoding.encode((encoder) => {
			encoding.writeVarUint(encoder, 0);
			encoding.writeVarUint(encoder, 0);
			encoding.writeVarUint8Array(encoder, vector);
		});
	const frames = [varints(MILLIONS), varints(MILLIONS, 1, 1), ENDLESS].map(step1);
	expect(await refusalsOf(frames, 'send')).toEqual([CLOSE.badFrame]);
});

test('GC structs of 16 million items, and 16 MB of GC structs', async () => {
	expect(await refusalsOf([varints(1, 1, FORGED, 0, 0, 16_000_000, 0)], 'sendUpdate')).toEqual([
		CLOSE.badFrame
	]);
	const sixteenMegabytes = Array<Uint8Array>(67).fill(gcStructs(120_000));
	expect(await refusalsOf(sixteenMegabytes, 'sendUpdate')).toEqual([CLOSE.badFrame]);
	expect(await refusalsOf([new Uint8Array(16_000_000)], 'send')).toEqual([CLOSE.tooLarge]);
});

test("GC structs in one's own log, behind an entry and in its place", async () => {
	// The writer of honest updates knows no GC: info byte, length.
	const entry = updateOf([firstEntry(OWN_ROOT)]);
	const behind = Uint8Array.from([1, 3, ...entry.subarray(2, -1), 0, ...varints(16_000_000), 0]);
	expect(await refusalsOf([behind, varints(1, 1, FORGED, 0, 0, 2, 0)], 'sendUpdate')).toEqual([
		CLOSE.badFrame
	]);
});

test('a frame of a single byte over the limit', async () => {
	expect(await refusalsOf([new Uint8Array(FRAME_BYTES_MAX + 1)], 'send')).toEqual([CLOSE.tooLarge]);
});

test.each([
	['nothing', []],
	['a client without its structs', [1]],
	['a byte behind it', [0, 0, 0]],
	['a struct that ends early', [1, 1, FORGED, 0, 3, 1, 200, 97]],
	['content past the end', [1, 1, FORGED, 0, 0x83, FORGED, 0, 200, 1, 0]],
	['a run of length 0', [1, 1, FORGED, 0, 0x81, FORGED, 0, 0, 0]],
	['a delete of length 0', [0, 1, FORGED, 1, 1, 0]],
	['a client twice', [2, 1, FORGED, 0, 0x81, FORGED, 0, 2, 1, FORGED, 0, 0x81, FORGED, 0, 2, 0]]
])('an update that is none: %s', async (_, bytes) => {
	expect(await refusalsOf([new Uint8Array(bytes)], 'sendUpdate')).toEqual([CLOSE.badFrame]);
	expect(await refusalsOf([new Uint8Array(bytes)], 'sendStep2')).toEqual([CLOSE.badFrame]);
});

test('more structs than the smallest entries of a full frame', async () => {
	const count = FRAME_STRUCTS_MAX + 1;
	const runs = encoding.encode((encoder) => {
		for (const number of [1, count, FORGED, 2]) encoding.writeVarUint(encoder, number);
		for (let i = 0; i < count; i++) encoding.writeUint8Array(encoder, new Uint8Array([0x81, FORGED, 1, 2]));
		encoding.writeVarUint(encoder, 0);
	});
	const ranges = encoding.encode((encoder) => {
		for (const number of [0, 1, FORGED, count]) encoding.writeVarUint(encoder, number);
		for (let i = 0; i < count; i++) encoding.writeUint8Array(encoder, new Uint8Array([i % 100, 1]));
	});
	const sections = encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, count);
		for (let i = 0; i < count; i++) for (const number of [0, i, 0]) encoding.writeVarUint(encoder, number);
		encoding.writeVarUint(encoder, 0);
	});
	expect(await refusalsOf([runs, ranges, sections], 'sendUpdate')).toEqual([CLOSE.badFrame]);
});

/** A log that begins with so many items that were erased before they came. */
const erasedRun = (client: number, length: number) =>
	section(client, [{ type: 'deleted', root: `${BOB}:${client}`, length }]);

test('a run of 2,147,483,646 erased items in one frame is refused: no clock may overflow', async () => {
	const run = updateOf([erasedRun(FORGED, 2 ** 31 - 2)]);
	expect(run.length).toBeLessThan(100);
	expect(await refusalsOf([run], 'sendUpdate')).toEqual([CLOSE.tooLarge]);
	expect(await refusalsOf([run], 'sendStep2')).toEqual([CLOSE.tooLarge]);
});

test('runs of erased items, which fill a segment in a few bytes, are charged as if their entries had been sent', async () => {
	const { meters, pauses } = keptMeters();
	const { attack, attacker } = await attackedRoom({
		meters,
		limits: { bytes: { perSecond: 1, burst: 1e6 } }
	});
	let isCharged = false;
	await attack(async () => {
		const bob = await attacker({ session: `${BOB}-1`, query: 'ack=1' });
		// Whoever owes that much is not read any more.
		if (isCharged) return bob.sendUpdate(updateOf([erasedRun(1, 2 * SEGMENT_ENTRIES_MAX)]));
		await bob.hears('ack');
		expect(pauses).toEqual([]);
		for (let i = 1; i <= 10; i++) bob.sendUpdate(updateOf([erasedRun(i, 2 * SEGMENT_ENTRIES_MAX)]));
		await bob.hears('ack', ({ vector }) => vector.has(1));
		// What is owed is noticed with whatever arrives next.
		bob.sendStep1();
		await vi.waitFor(() => expect(pauses).toContain('bytes'));
		isCharged = true;
		bob.socket.terminate();
	});
});
