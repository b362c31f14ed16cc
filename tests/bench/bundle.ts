/** The benchmark's own pages, built as the app is: one script for each, with an HTML page around it. */
import { build } from 'vite';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { compileHints } from '../../scripts/compileHints.mjs';
import type { Served } from './front';

const PAGES = ['fill', 'naive', 'skein'] as const;
export type PageName = (typeof PAGES)[number];

const WORKER = 'keep.js';

/** By path under /bench/. */
export async function bundlePages(): Promise<ReadonlyMap<string, Served>> {
	const served = new Map<string, Served>();
	const built = await build({
		configFile: false,
		plugins: [compileHints()],
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
	const worker = await readFile(join(import.meta.dirname, 'pages/keep.js'), 'utf8');
	served.set(WORKER, { type: 'text/javascript', body: worker });
	return served;
}

/** The address of the worker that keeps these pages. */
export function workerUrl(pages: ReadonlyMap<string, Served>): string {
	const kept = [...pages.keys()].filter((path) => path !== WORKER).map((path) => `/bench/${path}`);
	const version = createHash('sha256');
	for (const { body } of pages.values()) version.update(body);
	return `/bench/${WORKER}?${String(new URLSearchParams({ keep: JSON.stringify(kept), version: version.digest('hex') }))}`;
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
