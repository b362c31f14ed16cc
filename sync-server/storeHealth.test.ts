import { expect, test } from 'vitest';
import { keptLog } from './relay.fixture';
import { ManualTimers } from './manualTimers.fixture';
import { StoreHealth } from './storeHealth';

function setUp() {
	const log = keptLog();
	const timers = new ManualTimers();
	let retries = 0;
	const health = new StoreHealth({
		log,
		timers,
		retryMs: { first: 100, max: 350 },
		onRetry: () => (retries += 1)
	});
	return { health, timers, log, retries: () => retries };
}

const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });

test('a spell is told of once when it begins and once when it is over', () => {
	const { health, timers, log, retries } = setUp();
	expect(health.report).toEqual({ status: 'ok' });
	for (let i = 0; i < 5; i++) {
		health.failed(full, 1);
		timers.advance(350);
	}
	expect(health.report).toEqual({ status: 'degraded', reason: 'the disk is full' });
	expect(retries()).toBe(5);
	health.stored(['r']);
	health.stored(['r']);
	expect(health.report).toEqual({ status: 'ok' });
	expect(log.lines.map(({ message }) => message)).toEqual(['a commit failed', 'commits succeed again']);
	expect(retries()).toBe(6);
});

test('the store is tried again after 100, 200 and then every 350 ms, and holds between', () => {
	const { health, timers } = setUp();
	for (const delay of [100, 200, 350, 350]) {
		health.failed(full, 1);
		timers.advance(delay - 1);
		expect(health.holds).toBe(true);
		timers.advance(1);
		expect(health.holds).toBe(false);
	}
	health.stored([]);
	health.failed(full, 1);
	timers.advance(100);
	expect(health.holds).toBe(false);
});

test('who was put off hears of the next try, once, and at once if the store is well again before', () => {
	const { health, timers } = setUp();
	let tried = 0;
	const putOff = () => health.whenTrying(() => (tried += 1));
	health.failed(full, 1);
	putOff();
	timers.advance(99);
	expect(tried).toBe(0);
	timers.advance(1000);
	expect(tried).toBe(1);
	health.failed(full, 1);
	putOff();
	health.stored([]);
	expect(tried).toBe(2);
	timers.advance(1000);
	expect(tried).toBe(2);
});

test('a room in trouble is told of once, until it is well', () => {
	const { health, log } = setUp();
	const damaged = Object.assign(new Error('malformed'), { code: 'SQLITE_CORRUPT' });
	for (let i = 0; i < 3; i++) health.roomFailed('one', 'read', damaged);
	health.roomFailed('two', 'read', damaged);
	expect(health.report).toEqual({ status: 'degraded', reason: '2 rooms cannot be read' });
	expect(log.lines).toHaveLength(2);
	for (const room of ['one', 'two']) health.roomRead(room);
	health.roomFailed('one', 'written', damaged);
	expect(health.report.reason).toBe('1 room cannot be written');
	health.stored(['one']);
	expect(health.report).toEqual({ status: 'ok' });
	health.roomFailed('one', 'read', damaged);
	expect(log.lines).toHaveLength(4);
});
