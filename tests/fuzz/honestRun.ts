/**
 * Honest devices under random faults: after they have all come back, nothing was refused, all say the same, and so does
 * the relay's disk. A seed repeats what is done; the network's timing is its own.
 */
import * as Y from 'yjs';
import { ALICE, BOB, ROOM } from '../../sync-server/cast.fixture';
import { readUpdate } from '../../src/lib/protocol/updateReader';
import { HonestDevice } from './honestDevice';
import { seededRandom, type Random } from '../load/seededRandom';
import { startRestartableRelay, type RestartableRelay } from './restartableRelay';
import { RoomLogs } from '../../sync-server/roomLogs';
import { whenGivenUp } from './whenGivenUp';

export interface HonestResult {
	readonly seed: number;
	/** What must never be, in words. */
	readonly violations: readonly string[];
	readonly entries: number;
}

const CAST = [
	{ user: ALICE, room: ROOM, name: 'phone', onLink: true },
	{ user: ALICE, room: ROOM, name: 'laptop', onLink: false },
	{ user: BOB, room: ROOM, name: 'phone', onLink: true },
	{ user: BOB, room: ROOM, name: 'laptop', onLink: false },
	{ user: ALICE, room: `home/${ALICE}`, name: 'phone', onLink: true },
	{ user: ALICE, room: `home/${ALICE}`, name: 'laptop', onLink: false }
] as const;
const STEPS = 60;
const PEACE_WITHIN_MS = 30_000;

export async function honestRun(seed: number): Promise<HonestResult> {
	const random = seededRandom(seed);
	const relay = await startRestartableRelay(Date.now);
	const violations: string[] = [];
	let look = () => {};
	const devices = CAST.map(
		(options) =>
			new HonestDevice({
				...options,
				url: relay.url,
				onChange: () => look(),
				onRefused: (code) => violations.push(`${options.user} ${options.name} was refused with ${code}`)
			})
	);
	try {
		for (let i = 0; i < STEPS; i++) await step(random, devices, relay);
		for (const device of devices) device.connect();
		const peace = new Promise<void>((resolve) => {
			look = () => {
				if (haveMet(devices)) resolve();
			};
			look();
		});
		if (await whenGivenUp(peace, PEACE_WITHIN_MS)) violations.push(`no peace: ${describe(devices)}`);
		else violations.push(...(await differences(devices, relay)));
	} finally {
		look = () => {};
		for (const device of devices) device.dispose();
		await relay.dispose();
	}
	for (const [code, count] of relay.closings) violations.push(`${count} closed with ${code}`);
	violations.push(...relay.errors);
	const entries = devices.reduce((most, { doc }) => Math.max(most, entriesIn(doc)), 0);
	return { seed, violations, entries };
}

async function step(
	random: Random,
	devices: readonly HonestDevice[],
	relay: RestartableRelay
): Promise<void> {
	const device = random.pick(devices);
	const what = random.below(20);
	if (what < 10) device.act(random);
	else if (what === 10) device.disconnect();
	else if (what < 13) device.connect();
	else if (what === 13) device.reload();
	else if (what === 14) device.breakLine();
	else if (what === 15) {
		device.breakLine();
		device.act(random);
		device.act(random);
	} else if (what === 16 && random.below(3) === 0) await relay.restart();
	else for (let i = random.below(20); i >= 0; i--) await new Promise((resolve) => setImmediate(resolve));
}

const entriesIn = (doc: Y.Doc): number =>
	[...Y.decodeStateVector(Y.encodeStateVector(doc)).values()].reduce((sum, clock) => sum + clock / 2, 0);

const rooms = (devices: readonly HonestDevice[]): HonestDevice[][] =>
	[...new Set(devices.map(({ room }) => room))].map((room) =>
		devices.filter((device) => device.room === room)
	);

const isSame = (one: Y.Doc, other: Y.Doc): boolean => Y.equalSnapshots(Y.snapshot(one), Y.snapshot(other));

const haveMet = (devices: readonly HonestDevice[]): boolean =>
	devices.every(({ isSettled }) => isSettled) &&
	rooms(devices).every(([first, ...others]) => others.every(({ doc }) => isSame(doc, first!.doc)));

async function differences(devices: readonly HonestDevice[], relay: RestartableRelay): Promise<string[]> {
	const found: string[] = [];
	for (const [first] of rooms(devices)) {
		const { updates } = await relay.store.load(first!.room);
		const stored = new Y.Doc();
		const logs = new RoomLogs();
		for (const update of updates) logs.apply(readUpdate(update));
		Y.applyUpdate(stored, logs.encode());
		if (!isSame(stored, first!.doc)) found.push(`the relay's disk says something else of ${first!.room}`);
		if ((await relay.store.asides(first!.room)).length > 0)
			found.push(`${first!.room} held what cannot be read`);
	}
	return found;
}

const describe = (devices: readonly HonestDevice[]): string =>
	devices
		.map(({ doc, isSettled }) => `${entriesIn(doc)} entries${isSettled ? '' : ' (unsettled)'}`)
		.join(', ');
