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

/**
 * Counts in the JSON report of Playwright. A test that passed only when it was tried again has failed.
 * @param {{ stats: { expected: number, unexpected: number, flaky: number }, errors: unknown[] }} report
 */
export function countPlaywright({ stats, errors }) {
	return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length };
}
