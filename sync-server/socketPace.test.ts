import { describe, expect, it } from 'vitest';
import { BEGUN_BYTES_MAX, FRAME_COST, RELAY_LIMITS, UNREAD_BYTES_LOW, UNREAD_BYTES_MAX } from './limits';
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

	it('is none while much of what came waits for its turn', () => {
		const { open, pauses } = setUp();
		const { pace, read } = open();
		pace.waits(UNREAD_BYTES_MAX);
		expect(pace.isPaused).toBe(false);
		pace.waits(1);
		pace.waits(UNREAD_BYTES_LOW - UNREAD_BYTES_MAX);
		expect([read, pace.isPaused]).toEqual([['pause'], true]);
		pace.waits(-1);
		expect([read, pace.isPaused, pauses]).toEqual([['pause', 'resume'], false, []]);
	});

	it('is none until neither a debt nor what waits stands in the way, and a socket that ends is read again', () => {
		const { open, advance } = setUp();
		const { pace, budget, read } = open();
		pace.start(budget);
		pace.waits(UNREAD_BYTES_MAX + 1);
		pace.arrived(11_000);
		pace.waits(-UNREAD_BYTES_MAX);
		expect(read).toEqual(['pause']);
		pace.waits(UNREAD_BYTES_MAX);
		advance(1_000);
		expect(read).toEqual(['pause']);
		pace.end();
		pace.waits(UNREAD_BYTES_MAX);
		expect([read, pace.isPaused]).toEqual([['pause', 'resume'], false]);
	});

	it('knows of a pause that is over by the time that somebody asks, once', () => {
		const { open } = setUp();
		const { pace } = open();
		expect(pace.tookPause()).toBe(false);
		pace.waits(UNREAD_BYTES_MAX + 1);
		pace.waits(-UNREAD_BYTES_MAX);
		expect([pace.isPaused, pace.tookPause(), pace.tookPause()]).toEqual([false, true, false]);
		pace.waits(UNREAD_BYTES_MAX);
		expect([pace.tookPause(), pace.tookPause()]).toEqual([true, true]);
	});

	it('lets a user begin so much on all sockets together, until it has ended or its socket has', () => {
		const { open } = setUp();
		const [one, other] = [open(), open()];
		one.pace.begun(BEGUN_BYTES_MAX);
		one.pace.start(one.budget);
		other.pace.start(other.budget);
		expect(other.pace.mayBegin).toBe(true);
		other.pace.begun(1);
		expect([one.pace.mayBegin, other.pace.mayBegin]).toEqual([false, false]);
		other.pace.begun(-1);
		expect(one.pace.mayBegin).toBe(true);
		other.pace.begun(1);
		one.pace.end();
		expect(other.pace.mayBegin).toBe(true);
	});
});
