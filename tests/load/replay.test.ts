import { expect, it } from 'vitest';
import { generateLines } from './ircLog';
import { runReplay } from './replayRun';
import { seededRandom } from './seededRandom';
import { startInProcessServer } from './inProcessServer.fixture';

it.each([1, 2])(
	'a small replay ends with one timeline on every device, though the relay fell over and devices were away (P1–P3, P5, P9; seed %i)',
	async (seed) => {
		// Each stock provider listens for the end of the process.
		process.setMaxListeners(0);
		const random = seededRandom(seed);
		const server = await startInProcessServer();
		try {
			const result = await runReplay({
				lines: generateLines(random, { count: 60, nicks: 6 }),
				people: 4,
				offlineShare: 0.5,
				random,
				server,
				kills: 2,
				tag: 'small',
				now: Date.now
			});
			expect(result.problems).toEqual([]);
			expect(result).toMatchObject({ people: 5, devices: 8, items: 61, counts: { kills: 2 } });
			expect(result.counts.linesWhileDown).toBeGreaterThan(0);
		} finally {
			await server.dispose();
		}
	},
	60_000
);
