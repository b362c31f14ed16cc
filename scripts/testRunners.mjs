/** The checks of `npm test`, each as a count of what passed and what failed. */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bin, root } from './prepare.mjs';
import { findChromium } from './findChromium.mjs';
import { countPlaywright, countVitest } from './counts.mjs';

/** @typedef {{ name: string, passed: number, failed: number, secondTries?: string[] }} Result */

const OUTPUT_LINES_MAX = 200;
const reports = join(root, 'node_modules/.cache/skein/reports');

/** @type {readonly { name: string, path: string, args: readonly string[] }[]} */
const checks = [
	{ name: 'prettier', path: 'prettier/bin/prettier.cjs', args: ['--check', '--log-level', 'warn', '.'] },
	{ name: 'eslint', path: 'eslint/bin/eslint.js', args: ['--max-warnings', '0', '.'] },
	{
		name: 'svelte-check',
		path: 'svelte-check/bin/svelte-check',
		args: ['--fail-on-warnings', '--output', 'human']
	},
	// Another world than a page's, with other globals: checked apart.
	{ name: 'worker types', path: 'typescript/bin/tsc', args: ['-p', 'tsconfig.worker.json'] },
	{ name: 'knip', path: 'knip/bin/knip.js', args: ['--no-progress'] }
];

/** @returns {Promise<Result[]>} */
export async function staticChecks() {
	const results = [];
	for (const { name, path, args } of checks) {
		const { status, output } = await bin(path, args, { quiet: true });
		const ok = status === 0;
		console.log(`${ok ? 'ok    ' : 'FAILED'} ${name}`);
		if (!ok) console.log(shortened(output));
		results.push({ name, passed: ok ? 1 : 0, failed: ok ? 0 : 1 });
	}
	return results;
}

/** @returns {Promise<Result>} */
export async function unitTests() {
	const report = freshReport('vitest.json');
	const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
	const { status } = await bin('vitest/vitest.mjs', ['run', ...reporters]);
	return { name: 'vitest', ...counted(report, status, countVitest) };
}

/** @returns {Promise<Result>} */
export async function e2eTests() {
	const name = 'playwright';
	const chromium = await findChromium();
	if ('problem' in chromium) {
		console.error(chromium.problem);
		return { name, passed: 0, failed: 1 };
	}
	const report = freshReport('playwright.json');
	const env = { ...process.env, CHROMIUM_PATH: chromium.path, PLAYWRIGHT_JSON_OUTPUT_NAME: report };
	const { status } = await bin('@playwright/test/cli.js', ['test', '--reporter=list,json'], { env });
	return { name, ...counted(report, status, countPlaywright) };
}

/** @param {string} name */
function freshReport(name) {
	mkdirSync(reports, { recursive: true });
	const path = join(reports, name);
	rmSync(path, { force: true });
	return path;
}

/**
 * @param {string} report
 * @param {number} status
 * @param {(report: any) => { passed: number, failed: number, secondTries?: string[] }} count
 */
function counted(report, status, count) {
	if (!existsSync(report)) return { passed: 0, failed: 1 };
	const { passed, failed, secondTries } = count(JSON.parse(readFileSync(report, 'utf8')));
	// A runner that failed without a failed test, or found nothing to run, has failed all the same.
	const unexplained = failed === 0 && (status !== 0 || passed === 0);
	return { passed, failed: unexplained ? 1 : failed, secondTries };
}

/** @param {string} output */
function shortened(output) {
	const lines = output.trimEnd().split('\n');
	if (lines.length <= OUTPUT_LINES_MAX) return lines.join('\n');
	return [...lines.slice(0, OUTPUT_LINES_MAX), `… and ${lines.length - OUTPUT_LINES_MAX} more lines`].join(
		'\n'
	);
}
