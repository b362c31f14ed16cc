import { describe, expect, it } from 'vitest';
import { RELAY_LIMITS } from './limits';
import { UserBudgets } from './userBudgets';

const ALICE = 'aaaaaaaaaaaaaaaa';
const BOB = 'bbbbbbbbbbbbbbbb';
/** Bytes of rooms: of one user, and of all. */
const [OPEN_MAX, ALL_MAX] = [1_000, 1_600];

function setUp() {
	const clock = { ms: 0 };
	const limits = {
		...RELAY_LIMITS,
		socketsMax: 2,
		bytes: { perSecond: 100, burst: 1_000 },
		openBytesMax: OPEN_MAX,
		allOpenBytesMax: ALL_MAX
	};
	return { clock, budgets: new UserBudgets(limits, () => clock.ms) };
}

describe('the budgets of users', () => {
	it('are one for all sockets of a user', () => {
		const { budgets } = setUp();
		expect(budgets.enter(ALICE)?.spend('bytes', 800)).toBe(0);
		expect(budgets.enter(ALICE)?.spend('bytes', 300)).toBe(1_000);
		expect(budgets.enter(BOB)?.spend('bytes', 1_000)).toBe(0);
	});

	it('let nobody have more sockets than they may', () => {
		const { budgets } = setUp();
		const first = budgets.enter(ALICE);
		budgets.enter(ALICE);
		expect(budgets.enter(ALICE)).toBeUndefined();
		first!.sockets -= 1;
		expect(budgets.enter(ALICE)).toBe(first);
	});

	it('are the same for who leaves and comes back, and forgotten once they are as good as new', () => {
		const { clock, budgets } = setUp();
		const budget = budgets.enter(ALICE)!;
		budget.spend('bytes', 2_000);
		budgets.sweep();
		expect(budgets.isHere(ALICE)).toBe(true);
		budget.sockets -= 1;
		budgets.sweep();
		expect(budgets.isHere(ALICE)).toBe(false);
		expect(budgets.enter(ALICE)).toBe(budget);
		expect(budget.owedMs).toBe(10_000);
		budget.sockets -= 1;
		clock.ms = 20_000;
		budgets.sweep();
		expect(budgets.size).toBe(0);
	});

	it('let nobody open more beside what they have than one may, and one room that is larger by itself', () => {
		const { budgets } = setUp();
		budgets.enter(ALICE);
		expect(budgets.takes(ALICE, 2 * OPEN_MAX, 0)).toBeUndefined();
		expect(budgets.takes(ALICE, 1, 0)).toBe(`over ${OPEN_MAX} bytes of open rooms`);
	});

	it('let everyone open what they want, within what one may, until all rooms take too much', () => {
		const { budgets } = setUp();
		budgets.enter(ALICE);
		budgets.enter(BOB);
		budgets.holds(ALL_MAX, 0);
		expect(budgets.takes(BOB, 1, 0)).toBeUndefined();
		expect(budgets.takes(ALICE, OPEN_MAX, 0)).toBeUndefined();
	});

	it('keep an even part for each who has rooms open while all rooms take too much, and no more', () => {
		const { budgets } = setUp();
		budgets.enter(ALICE);
		budgets.enter(BOB);
		budgets.takes(ALICE, OPEN_MAX - 1, 0);
		budgets.holds(ALL_MAX + 1, 0);
		expect(budgets.takes(BOB, ALL_MAX / 2, 0)).toBeUndefined();
		const full = `over an even part of ${ALL_MAX} bytes of all open rooms`;
		expect(budgets.takes(BOB, 1, 0)).toBe(full);
		expect(budgets.takes(ALICE, 1, 0)).toBe(full);
		expect(budgets.takes(BOB, 0, 1)).toBeUndefined();
		budgets.takes(ALICE, 0, OPEN_MAX);
		expect(budgets.takes(BOB, OPEN_MAX - ALL_MAX / 2, 0)).toBeUndefined();
		budgets.holds(1, ALL_MAX + 1);
		expect(budgets.allOpenBytes).toBe(1);
	});

	it('let one room take no more than the even part either, while all rooms take too much', () => {
		const { budgets } = setUp();
		budgets.enter(ALICE);
		budgets.enter(BOB);
		budgets.takes(ALICE, 1, 0);
		budgets.holds(ALL_MAX + 1, 0);
		expect(budgets.takes(BOB, ALL_MAX / 2 + 1, 0)).toBeDefined();
	});
});
