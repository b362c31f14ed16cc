/** Home stays small for ever, whatever is written in it and however often. */
import * as Y from 'yjs';
import { expect, it } from 'vitest';
import { Clock } from '../domain/clock';
import { createFakeTime } from './fakeSocket.fixture';
import { createMemoryDisk, createMemoryStorage, memoryLocalStore, type MemoryDisk } from './memoryStorage';
import { noTabs } from './tabs';
import { openDrafts } from './drafts';
import { openHome } from './home';
import { openRoomSync } from './roomSync';
import { readKey, readValue } from '../domain/readState';

const CONVERSATIONS = 50;
const PAGE_LOADS = 20;
/** On each page: read on in every conversation, or typed in every one, all of it gathered; and what is set by a click. */
const ROUNDS = 100;
const CLICKS = 100;
const WRITES = 100_000;
const BYTES_MAX = 20_000;
/** As home gathers what is written. */
const GATHER_MS = 400;

type Time = ReturnType<typeof createFakeTime>;

/** A page of the user's device: what it leaves on the disk is what the next one finds. */
async function openPage(disk: MemoryDisk, { now, timers }: Time) {
	const local = memoryLocalStore(disk.tables);
	const room = openRoomSync({
		room: 'home/aaaaaaaaaaaaaaaa',
		storage: createMemoryStorage(disk, timers),
		local,
		tabs: noTabs,
		whenOnline: () => () => {},
		onRelayTime: () => {}
	});
	await room.whenLoaded;
	const clock = new Clock(now);
	const home = openHome({ self: 'a'.repeat(16), deviceId: 'phone', room, clock, timers, tabs: noTabs });
	return { home, drafts: await openDrafts({ local, home, clock, tabs: noTabs }) };
}

type HomePage = Awaited<ReturnType<typeof openPage>>;

const idOf = (n: number) => `018f0000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const everyConversation = Array.from({ length: CONVERSATIONS }, (_, n) => idOf(n));

/** Further in a segment that three people write in, the ones before it behind their seals. */
function readOn({ home }: HomePage, round: number): void {
	const segment = round >> 6;
	const vector = new Map([1, 2, 3].map((client) => [client * 1_000_000_000, 2 * round]));
	for (const id of everyConversation)
		home.gather(readKey(id, home.deviceId), () =>
			readValue({ epoch: 0, through: segment - 1, vectors: new Map([[segment, vector]]) })
		);
}

async function typeOn({ drafts }: HomePage, round: number): Promise<void> {
	const text = round % 4 === 1 ? `a thought, for the ${round}th time` : '';
	await Promise.all(everyConversation.map((id) => drafts.set(id, { text })));
}

function click({ home }: HomePage, nth: number): void {
	const id = idOf(nth % 10);
	if (nth % 3 === 0) home.set(`pin/${id}`, nth % 2 === 0 || null);
	else if (nth % 3 === 1) home.set(`mute/${id}`, nth % 2 === 0 || null);
	else home.set(`setting/${nth % 5}`, nth);
}

/** An entry is two items; those that were erased count. */
const entriesWritten = ({ store }: Y.Doc): number =>
	[...store.clients.keys()].reduce((sum, client) => sum + Y.getState(store, client) / 2, 0);

it(`${WRITES} writes of read state, drafts, pins, mutes and settings leave less than ${BYTES_MAX} bytes`, async () => {
	const disk = createMemoryDisk();
	const time = createFakeTime();
	let page = await openPage(disk, time);
	for (let load = 0; load < PAGE_LOADS; load++) {
		for (let i = 0; i < ROUNDS; i++) {
			const round = load * ROUNDS + i;
			if (round % 2 === 0) readOn(page, round);
			else await typeOn(page, round);
			time.advance(GATHER_MS);
		}
		for (let i = 0; i < CLICKS; i++) click(page, load * CLICKS + i);
		await page.home.close();
		page = await openPage(disk, time);
	}
	const { doc } = page.home.room;
	expect(entriesWritten(doc)).toBeGreaterThanOrEqual(WRITES);
	expect(Y.encodeStateAsUpdate(doc).length).toBeLessThan(BYTES_MAX);
	await page.home.close();
});
