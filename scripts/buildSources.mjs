import { fingerprint } from './fingerprint.mjs';

const SOURCES = [
	'src',
	'sync-server',
	'static',
	'package.json',
	'package-lock.json',
	'svelte.config.js',
	'tsconfig.json',
	'vite.config.ts',
	'scripts/buildSources.mjs',
	'scripts/compileHints.mjs',
	'scripts/fingerprint.mjs',
	'scripts/firstLoad.mjs',
	'scripts/inBrowser.mjs',
	'scripts/publishedRelay.mjs',
	'scripts/relayPlugin.mjs',
	'scripts/shortNames.mjs',
	'scripts/terse.mjs'
];

/**
 * A fingerprint of all that a build is made from. Tests and notes live beside the sources and do not enter it.
 * @param {string} root
 */
export const buildSources = (root) => fingerprint(root, SOURCES, (path) => /\.(test\.ts|md)$/.test(path));
