/**
 * A relay as a process of its own that kills itself at a place it is told: `tsx crashChild.fixture.ts`, then one line of
 * JSON, a {@link CrashPlan}, on its standard input. It prints its port. It rewrites its rooms all the time, and lets
 * everybody write everywhere: `Authorization: Bearer <user>-<anything>` says who.
 */
import { createServer } from 'node:http';
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { Socket, type AddressInfo } from 'node:net';
import { Worker } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { createRelay } from './relay';
import { everybodyWrites } from './everybodyWrites.fixture';
import { sqliteRoomStore } from './sqliteRoomStore';
import { CRASH_SEGMENT_MAX, type CrashPlan, type CrashPoint } from './crash.fixture';
import type { RoomStore } from './roomStore';

const silent = { info: () => {}, warn: () => {}, error: () => {} };
const die = () => void process.kill(process.pid, 'SIGKILL');

const [line] = (await once(process.stdin, 'data')) as [Buffer];
const plan = JSON.parse(line.toString()) as CrashPlan;
let passes = 0;

/** True the time that it is this place's turn. */
const isTurn = (point: CrashPoint): boolean => plan.point === point && passes++ === plan.passes;
const pass = (point: CrashPoint): void => {
	if (isTurn(point)) die();
};

/** A thread that kills the process so many microseconds after it is let go. */
const signal = new Int32Array(new SharedArrayBuffer(4));
if (plan.point.startsWith('during')) {
	const killer = `
		const { workerData } = require('node:worker_threads');
		Atomics.wait(workerData.signal, 0, 0);
		const until = process.hrtime.bigint() + BigInt(workerData.after) * 1000n;
		while (process.hrtime.bigint() < until);
		process.kill(process.pid, 'SIGKILL');`;
	const thread = new Worker(killer, { eval: true, workerData: { signal, after: plan.after } });
	await once(thread, 'online');
}
const dieSoon = (point: CrashPoint): void => {
	if (!isTurn(point)) return;
	Atomics.store(signal, 0, 1);
	Atomics.notify(signal, 0);
};

let writesLeft = Infinity;
const write = Socket.prototype.write;
Socket.prototype.write = function (this: Socket, ...given: Parameters<typeof write>): boolean {
	const written = write.apply(this, given);
	if (writesLeft-- <= 0) die();
	return written;
} as typeof write;

const database = new Database(plan.file);
const inner = sqliteRoomStore(database, Date.now);
database.function('dies', () => (die(), 0));
database.function('is_turn', (point) => (isTurn(point as CrashPoint) ? 1 : 0));
const trigger = (name: string, on: string, point: CrashPoint) =>
	database.exec(`CREATE TEMP TRIGGER ${name} AFTER ${on} WHEN is_turn('${point}') BEGIN SELECT dies(); END`);
trigger('in_append', 'INSERT ON main.room_updates', 'in the transaction of append');
trigger('in_replace', 'DELETE ON main.room_updates', 'in the transaction of replace');

const begun = new Set<string>();
/** The first writing in a segment behind the first. */
const isNew = (room: string): boolean => {
	if (room.endsWith('/0') || begun.has(room)) return false;
	begun.add(room);
	return true;
};

const store: RoomStore = {
	...inner,
	async append(batch) {
		const begins = batch.filter(({ room }) => isNew(room)).length > 0;
		pass('before append');
		if (begins) pass('before the next segment begins');
		dieSoon('during append');
		const position = await inner.append(batch);
		pass('after append');
		if (begins) pass('after the next segment began');
		if (isTurn('between socket writes')) writesLeft = plan.after;
		return position;
	},
	async replace(replacements, clean) {
		pass('before replace');
		dieSoon('during replace');
		await inner.replace(replacements, clean);
		pass('after replace');
	},
	async scrub() {
		pass('before scrub');
		dieSoon('during scrub');
		const done = await inner.scrub();
		pass('after scrub');
		return done;
	}
};

const relay = createRelay({
	store,
	access: everybodyWrites,
	now: Date.now,
	randomBytes,
	log: silent,
	limits: { updatesMax: 3, segmentMessagesMax: CRASH_SEGMENT_MAX },
	timing: { eraseWithinMs: 1 },
	onSegment: ({ isFull }) => {
		if (isFull) pass('as it tells of a full segment');
	}
});
const server = createServer();
server.on('upgrade', (request, socket, head) => relay.handleUpgrade(request, socket, head));
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
