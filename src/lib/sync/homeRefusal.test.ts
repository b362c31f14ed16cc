import * as Y from 'yjs';
import { describe, expect, it } from 'vitest';
import { Clock } from '../domain/clock';
import { CLOSE } from '../protocol/closeCodes';
import { createFakeTime } from './fakeSocket.fixture';
import { createHomeRefusal } from './homeRefusal';
import { EMPTY_VECTOR } from '../domain/versionVector';
import { noTabs } from './tabs';
import type { RoomStatus } from './roomSync';

function follow() {
	const time = createFakeTime();
	let connects = 0;
	const room = {
		room: 'home/aaaaaaaaaaaaaaaa',
		doc: new Y.Doc(),
		acked: EMPTY_VECTOR,
		status: { at: 'synced' } as RoomStatus,
		allTaken: true,
		connect() {
			connects += 1;
			room.status = { at: 'connecting' };
			refusal.follow();
		}
	};
	const refusal = createHomeRefusal({
		room,
		timers: time.timers,
		self: 'aaaaaaaaaaaaaaaa',
		clock: new Clock(time.now),
		tabs: noTabs
	});
	function is(status: RoomStatus, allTaken = false): void {
		Object.assign(room, { status, allTaken });
		refusal.follow();
	}
	const refuse = (code: number = CLOSE.storeFull) => is({ at: 'refused', code, reason: '' });
	return { time, refusal, is, refuse, connects: () => connects };
}

describe('home that the relay refuses', () => {
	it.each([
		['for want of space', CLOSE.storeFull, 'noSpace'],
		['as too large', CLOSE.tooLarge, 'refused'],
		['for a reason of a later version', 4450, 'refused'],
		['for want of a login', CLOSE.logIn, undefined],
		['for its stamps', CLOSE.clock, undefined]
	] as const)('%s says why', (_what, code, reason) => {
		const { refusal, refuse } = follow();
		refuse(code);
		expect(refusal.reason).toBe(reason);
	});

	it('is tried again, more and more rarely', () => {
		const { time, refuse, connects } = follow();
		const tries = Array.from({ length: 5 }, () => {
			refuse();
			// Told of more than once.
			refuse();
			const before = connects();
			let minutes = 0;
			while (connects() === before) {
				time.advance(30_000);
				minutes += 0.5;
			}
			return minutes;
		});
		expect(tries).toEqual([0.5, 1, 2, 2, 2]);
	});

	it('is tried again with a new connection, and from then on as if for the first time once it was taken', () => {
		const { time, refusal, is, refuse, connects } = follow();
		refuse();
		time.advance(30_000);
		refuse();
		refusal.askNow();
		expect(connects()).toBe(2);
		is({ at: 'synced' }, true);
		expect(refusal.reason).toBeUndefined();
		refusal.askNow();
		time.advance(3_600_000);
		expect(connects()).toBe(2);
		refuse();
		time.advance(30_000);
		expect(connects()).toBe(3);
	});

	it('stays refused while a try is under way, though what the relay has is here', () => {
		const { refusal, is, refuse } = follow();
		refuse();
		refusal.askNow();
		expect(refusal.reason).toBe('noSpace');
		is({ at: 'synced' });
		expect(refusal.reason).toBe('noSpace');
		is({ at: 'synced' }, true);
		expect(refusal.reason).toBeUndefined();
	});
});
