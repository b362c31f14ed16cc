import { expect, test } from 'vitest';
import { siege } from './siege';

// Each stock provider listens for the end of the process.
process.setMaxListeners(0);

test('a relay that is attacked wave upon wave, and never restarted, serves who talks there, and says what it holds', async () => {
	const { violations, frames, taken, refusals, latencies, usages } = await siege({
		minutes: 0,
		seed: 20,
		ways: ['link']
	});
	expect(violations).toEqual([]);
	expect(frames).toBeGreaterThan(0);
	// Frames of the attackers got as far as the room's document.
	expect(taken).toBeGreaterThan(0);
	expect([...refusals.keys()]).toEqual(expect.arrayContaining([4400, 4403]));
	expect(latencies.length).toBeGreaterThan(10);
	expect(usages[0]?.heldBytes).toBeGreaterThan(1_000_000);
}, 60_000);
