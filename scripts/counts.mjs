/**
 * Counts in the JSON report of vitest. A file that could not be loaded has no test that failed: it counts as one.
 * @param {{ numPassedTests: number, numFailedTests: number, testResults: { status: string, assertionResults: { status: string }[] }[] }} report
 */
export function countVitest({ numPassedTests, numFailedTests, testResults }) {
	const broken = testResults.filter(
		({ status, assertionResults }) =>
			status === 'failed' && !assertionResults.some((test) => test.status === 'failed')
	);
	return { passed: numPassedTests, failed: numFailedTests + broken.length };
}

/** So many browser tests of a run may take a second try (docs/decisions/0019). With more, all of them have failed. */
const SECOND_TRIES_MAX = 2;

/**
 * Counts in the JSON report of Playwright, and names the tests that passed only when they were tried again.
 * @param {{ stats: { expected: number, unexpected: number, flaky: number }, errors: unknown[], suites?: Suite[] }} report
 */
export function countPlaywright({ stats, errors, suites = [] }) {
	const failed = stats.unexpected + errors.length;
	const secondTries = suites.flatMap(namesOfFlaky);
	return stats.flaky > SECOND_TRIES_MAX
		? { passed: stats.expected, failed: failed + stats.flaky, secondTries }
		: { passed: stats.expected + stats.flaky, failed, secondTries };
}

/**
 * @typedef {{ title: string, file: string, line: number, tests: { status: string }[] }} Spec
 * @typedef {{ specs?: Spec[], suites?: Suite[] }} Suite
 */

/**
 * @param {Suite} suite
 * @returns {string[]}
 */
function namesOfFlaky({ specs = [], suites = [] }) {
	const here = specs.filter(({ tests }) => tests.some(({ status }) => status === 'flaky'));
	return [
		...here.map(({ file, line, title }) => `${file}:${line} › ${title}`),
		...suites.flatMap(namesOfFlaky)
	];
}
