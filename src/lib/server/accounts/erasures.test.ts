import { afterEach, expect, it } from 'vitest';
import { Erasures } from './erasures';
import { openDatabase } from '../database';
import { createLog } from '../log';
import { UserStore } from './userStore';
import { segmentRoom } from '../../protocol/rooms';

const ALICE = 'a'.repeat(16);
const ROOMS = [0, 1, 2].map((n) => segmentRoom('018f0000-0000-7000-8000-000000000001', n));

const db = openDatabase(':memory:');
afterEach(() => void db.close());

it('a room in which it failed is tried again by itself, and the others are not', async () => {
	new UserStore(db).insert({ id: ALICE, username: 'alice', displayName: 'Alice', createdAt: 1 });
	const asked: string[] = [];
	const timers: (() => void)[] = [];
	let broken: string | undefined = ROOMS[1];
	const erasures = new Erasures({
		db,
		relay: {
			writtenBy: async () => ROOMS,
			erase: async (room) => {
				asked.push(room);
				if (room === broken) throw new Error('a damaged page');
			},
			health: () => ({ status: 'ok' })
		},
		now: () => 1,
		after: (_, callback) => {
			timers.push(callback);
			return () => void timers.splice(timers.indexOf(callback), 1);
		},
		log: createLog('silent')
	});
	erasures.add(ALICE, 'all');
	await erasures.run();
	expect(asked.sort()).toEqual(ROOMS);
	expect(timers).toHaveLength(1);
	broken = undefined;
	timers.shift()?.();
	await expect.poll(() => erasures.progress()).toEqual([]);
	expect(asked.filter((room) => room === ROOMS[1])).toHaveLength(2);
	expect(asked).toHaveLength(4);
	expect(timers).toEqual([]);
});
