import { describe, expect, it } from 'vitest';
import { FRAME_COST, RELAY_LIMITS } from './limits';
import { keptMeters } from './keptMeters.fixture';
import { ManualTimers } from './manualTimers.fixture';
import { SocketPace } from './socketPace';
import { UserBudgets } from './userBudgets';

function setUp() {
	const clock = { ms: 0 };
	const timers = new ManualTimers();
	const { meters, pauses } = keptMeters();
	const bytes = { perSecond: 1_000, burst: 10_000 };
	const budgets = new UserBudgets({ ...RELAY_LIMITS, bytes }, () => clock.ms);
	const open = () => {
		const budget = budgets.enter('aaaaaaaaaaaaaaaa')!;
		const read: string[] = [];
		const socket = { pause: () => read.push('pause'), resume: () => read.push('resume') };
		return { budget, read, pace: new SocketPace({ socket, timers, meters }) };
	};
	const advance = (ms: number) => {
		clock.ms += ms;
		timers.advance(ms);
	};
	return { open, advance, pauses };
}

describe('the pace of a socket', () => {
	it('is its own within the budget', () => {
		const { open, pauses } = setUp();
		const { pace, budget, read } = open();
		pace.start(budget);
		pace.arrived(10_000);
		expect([read, pauses]).toEqual([[], []]);
	});

	it('is none until what is owed is paid', () => {
		const { open, advance, pauses } = setUp();
		const { pace, budget, read } = open();
		pace.start(budget);
		pace.arrived(12_000);
		expect([read, pauses, pace.isPaused]).toEqual([['pause'], ['bytes'], true]);
		advance(1_999);
		expect(pace.isPaused).toBe(true);
		advance(1);
		expect([read, pace.isPaused]).toEqual([['pause', 'resume'], false]);
	});

	it('counts each message beside its bytes', () => {
		const { open } = setUp();
		const { pace, budget, read } = open();
		pace.start(budget);
		for (let i = 0; i < 10_000 / FRAME_COST; i++) pace.received();
		expect(read).toEqual([]);
		pace.received();
		expect(read).toEqual(['pause']);
	});

	it('waits on when another socket of the user has gone on spending', () => {
		const { open, advance } = setUp();
		const [one, other] = [open(), open()];
		one.pace.start(one.budget);
		other.pace.start(other.budget);
		one.pace.arrived(11_200);
		other.pace.arrived(800 - FRAME_COST);
		advance(1_200);
		expect(one.pace.isPaused).toBe(true);
		advance(800);
		expect([one.pace.isPaused, other.pace.isPaused]).toEqual([false, false]);
	});

	it('charges what came before the user was known', () => {
		const { open } = setUp();
		const { pace, budget, read } = open();
		pace.arrived(11_200);
		expect(read).toEqual([]);
		pace.start(budget);
		expect(read).toEqual(['pause']);
	});

	it('lets what must wait for the debt wait, and forgets it when the socket ends, which is then read again', () => {
		const { open, advance } = setUp();
		const { pace, budget, read } = open();
		const done: string[] = [];
		pace.start(budget);
		pace.whenPaid(() => done.push('at once'));
		pace.arrived(12_200);
		pace.whenPaid(() => done.push('later'));
		expect(done).toEqual(['at once']);
		advance(2_200);
		expect(done).toEqual(['at once', 'later']);
		pace.arrived(2_200);
		pace.whenPaid(() => done.push('never'));
		pace.end();
		expect(read).toEqual(['pause', 'resume', 'pause', 'resume']);
		advance(60_000);
		expect(done).toEqual(['at once', 'later']);
	});
});
