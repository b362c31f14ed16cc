/**
 * Random people on several devices each, over a real relay, through everything that one does with messages, drafts and
 * reading: after healing, all of DESIGN section 10 that such a run can show. `npm run sim` does more of it.
 */
import fc from 'fast-check';
import { it } from 'vitest';
import { arbitraryRun } from './steps';
import { simulate } from './simulate';

// Each stock provider listens for the end of the process.
process.setMaxListeners(0);

/** More by hand, when hunting: `SIM_RUNS=500 SIM_SEED=1 npx vitest run tests/sim`. */
const RUNS = Number(process.env.SIM_RUNS ?? 15);
const SEED = process.env.SIM_SEED === undefined ? undefined : Number(process.env.SIM_SEED);
const STEPS_MAX = 120;
/** A busy machine does fewer runs, not longer ones. */
const TIME_MS = process.env.SIM_RUNS === undefined ? 40_000 : RUNS * 10_000;

it(
	'people who write, change, delete, read and draft on devices that come and go see the same, and lose nothing (P1–P6, P9, P10)',
	async () => {
		await fc.assert(
			fc.asyncProperty(arbitraryRun(STEPS_MAX), async (run) => void (await simulate(run))),
			{ numRuns: RUNS, seed: SEED, interruptAfterTimeLimit: TIME_MS }
		);
	},
	TIME_MS + 60_000
);
