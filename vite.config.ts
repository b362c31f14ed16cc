import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import { compileHints } from './scripts/compileHints.mjs';
import { relayPlugin } from './scripts/relayPlugin.mjs';

export default defineConfig({
	plugins: [sveltekit(), relayPlugin(), compileHints()]
});
