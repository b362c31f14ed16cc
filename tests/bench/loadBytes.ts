/** The JavaScript that a browser loads before it can show a route, in English, by the files of the last build. */
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { join } from 'node:path';
import { readFile } from 'node:fs/promises';

interface Sizes {
	readonly raw: number;
	/** Each file compressed by itself, as it is sent. */
	readonly gzip: number;
	readonly brotli: number;
}

export interface RouteBytes extends Sizes {
	readonly route: string;
	readonly files: number;
}

interface ManifestEntry {
	readonly file: string;
	readonly imports?: readonly string[];
}

const kit = join(import.meta.dirname, '../../.svelte-kit');
const client = join(kit, 'output/client');
const NODES = '.svelte-kit/generated/client-optimized/nodes';
const WORDS = 'src/lib/ui/text/en/index.ts';
const LATER_WORDS = 'src/lib/ui/text/en/later.ts';
/** Shown with the first words alone. */
const SHOWN_FIRST: readonly string[] = ['/(app)', '/(app)/c/[conversationId]'];

/** Largest first. */
export async function bytesByRoute(): Promise<readonly RouteBytes[]> {
	const manifest = JSON.parse(await readFile(join(client, '.vite/manifest.json'), 'utf8')) as Readonly<
		Record<string, ManifestEntry>
	>;
	const app = await readFile(join(kit, 'generated/client-optimized/app.js'), 'utf8');
	const start = Object.keys(manifest).filter((key) =>
		/client\/entry\.js$|client-optimized\/app\.js$/.test(key)
	);
	if (start.length !== 2) throw new Error('the build names its entries otherwise');
	const all: RouteBytes[] = [];
	const sizes = new Map<string, Sizes>();
	for (const { route, nodes } of routesIn(app)) {
		const keys = [0, ...nodes].map((node) => `${NODES}/${node}.js`);
		const words = SHOWN_FIRST.includes(route) ? [WORDS] : [WORDS, LATER_WORDS];
		const files = reached([...start, ...keys, ...words], manifest);
		for (const file of files)
			if (!sizes.has(file)) sizes.set(file, sizesOf(await readFile(join(client, file))));
		const sum = (size: keyof Sizes) => files.reduce((bytes, file) => bytes + sizes.get(file)![size], 0);
		all.push({ route, files: files.length, raw: sum('raw'), gzip: sum('gzip'), brotli: sum('brotli') });
	}
	return all.sort((a, b) => b.gzip - a.gzip);
}

const sizesOf = (code: Buffer): Sizes => ({
	raw: code.length,
	gzip: gzipSync(code, { level: 9 }).length,
	brotli: brotliCompressSync(code).length
});

/** The router's own table: for each route its page and the layouts around it, but the root's. */
function routesIn(app: string): { route: string; nodes: readonly number[] }[] {
	const table = /dictionary = (\{[^}]*\})/.exec(app)?.[1];
	if (table === undefined) throw new Error('the router keeps its table otherwise');
	const routes = JSON.parse(table.replace(/\[,/g, '[null,')) as Readonly<
		Record<string, readonly [page: number, layouts?: readonly (number | null)[]]>
	>;
	return Object.entries(routes).map(([route, [page, layouts = []]]) => ({
		route,
		// A page with a `load` of the server's would be told as a negative number.
		nodes: [...layouts.filter((node) => node !== null), page < 0 ? ~page : page]
	}));
}

function reached(keys: readonly string[], manifest: Readonly<Record<string, ManifestEntry>>): string[] {
	const all = new Set(keys);
	const files = new Set<string>();
	for (const key of all) {
		const entry = manifest[key];
		if (!entry) throw new Error(`the build has no ${key}`);
		if (entry.file.endsWith('.js')) files.add(entry.file);
		for (const other of entry.imports ?? []) all.add(other);
	}
	return [...files];
}
