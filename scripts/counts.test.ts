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

const flaky = (title: string) => ({
	title,
	file: 'reading.e2e.ts',
	line: 7,
	tests: [{ status: 'flaky' }]
});

test('a browser test that passed only at the second try is named', () => {
	const steady = { ...flaky('steady'), tests: [{ status: 'expected' }] };
	const suites = [{ specs: [steady], suites: [{ specs: [flaky('a message is read')] }] }];
	expect(countPlaywright({ stats: { expected: 3, unexpected: 1, flaky: 1 }, errors: [], suites })).toEqual({
		passed: 4,
		failed: 1,
		secondTries: ['reading.e2e.ts:7 › a message is read']
	});
});

test('where more than two browser tests took a second try, all of them have failed', () => {
	const suites = [{ specs: ['one', 'two', 'three'].map(flaky) }];
	expect(
		countPlaywright({ stats: { expected: 9, unexpected: 0, flaky: 3 }, errors: [], suites })
	).toMatchObject({
		passed: 9,
		failed: 3
	});
});

test('an error outside of all browser tests is a failure', () => {
	const report = { stats: { expected: 0, unexpected: 0, flaky: 0 }, errors: [{}] };
	expect(countPlaywright(report)).toMatchObject({ passed: 0, failed: 1 });
});
