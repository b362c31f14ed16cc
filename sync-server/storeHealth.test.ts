import { expect, test } from 'vitest';
import { keptLog } from './relay.fixture';
import { ManualTimers } from './manualTimers.fixture';
import { StoreHealth } from './storeHealth';

const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });

function setUp() {
	const log = keptLog();
	const timers = new ManualTimers();
	let retries = 0;
	const store = { failing: true, probes: 0 };
	const probe = async () => {
		store.probes += 1;
		if (store.failing) throw full;
	};
	const health = new StoreHealth({
		log,
		timers,
		probe,
		retryMs: { first: 100, max: 350 },
		onRetry: () => (retries += 1)
	});
	/** Lets so much time go by, and a probe come to its end. */
	const pass = async (ms: number) => {
		timers.advance(ms);
		await new Promise((resolve) => setImmediate(resolve));
	};
	return { health, store, log, pass, retries: () => retries };
}

test('a spell is told of once when it begins and once when it is over', async () => {
	const { health, pass, log, retries } = setUp();
	expect(health.report).toEqual({ status: 'ok' });
	for (let i = 0; i < 5; i++) {
		health.failed(full, 1);
		await pass(350);
	}
	expect(health.report).toEqual({ status: 'degraded', reason: 'the disk is full' });
	expect(retries()).toBe(0);
	health.stored(['r']);
	health.stored(['r']);
	expect(health.report).toEqual({ status: 'ok' });
	expect(log.lines.map(({ message }) => message)).toEqual(['a commit failed', 'commits succeed again']);
	expect(retries()).toBe(1);
});

test('the store is tried after 100, 200 and then every 350 ms, and holds until it takes something', async () => {
	const { health, store, pass } = setUp();
	health.failed(full, 1);
	for (const [tries, delay] of [100, 200, 350, 350].entries()) {
		await pass(delay - 1);
		expect(store.probes).toBe(tries);
		await pass(1);
		expect([store.probes, health.holds]).toEqual([tries + 1, true]);
	}
	health.stored([]);
	expect(health.holds).toBe(false);
	await pass(1_000);
	expect(store.probes).toBe(4);
	health.failed(full, 1);
	await pass(100);
	expect(store.probes).toBe(5);
});

test('a spell ends with a probe that succeeds, though nobody writes', async () => {
	const { health, store, pass, log, retries } = setUp();
	health.failed(full, 1);
	await pass(100);
	store.failing = false;
	await pass(200);
	expect([health.report, health.holds, retries()]).toEqual([{ status: 'ok' }, false, 1]);
	expect(log.lines.map(({ message }) => message)).toEqual(['a commit failed', 'commits succeed again']);
	await pass(1_000);
	expect(store.probes).toBe(2);
});

test('a store that takes probes and nothing else is not tried ever faster', async () => {
	const { health, store, pass } = setUp();
	store.failing = false;
	for (const [tries, delay] of [100, 200, 350, 350].entries()) {
		health.failed(full, 1);
		await pass(delay - 1);
		expect(store.probes).toBe(tries);
		await pass(1);
		expect(health.report).toEqual({ status: 'ok' });
	}
});

test('a probe that comes back behind the end changes nothing', async () => {
	const { health, store, pass, log, retries } = setUp();
	store.failing = false;
	health.failed(full, 1);
	const passed = pass(100);
	health.end();
	await passed;
	expect([store.probes, retries()]).toEqual([1, 0]);
	expect(log.lines.map(({ message }) => message)).toEqual(['a commit failed']);
});

test('who was put off hears once that the store takes something, also if something else was stored before', async () => {
	const { health, store, pass } = setUp();
	let tried = 0;
	const putOff = () => health.whenTrying(() => (tried += 1));
	health.failed(full, 1);
	putOff();
	await pass(1_000);
	expect(tried).toBe(0);
	store.failing = false;
	await pass(1_000);
	expect(tried).toBe(1);
	store.failing = true;
	health.failed(full, 1);
	putOff();
	health.stored([]);
	expect(tried).toBe(2);
	await pass(1_000);
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
