import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
	plugins: [svelte()],
	// Route files import `$lib`, and tests run them.
	resolve: { alias: { $lib: new URL('src/lib', import.meta.url).pathname } },
	test: {
		environment: 'node',
		include: ['src/**/*.test.ts', 'sync-server/**/*.test.ts', 'tests/**/*.test.ts', 'scripts/**/*.test.ts'],
		exclude: ['tests/e2e/**'],
		setupFiles: ['tests/patience.setup.ts', 'tests/english.setup.ts'],
		// Two cores: more would only make the tests with real sockets wait for each other.
		maxWorkers: 2,
		// No test is about time: a machine that is busy with others only takes longer.
		testTimeout: 120_000,
		hookTimeout: 60_000,
		expect: { poll: { timeout: 30_000 } }
	}
});
