import { afterEach, beforeEach, expect, it } from 'vitest';
import { Erasures } from './erasures';
import { openDatabase } from '../database';
import type { Database } from 'better-sqlite3';
import { createLog } from '../log';
import { UserStore } from './userStore';
import { segmentRoom } from '../../protocol/rooms';

const ALICE = 'a'.repeat(16);
const ROOMS = [0, 1, 2].map((n) => segmentRoom('018f0000-0000-7000-8000-000000000001', n));

let db: Database;
let asked: string[];
let timers: (() => void)[];
/** What erasing in a room, or looking for the rooms, throws. */
let broken: Map<string, Error>;
let nowMs: number;
beforeEach(() => {
	db = openDatabase(':memory:');
	[asked, timers, broken, nowMs] = [[], [], new Map(), 1];
});
afterEach(() => void db.close());

function setup(): Erasures {
	new UserStore(db).insert({ id: ALICE, username: 'alice', displayName: 'Alice', createdAt: 1 });
	const failIn = (what: string) => {
		const error = broken.get(what);
		if (error) throw error;
	};
	return new Erasures({
		db,
		relay: {
			writtenBy: async () => (failIn('looking'), ROOMS),
			erase: async (room) => {
				asked.push(room);
				failIn(room);
			},
			health: () => ({ status: 'ok' })
		},
		now: () => nowMs,
		after: (_, callback) => {
			timers.push(callback);
			return () => void timers.splice(timers.indexOf(callback), 1);
		},
		log: createLog('silent')
	});
}

it('a room in which it failed is tried again by itself, and the others are not', async () => {
	const erasures = setup();
	broken.set(ROOMS[1]!, new Error('a damaged page'));
	erasures.add(ALICE, 'all');
	await erasures.run();
	expect(asked.sort()).toEqual(ROOMS);
	expect(timers).toHaveLength(1);
	broken.clear();
	timers.shift()?.();
	await expect.poll(() => erasures.progress()).toEqual([]);
	expect(asked.filter((room) => room === ROOMS[1])).toHaveLength(2);
	expect(asked).toHaveLength(4);
	expect(timers).toEqual([]);
});

it('why it failed, in how many rooms, and when it is tried again is told until it is done', async () => {
	const erasures = setup();
	const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
	broken.set(ROOMS[0]!, new Error('not committed', { cause: full }));
	broken.set(ROOMS[2]!, new Error('not committed', { cause: full }));
	erasures.add(ALICE, 'all');
	nowMs = 5_000;
	await erasures.run();
	const failure = { trouble: 'full', reason: 'not committed', rooms: 2, retryAt: 65_000 };
	expect(erasures.progress()).toEqual([{ user: ALICE, since: 1, conversations: 1, done: 0, failure }]);

	broken.delete(ROOMS[0]!);
	broken.set(ROOMS[2]!, Object.assign(new Error('the line broke'), { code: 'RELAY_AWAY' }));
	const trying = erasures.run();
	expect(erasures.progress()[0]?.failure).toEqual({ trouble: 'full', reason: 'not committed', rooms: 2 });
	await trying;
	expect(erasures.progress()).toMatchObject([
		{ failure: { trouble: 'away', reason: 'the line broke', rooms: 1, retryAt: 65_000 } }
	]);
	broken.clear();
	await erasures.run();
	expect(erasures.progress()).toEqual([]);
	expect(timers).toEqual([]);
});

it('what they alone could read is told of if it fails, also before its rooms have been found', async () => {
	const erasures = setup();
	erasures.add(ALICE, 'private');
	expect(erasures.progress()).toEqual([]);
	broken.set('looking', new Error('what is this?'));
	await erasures.run();
	expect(erasures.progress()).toMatchObject([
		{ conversations: undefined, failure: { trouble: 'unknown', reason: 'what is this?', rooms: 0 } }
	]);
});
