/**
 * `npm test`: prepares as `npm start` does, runs every check, and ends with the line `N passed, N failed` over all.
 * `npm test -- lint|unit|e2e` runs one part. Each static check counts as one; a runner that crashes or runs nothing
 * counts as one failure.
 */
import { build, install, nodeProblem, bin } from './prepare.mjs';
import { e2eTests, staticChecks, unitTests } from './testRunners.mjs';

const PARTS = ['lint', 'unit', 'e2e'];
const asked = process.argv.slice(2);
const parts = asked.length > 0 ? asked : PARTS;

/** @param {string} problem */
function giveUp(problem) {
	console.error(problem);
	console.log('0 passed, 1 failed');
	process.exit(1);
}

const unknown = parts.find((part) => !PARTS.includes(part));
const problem =
	nodeProblem() ?? (unknown && `There is no part "${unknown}": name one of ${PARTS.join(', ')}.`);
if (problem) giveUp(problem);

try {
	await install();
	if (parts.includes('e2e')) await build();
	else await bin('@sveltejs/kit/svelte-kit.js', ['sync'], { quiet: true });
} catch (error) {
	giveUp(error instanceof Error ? error.message : String(error));
}

/** @type {import('./testRunners.mjs').Result[]} */
const results = [];
if (parts.includes('lint')) results.push(...(await staticChecks()));
if (parts.includes('unit')) results.push(await unitTests());
if (parts.includes('e2e')) results.push(await e2eTests());

console.log();
for (const { name, passed, failed, secondTries = [] } of results) {
	for (const test of secondTries) console.log(`at the second try only: ${test}`);
	console.log(`${name.padEnd(14)} ${passed} passed, ${failed} failed`);
}
const sum = (/** @type {'passed' | 'failed'} */ key) =>
	results.reduce((total, result) => total + result[key], 0);
const failed = sum('failed') + (sum('passed') + sum('failed') === 0 ? 1 : 0);
console.log(`${sum('passed')} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
