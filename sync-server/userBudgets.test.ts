import { describe, expect, it } from 'vitest';
import { RELAY_LIMITS } from './limits';
import { UserBudgets } from './userBudgets';

const ALICE = 'aaaaaaaaaaaaaaaa';

function setUp() {
	const clock = { ms: 0 };
	const limits = { ...RELAY_LIMITS, socketsMax: 2, bytes: { perSecond: 100, burst: 1_000 } };
	return { clock, budgets: new UserBudgets(limits, () => clock.ms) };
}

describe('the budgets of users', () => {
	it('are one for all sockets of a user', () => {
		const { budgets } = setUp();
		expect(budgets.enter(ALICE)?.spend('bytes', 800)).toBe(0);
		expect(budgets.enter(ALICE)?.spend('bytes', 300)).toBe(1_000);
		expect(budgets.enter('bbbbbbbbbbbbbbbb')?.spend('bytes', 1_000)).toBe(0);
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
});
