import { defineConfig } from '@playwright/test';

export default defineConfig({
	testDir: 'tests/e2e',
	testMatch: '**/*.e2e.ts',
	outputDir: 'test-results',
	snapshotPathTemplate: '{testDir}/looks/{arg}{ext}',
	fullyParallel: true,
	// Each test has a server and several browsers of its own.
	workers: 2,
	// What passes only at the second try tells of a fault: it is named, and few may (docs/decisions/0019).
	retries: 1,
	forbidOnly: true,
	timeout: 90_000,
	expect: { timeout: 20_000 },
	use: { actionTimeout: 15_000, navigationTimeout: 20_000 },
	reporter: 'list'
});
