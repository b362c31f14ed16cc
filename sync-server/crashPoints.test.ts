/** Relays that are killed at every place where it could matter: what was acked or shown to others is there, once. */
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import * as Y from 'yjs';
import { ALICE, BOB } from './relay.fixture';
import { CrashChildren, type CrashPlan, type CrashPoint } from './crash.fixture';
import { CrashDevice, segmentName, textsByClient } from './crashDevice.fixture';
import { seededRandom } from '../tests/load/seededRandom';
import { sqliteRoomStore } from './sqliteRoomStore';
import { textsOf } from './writing.fixture';

const POINTS: readonly CrashPoint[] = [
	'before append',
	'in the transaction of append',
	'during append',
	'after append',
	'between socket writes',
	'before replace',
	'in the transaction of replace',
	'during replace',
	'after replace',
	'before scrub',
	'during scrub',
	'after scrub',
	'before the next segment begins',
	'after the next segment began',
	'as it tells of a full segment'
];
/** More by hand: `CRASH_ROUNDS=500 CRASH_SEED=7 npx vitest run sync-server/crashPoints`. */
const ROUNDS = Number(process.env.CRASH_ROUNDS ?? 0);
const SEED = Number(process.env.CRASH_SEED ?? 1);
/** After so many the devices begin anew: each keeps all of its segments open. */
const ROUNDS_EACH = 15;
/** A relay that lives so long has not come to its place: the plan is wrong. */
const WRITES_MAX = 400;
const EACH_MS = 15_000;

function setUp() {
	const folder = mkdtempSync(join(tmpdir(), 'skein-crash-'));
	onTestFinished(() => rmSync(folder, { recursive: true, maxRetries: 5 }));
	const file = join(folder, 'skein.db');
	const devices = [
		new CrashDevice(ALICE, 'phone'),
		new CrashDevice(ALICE, 'desk'),
		new CrashDevice(BOB, 'bob')
	];
	onTestFinished(() => devices.forEach((device) => device.disconnect()));
	const children = new CrashChildren();

	/** Devices write until the relay is dead, each as fast as it is acked. */
	async function round(plan: Omit<CrashPlan, 'file'>, killAfterWrites = Infinity): Promise<void> {
		const { url, exited, kill } = await children.start({ ...plan, file });
		let dead = url === undefined;
		void exited.then(() => (dead = true));
		for (const device of devices) if (url !== undefined) device.connect(url);
		let writes = 0;
		const writing = devices.map(async (device) => {
			while (!dead) {
				const acked = device.nextAck();
				device.write();
				if (++writes >= killAfterWrites) kill();
				if (writes > WRITES_MAX) throw new Error(`${JSON.stringify(plan)} was not reached`);
				await Promise.race([acked, exited]);
			}
		});
		await Promise.all(writing);
		for (const device of devices) device.disconnect();
		await judge();
	}

	/** What the dead relay left, read from a copy: reading would tidy it up. */
	async function judge(): Promise<void> {
		const copy = mkdtempSync(join(folder, 'copy-'));
		for (const end of ['', '-wal'])
			if (existsSync(file + end)) copyFileSync(file + end, join(copy, `skein.db${end}`));
		const database = new Database(join(copy, 'skein.db'));
		const store = sqliteRoomStore(database, Date.now);
		expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
		for (let n = 0; n < Math.max(...devices.map(({ segments }) => segments.length)); n++) {
			const stored = new Y.Doc();
			for (const update of (await store.load(segmentName(n))).updates) Y.applyUpdate(stored, update);
			for (const device of devices) judgeSegment(device, n, stored);
			const texts = textsOf(stored);
			expect(new Set(texts).size, 'nothing stands twice').toBe(texts.length);
		}
		database.close();
		rmSync(copy, { recursive: true });
	}

	return { devices, children, file, round };
}

function judgeSegment(device: CrashDevice, n: number, stored: Y.Doc): void {
	const held = device.segments[n];
	if (!held) return;
	const { doc, acked, erased } = held;
	for (const [client, clock] of acked)
		expect(Y.getState(stored.store, client), 'what is acked is on disk').toBeGreaterThanOrEqual(clock);
	const storedTexts = textsByClient(stored);
	const standing = new Set((storedTexts.get(doc.clientID) ?? []).map(({ text }) => text));
	for (const { text, clock } of erased)
		if (clock <= (acked.get(doc.clientID) ?? 0))
			expect(standing, 'what is erased and acked is gone').not.toContain(text);
	const ownTexts = textsByClient(doc);
	for (const [client, clock] of Y.decodeStateVector(Y.encodeStateVector(doc))) {
		if (client === doc.clientID) continue;
		expect(Y.getState(stored.store, client), 'what others were shown is on disk').toBeGreaterThanOrEqual(
			clock
		);
		const shown = new Set((ownTexts.get(client) ?? []).map(({ text }) => text));
		for (const { s, text } of storedTexts.get(client) ?? [])
			if (2 * s + 2 <= clock) expect(shown, 'what others saw erased is erased').toContain(text);
	}
}

/** All devices on a relay that lives: they show the same, and all of it. */
async function converge({ devices, children, file }: ReturnType<typeof setUp>): Promise<void> {
	const { url, kill, exited } = await children.start({ file, point: 'never', passes: 0, after: 0 });
	const most = Math.max(...devices.map(({ segments }) => segments.length));
	// First what each has itself: of a segment that nobody has sent anything of, the relay knows nothing.
	for (const segments of [0, most]) {
		for (const device of devices) device.connect(url!, segments);
		await expect.poll(() => devices.flatMap(({ behind }) => behind), { timeout: EACH_MS }).toEqual([]);
	}
	const shown = ({ segments }: CrashDevice) => segments.flatMap(({ doc }) => textsOf(doc)).sort();
	const own = devices.flatMap(({ segments }) =>
		segments.flatMap(({ doc }) => (textsByClient(doc).get(doc.clientID) ?? []).map(({ text }) => text))
	);
	for (const device of devices)
		await expect.poll(() => shown(device), { timeout: EACH_MS }).toEqual([...own].sort());
	for (const device of devices) device.disconnect();
	kill();
	await exited;
}

test(
	'a relay killed before, in, during or after each thing it writes, tells or rewrites loses nothing and doubles nothing',
	async () => {
		const lab = setUp();
		const random = seededRandom(SEED);
		for (const point of POINTS) await lab.round({ point, passes: random.below(4), after: random.below(12) });
		await converge(lab);
	},
	POINTS.length * EACH_MS
);

test.runIf(ROUNDS > 0)(
	'many rounds, at places and times of chance',
	async () => {
		const random = seededRandom(SEED);
		for (let left = ROUNDS; left > 0; left -= ROUNDS_EACH) {
			const lab = setUp();
			for (let i = 0; i < Math.min(left, ROUNDS_EACH); i++) {
				const point = random.below(10) < 3 ? 'never' : random.pick(POINTS);
				const after = random.below(point.startsWith('during') ? 2_000 : 20);
				const writes = point === 'never' ? 1 + random.below(60) : Infinity;
				await lab.round({ point, passes: random.below(6), after }, writes);
			}
			await converge(lab);
		}
	},
	ROUNDS * EACH_MS
);
