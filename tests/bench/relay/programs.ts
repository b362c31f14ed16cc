/** The programs of the benchmark as plain JavaScript, as the app's server is built, so that no loader is measured. */
import { build } from 'vite';
import { join } from 'node:path';

const FILES = {
	skein: 'servers/skein.ts',
	stock: 'servers/stock.ts',
	bare: 'servers/bare.ts',
	bound: 'servers/bound.ts',
	load: 'load/load.ts'
} as const;

/** Paths of the programs. */
export type Programs = Readonly<Record<keyof typeof FILES, string>>;

const folder = join(import.meta.dirname, '../../../.cache/bench/programs');

export async function buildPrograms(): Promise<Programs> {
	const names = Object.keys(FILES) as (keyof typeof FILES)[];
	await build({
		configFile: false,
		logLevel: 'error',
		// The stock server names LevelDB, which it uses only with persistence.
		resolve: { alias: { 'y-leveldb': join(import.meta.dirname, 'servers/noLeveldb.ts') } },
		ssr: { noExternal: ['@y/websocket-server'] },
		build: {
			ssr: true,
			target: 'node20',
			outDir: folder,
			emptyOutDir: true,
			rollupOptions: {
				input: Object.fromEntries(names.map((name) => [name, join(import.meta.dirname, FILES[name])])),
				output: { entryFileNames: '[name].mjs', chunkFileNames: 'shared/[name]-[hash].mjs' }
			}
		}
	});
	const path = (name: keyof typeof FILES) => join(folder, `${name}.mjs`);
	return Object.fromEntries(names.map((name) => [name, path(name)])) as Programs;
}
