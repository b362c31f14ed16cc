import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import { compileHints } from './scripts/compileHints.mjs';
import { firstLoad } from './scripts/firstLoad.mjs';
import { inBrowser } from './scripts/inBrowser.mjs';
import { relayPlugin } from './scripts/relayPlugin.mjs';
import { shortNames } from './scripts/shortNames.mjs';
import { terse } from './scripts/terse.mjs';

export default defineConfig({
	resolve: { alias: { 'lib0/logging': `${import.meta.dirname}/src/lib/sync/yjsLogging.ts` } },
	plugins: [sveltekit(), relayPlugin(), compileHints(), inBrowser(), terse(), shortNames(), firstLoad()]
});
