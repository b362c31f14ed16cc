import { expect, test } from 'vitest';
import { honestRun } from './honestRun';

// Each stock provider listens for the end of the process.
process.setMaxListeners(0);

test.each([1, 2, 3, 4, 5, 6])(
	'honest devices that break off, reload and change their minds are refused nothing and end with the same: seed %i',
	async (seed) => {
		const { violations, entries } = await honestRun(seed);
		expect(violations).toEqual([]);
		expect(entries).toBeGreaterThan(5);
	},
	60_000
);
