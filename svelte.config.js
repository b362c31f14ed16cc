import adapter from '@sveltejs/adapter-node';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { buildSources } from './scripts/buildSources.mjs';

/** @type {import('@sveltejs/kit').Config} */
export default {
	preprocess: vitePreprocess(),
	compilerOptions: { runes: true },
	kit: {
		// Of the sources and not of the hour: the same sources build the same files, and are no update of themselves.
		version: { name: buildSources(fileURLToPath(new URL('.', import.meta.url))).slice(0, 16) },
		adapter: adapter({ out: 'build', precompress: true }),
		// The shell is served from the service worker at any depth, so its asset URLs must not be relative.
		paths: { relative: false },
		serviceWorker: { register: false },
		// The server checks origins itself (src/lib/server/http/origin.ts), and answers in JSON.
		csrf: { trustedOrigins: ['*'] },
		csp: {
			// Hashes and not nonces: the shell is cached, and a nonce would freeze in the cache.
			mode: 'hash',
			directives: {
				'default-src': ['self'],
				'script-src': ['self'],
				'style-src': ['self'],
				'style-src-attr': ['unsafe-inline'],
				'img-src': ['self', 'data:', 'blob:'],
				'connect-src': ['self'],
				'worker-src': ['self'],
				'manifest-src': ['self'],
				'object-src': ['none'],
				'base-uri': ['none'],
				'form-action': ['self'],
				'frame-ancestors': ['none'],
				// Text becomes markup or a script's address through these alone: Svelte's, for templates that were compiled,
				// and the one of src/lib/sync/serviceWorker.ts. A second policy of the same name is refused.
				'require-trusted-types-for': ['script'],
				'trusted-types': ['svelte-trusted-html', 'skein-service-worker']
			}
		}
	}
};
