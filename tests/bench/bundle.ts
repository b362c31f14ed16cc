/** The benchmark's own pages, built as the app is: one script for each, with an HTML page around it. */
import { build } from 'vite';
import { join } from 'node:path';
import type { Served } from './front';

const PAGES = ['fill', 'naive', 'skein'] as const;
export type PageName = (typeof PAGES)[number];

/** By path under /bench/. */
export async function bundlePages(): Promise<ReadonlyMap<string, Served>> {
	const served = new Map<string, Served>();
	const built = await build({
		configFile: false,
		root: join(import.meta.dirname, 'pages'),
		base: '/bench/',
		logLevel: 'error',
		build: {
			write: false,
			target: 'esnext',
			modulePreload: false,
			rollupOptions: {
				input: Object.fromEntries(PAGES.map((name) => [name, join(import.meta.dirname, `pages/${name}.ts`)])),
				output: { entryFileNames: '[name].js' }
			}
		}
	});
	for (const output of [built].flat()) {
		if (!('output' in output)) continue;
		for (const file of output.output)
			if (file.type === 'chunk') served.set(file.fileName, { type: 'text/javascript', body: file.code });
	}
	for (const name of PAGES) served.set(`${name}.html`, { type: 'text/html', body: html(name) });
	return served;
}

const html = (name: PageName): string => `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>${name}</title>
<style>
	body { margin: 0; display: grid; grid-template-columns: 280px 1fr; height: 100vh; font: 15px/22px sans-serif }
	nav, [role=log] { overflow: auto }
	article { padding: 4px 16px; overflow-wrap: anywhere }
	a { display: block; padding: 8px }
	p { margin: 0 }
</style>
<nav></nav><main><div role="log" style="height: calc(100vh - 60px)"></div><textarea></textarea></main>
<script type="module" src="/bench/${name}.js"></script></html>`;
