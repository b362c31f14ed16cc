import { expect, test } from 'vitest';
import { runFuzz } from './fuzzRun';

// Each stock provider listens for the end of the process.
process.setMaxListeners(0);

test('changed frames of honest traffic, thrown at the guard and at a relay on which others talk, do no harm', async () => {
	const result = await runFuzz({
		frames: 5_000,
		seed: 20,
		ways: ['guard', 'socket', 'link'],
		roundFrames: { guard: 4_000, socket: 500, link: 500 }
	});
	expect(result.violations).toEqual([]);
	expect(result.frames).toBe(5_000);
	expect(result.taken).toBeGreaterThan(50);
	expect([...result.refusals.keys()]).toEqual(expect.arrayContaining([4400, 4403]));
	expect(result.latencies.length).toBeGreaterThan(10);
}, 60_000);

test.each(['guard', 'socket', 'link'] as const)(
	'the slowest frame by %s is told with its kind and size',
	async (way) => {
		const { slowestFrame } = await runFuzz({ frames: 60, seed: 20, ways: [way] });
		expect(['none', 'step1', 'step2', 'update', 'awareness', 'queryAwareness']).toContain(slowestFrame?.kind);
		expect(slowestFrame?.bytes).toBeGreaterThan(0);
		expect(slowestFrame?.seconds).toBeGreaterThan(0);
	}
);
