/**
 * Random people on several devices each, over a real relay, through everything that one does with messages, drafts and
 * reading: after healing, all of DESIGN section 10 that such a run can show. `npm run sim` does more of it.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { arbitraryRun } from './steps';
import { simulate } from './simulate';
import type { Ledger } from './ledger';

// Each stock provider listens for the end of the process.
process.setMaxListeners(0);

/** More by hand, when hunting: `SIM_RUNS=500 SIM_SEED=1 npx vitest run tests/sim/convergence.test.ts`. */
const RUNS_USUAL = 12;
const RUNS = Number(process.env.SIM_RUNS ?? RUNS_USUAL);
const SEED = Number(process.env.SIM_SEED ?? Date.now() % 2 ** 31);
const STEPS_MAX = 120;
/** What a run may take on a machine that is busy with other things. */
const RUN_MS_MAX = 30_000;

/** What has to happen in so many runs: where nobody deletes, nothing is shown of deleting. */
const DEEDS = [
	...[
		'messages',
		'messages in further segments',
		'edits',
		'edits of queued messages',
		'deleted',
		'cancelled'
	],
	...['reactions', 'pins', 'read', 'marked unread', 'drafts', 'killed devices', 'clocks set']
];

it(
	`people who write, change, delete, read and draft on devices that come and go see the same, and lose nothing, in each of ${RUNS} runs (P1–P6, P9, P10)`,
	async () => {
		const counts: Ledger['counts'] = {};
		let runs = 0;
		const property = fc.asyncProperty(arbitraryRun(STEPS_MAX), async (run) => {
			for (const [what, count] of Object.entries(await simulate(run)))
				counts[what] = (counts[what] ?? 0) + count;
			runs += 1;
		});
		const time = { interruptAfterTimeLimit: RUNS * RUN_MS_MAX, markInterruptAsFailure: true };
		await fc.assert(property, { numRuns: RUNS, seed: SEED, ...time });
		const done = Object.entries(counts).sort(([a], [b]) => a.localeCompare(b));
		process.stdout.write(
			`${runs} runs, seed ${SEED}: ${done.map(([what, count]) => `${count} ${what}`).join(', ')}\n`
		);
		expect(runs).toBe(RUNS);
		if (RUNS >= RUNS_USUAL) expect(DEEDS.filter((deed) => !counts[deed])).toEqual([]);
	},
	(RUNS + 2) * RUN_MS_MAX
);
