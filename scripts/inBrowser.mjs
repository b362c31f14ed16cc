import { fileURLToPath } from 'node:url';

const ENVIRONMENT = fileURLToPath(new URL('../src/lib/sync/yjsEnvironment.ts', import.meta.url));

/**
 * Says to lib0, in the app's bundle, that it runs in a browser: what it has for Node is left out.
 * @returns {import('vite').Plugin}
 */
export function inBrowser() {
	return {
		name: 'skein-in-browser',
		apply: 'build',
		enforce: 'pre',
		applyToEnvironment: ({ name }) => name === 'client',
		resolveId(source, importer) {
			const isOwn = source === './environment.js' && importer?.includes('/lib0/');
			return source === 'lib0/environment' || isOwn ? ENVIRONMENT : undefined;
		}
	};
}
