/** Faults that random runs have found, each as the shortest story that shows it. */
import { afterEach, expect, it } from 'vitest';
import { CONVERSATIONS, gather, type Cast } from './cast';
import { heal, relayEntries } from './rest';
import { KIND, type EntryId } from '../../src/lib/domain/entry';
import type { SimDevice } from './simDevice';

process.setMaxListeners(0);

const [CONVERSATION] = CONVERSATIONS;

let cast: Cast;
afterEach(() => cast.dispose());

/** Alice's and Bob's devices, with nine messages of Alice's in three segments. */
async function threeSegments(devices: readonly number[]) {
	cast = await gather({ devices, limits: { segmentMessagesMax: 3, segmentEntriesMax: 100 } });
	const ids = await writeLines(cast.devices[0]!, 0, 9);
	await heal(cast, cast.devices);
	return { ids, devices: cast.devices };
}

async function writeLines(by: SimDevice, from: number, to: number): Promise<EntryId[]> {
	const sync = await by.look(CONVERSATION);
	const ids: EntryId[] = [];
	for (let i = from; i < to; i++) {
		// No two in one millisecond: then segments would overlap, and be shown with those beside them.
		by.aheadMs += 10;
		ids.push(sync.send({ text: `line ${i}.` }));
		// A segment that has just been opened is read in a later turn, and is not full before.
		await new Promise((resolve) => setImmediate(resolve));
	}
	return ids;
}

async function openAnew(device: SimDevice): Promise<readonly number[]> {
	await device.close();
	await device.start();
	return (await device.look(CONVERSATION)).openSegments;
}

const keeps = (device: SimDevice, text: string) =>
	[...device.entriesOf(CONVERSATION).values()]
		.flat()
		.some(({ body }) => body && Buffer.from(body).includes(text));

const atRelay = async (kind: number) =>
	(await relayEntries(cast.host)).get(CONVERSATION)!.filter((entry) => entry.kind === kind && entry.body);

it('what was deleted is gone from devices that keep its segment and do not show it', async () => {
	const { ids, devices } = await threeSegments([1, 1]);
	const [alice, bob] = devices;
	expect(await openAnew(bob!)).not.toContain(0);
	expect(keeps(bob!, 'line 0.')).toBe(true);
	await (await alice!.look(CONVERSATION)).remove(ids[0]!);
	await heal(cast, devices);
	expect(keeps(bob!, 'line 0.')).toBe(false);
	expect((await bob!.look(CONVERSATION)).openSegments).not.toContain(0);
});

it('a device that was away for several segments brings them all, though it shows the last ones', async () => {
	const { devices } = await threeSegments([1, 1]);
	const [alice, bob] = devices;
	await bob!.close();
	await writeLines(alice!, 9, 24);
	await heal(cast, [alice!]);
	await bob!.start();
	await heal(cast, devices);
	for (let i = 0; i < 24; i++) expect(keeps(bob!, `line ${i}.`), `line ${i}`).toBe(true);
});

it('what was done to a segment that is not shown leaves, though the device is killed right behind it', async () => {
	const { ids, devices } = await threeSegments([1, 1]);
	const [, bob] = devices;
	bob!.goOffline();
	expect(await openAnew(bob!)).not.toContain(0);
	await (await bob!.look(CONVERSATION)).react(ids[0]!, '👍', true);
	await bob!.kill();
	await bob!.start();
	await bob!.look(CONVERSATION);
	await heal(cast, devices);
	expect(await atRelay(KIND.reaction)).toHaveLength(1);
});

it('a receipt leaves, though its segment is no longer shown', async () => {
	const { devices } = await threeSegments([1, 1]);
	const [, bob] = devices;
	const sync = await bob!.look(CONVERSATION);
	bob!.goOffline();
	await sync.loadEarlier();
	const first = sync.items.find((item) => item.type === 'message')!;
	await sync.tellRead(0, new Map([[first.client, 2 * first.s + 2]]));
	await openAnew(bob!);
	await heal(cast, devices);
	expect(await atRelay(KIND.receipt)).toHaveLength(1);
});

it('an edit that arrives behind the deletion is erased everywhere, in a segment that nobody shows', async () => {
	const { ids, devices } = await threeSegments([2, 1]);
	const [one, two, bob] = devices;
	two!.goOffline();
	await (await two!.look(CONVERSATION)).edit(ids[0]!, { text: 'line 0, late' });
	await (await one!.look(CONVERSATION)).remove(ids[0]!);
	await heal(cast, [one!, bob!]);
	for (const each of [one!, bob!]) expect(await openAnew(each)).not.toContain(0);
	await heal(cast, devices);
	for (const each of devices) expect(keeps(each, 'late'), each.name).toBe(false);
	const left = (await relayEntries(cast.host)).get(CONVERSATION)!;
	expect(left.some(({ body }) => body && Buffer.from(body).includes('late'))).toBe(false);
});

it('a full segment of which only a late message is shown does not count as read with it', async () => {
	cast = await gather({ devices: [2, 1], limits: { segmentMessagesMax: 3, segmentEntriesMax: 100 } });
	const [one, two, bob] = cast.devices;
	const [first] = await writeLines(one!, 0, 2);
	await heal(cast, cast.devices);
	two!.goOffline();
	await writeLines(one!, 2, 12);
	await heal(cast, [one!, bob!]);
	two!.aheadMs = one!.aheadMs + 1_000;
	(await two!.look(CONVERSATION)).send({ text: 'late' });
	await heal(cast, cast.devices);
	expect(await openAnew(bob!)).toContain(0);
	const sync = await bob!.look(CONVERSATION);
	const shown = sync.items.filter((item) => item.type === 'message');
	const late = shown.find(({ text }) => text === 'late')!;
	expect(shown.some(({ id }) => id === first)).toBe(false);
	// The newest of all is read with what stands before it; this one was not read.
	(await one!.look(CONVERSATION)).send({ text: 'newest' });
	await heal(cast, cast.devices);
	bob!.device.reading.seen(sync, [late]);
	await sync.showEntry(first!);
	const unread = bob!.device.reading.unread(sync);
	expect([...unread.fresh, ...unread.late].map(({ id }) => id)).toContain(first);
});
