import { expect, test } from 'vitest';
import { countPlaywright, countVitest } from './counts.mjs';

test('a test file that could not be loaded counts as one failure', () => {
	const testResults = [
		{ status: 'passed', assertionResults: [{ status: 'passed' }, { status: 'passed' }] },
		{ status: 'failed', assertionResults: [] }
	];
	expect(countVitest({ numPassedTests: 2, numFailedTests: 0, testResults })).toEqual({
		passed: 2,
		failed: 1
	});
});

test('a failed test counts once', () => {
	const testResults = [{ status: 'failed', assertionResults: [{ status: 'failed' }, { status: 'passed' }] }];
	expect(countVitest({ numPassedTests: 1, numFailedTests: 1, testResults })).toEqual({
		passed: 1,
		failed: 1
	});
});

test('a browser test that passed only at the second try has failed', () => {
	const report = { stats: { expected: 3, unexpected: 1, flaky: 1 }, errors: [] };
	expect(countPlaywright(report)).toEqual({ passed: 3, failed: 2 });
});

test('an error outside of all browser tests is a failure', () => {
	const report = { stats: { expected: 0, unexpected: 0, flaky: 0 }, errors: [{}] };
	expect(countPlaywright(report)).toEqual({ passed: 0, failed: 1 });
});
