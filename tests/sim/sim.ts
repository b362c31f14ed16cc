/**
 * `npm run sim -- [--runs N] [--seed S] [--steps N] [--path P]`: the runs of convergence.test.ts, as many as one likes. A
 * fault is told with the shortest run that shows it; its seed and path play that one again.
 */
import fc from 'fast-check';
import { parseArgs } from 'node:util';
import { arbitraryRun, type Run } from './steps';
import { simulate } from './simulate';

const { values } = parseArgs({
	options: {
		runs: { type: 'string', default: '100' },
		seed: { type: 'string' },
		steps: { type: 'string', default: '150' },
		path: { type: 'string' }
	}
});
const [runs, seed, steps] = [values.runs, values.seed ?? String(Date.now() % 2 ** 31), values.steps].map(
	Number
);
if (![runs, seed, steps].every(Number.isInteger)) {
	console.error('npm run sim -- [--runs N] [--seed S] [--steps N] [--path P]');
	process.exit(1);
}

// Each stock provider listens for the end of the process.
process.setMaxListeners(0);

const counts: Record<string, number> = {};
let done = 0;
let failed = false;
let shrinkings = 0;
/** A run that fails by never coming to rest takes long, and its shortest form longer. */
const SHRINKINGS_MAX = 150;

/** A line that stays where it is at a terminal, and now and then a line elsewhere. */
function showProgress(line: string, isDue: boolean): void {
	if (process.stdout.isTTY) process.stdout.write(`\r\x1b[K${line}`);
	else if (isDue) console.log(line);
}

async function play(run: Run): Promise<void> {
	if (failed && ++shrinkings > SHRINKINGS_MAX) return;
	try {
		const counted = await simulate(run);
		for (const [what, count] of Object.entries(counted)) counts[what] = (counts[what] ?? 0) + count;
	} catch (error) {
		if (!failed) {
			console.error(
				`\na fault in run ${done + 1}: ${String(error)}\nlooking for the shortest run that has it ...`
			);
		}
		failed = true;
		throw error;
	} finally {
		done += 1;
		showProgress(failed ? `${shrinkings} shorter ones tried` : `${done} of ${runs} runs`, done % 10 === 0);
	}
}

console.log(`seed ${seed}, ${runs} runs of up to ${steps} steps`);
const began = performance.now();
const result = await fc.check(fc.asyncProperty(arbitraryRun(steps!), play), {
	numRuns: runs,
	seed,
	path: values.path
});
console.log('');
for (const [what, count] of Object.entries(counts).sort(([a], [b]) => a.localeCompare(b)))
	console.log(`${String(count).padStart(8)} ${what}`);
if (result.failed) {
	console.error(`\n${fc.defaultReportMessage(result)}\n${String(result.errorInstance)}`);
	process.exit(1);
}
const seconds = Math.round((performance.now() - began) / 1000);
console.log(`\nno fault in ${done} runs, seed ${seed}, ${seconds} s`);
process.exit(0);
