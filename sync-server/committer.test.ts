import { expect, it } from 'vitest';
import { Committer, type Committable } from './committer';
import { keptLog } from './cast.fixture';
import { ManualTimers } from './manualTimers.fixture';
import { memoryRoomStore } from './memoryRoomStore';
import { noMeters } from './meters';
import { StoreHealth } from './storeHealth';

/** A committer whose commits take so long, by a clock that only they and its rests move on. */
function setUp(commitMs: number) {
	const clock = { ms: 0 };
	const rests: number[] = [];
	const batches: number[] = [];
	const log = keptLog();
	const store = memoryRoomStore();
	const committer = new Committer({
		store: {
			...store,
			append: async (batch) => {
				batches.push(batch.length);
				clock.ms += commitMs;
				return store.append(batch);
			}
		},
		health: new StoreHealth({
			log,
			timers: new ManualTimers(),
			probe: () => store.probe(),
			retryMs: { first: 1, max: 1 },
			onRetry: () => {}
		}),
		log,
		meters: noMeters,
		elapsedMs: () => clock.ms,
		pause: async (ms) => {
			rests.push(ms);
			clock.ms += ms;
		},
		onCommitted: () => {}
	});
	/** A room with so many updates staged. */
	function add(updates: number): void {
		const room: Committable = {
			takeStaged: () =>
				Array.from({ length: updates }, () => ({ room: 'r', update: new Uint8Array([0, 0]) })),
			committed: () => [],
			failed: () => {}
		};
		committer.add(room);
	}
	return { clock, committer, rests, batches, add };
}

it('commits what comes after a pause at once, and gathers what follows on it for 5 ms', async () => {
	const { clock, committer, rests, batches, add } = setUp(1);
	for (let i = 0; i < 3; i++) {
		add(1);
		await committer.idle();
	}
	expect([batches, rests]).toEqual([
		[1, 1, 1],
		[4, 4]
	]);
	clock.ms += 4;
	add(1);
	await committer.idle();
	expect(rests).toHaveLength(2);
});

it('gathers twice as long as a commit took that takes long, no longer than 25 ms', async () => {
	for (const [commitMs, restMs] of [
		[10, 20],
		[100, 25]
	] as const) {
		const { committer, rests, batches, add } = setUp(commitMs);
		add(1);
		await committer.idle();
		add(1);
		add(1);
		await committer.idle();
		expect([batches, rests]).toEqual([[1, 2], [restMs]]);
	}
});

it('does not rest for what is long over', async () => {
	const { clock, committer, rests, add } = setUp(4);
	add(2);
	await committer.idle();
	clock.ms += 16;
	add(2);
	await committer.idle();
	expect(rests).toEqual([]);
});
