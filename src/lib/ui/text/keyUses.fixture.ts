/** Finds which words of the catalogue the source uses: `text.a.b`, and `words.b` after `const words = text.a`. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { LANGUAGES } from '../../protocol/languages';

type Tree = { readonly [key: string]: unknown };
const isTree = (node: unknown): node is Tree => typeof node === 'object' && node !== null;

/** The path of each word: `conversation.today`. */
export function leaves(node: unknown, path = ''): string[] {
	if (!isTree(node)) return [path];
	return Object.entries(node).flatMap(([key, below]) => leaves(below, path === '' ? key : `${path}.${key}`));
}

const COMMENT = /\/\*[^]*?\*\/|<!--[^]*?-->|(?<!:)\/\/.*/g;
const PATH = String.raw`((?:\s*\??\.\s*[\p{L}\w]+)*)`;

/** The paths that a file names, from the catalogue's root. One that ends above the words stands for all below it. */
export function pathsIn(source: string): string[] {
	const aliases = new Map([['text', '']]);
	const rest = source
		.replace(COMMENT, '')
		.replace(
			new RegExp(String.raw`(?:const|let)\s+(\w+)\s*=\s*text${PATH};`, 'gu'),
			(_, name: string, path: string) => {
				aliases.set(name, plain(path));
				return '';
			}
		);
	const names = [...aliases.keys()].join('|');
	const uses = rest.matchAll(new RegExp(String.raw`(?<![.\w'"-])(${names})${PATH}(?![\w:]|\s*=[^=])`, 'gu'));
	return [...uses]
		.map(([, name = '', path = '']) => [aliases.get(name), plain(path)].filter(Boolean).join('.'))
		.filter((path) => path !== '');
}

const plain = (path: string): string => path.replace(/[\s?]/g, '').replace(/^\./, '');

/** Of the words, those that no file of the app has. */
export function unused(words: Tree, files: readonly string[]): string[] {
	const paths = files.flatMap(pathsIn);
	return leaves(words).filter(
		(leaf) =>
			!paths.some((path) => path === leaf || leaf.startsWith(`${path}.`) || path.startsWith(`${leaf}.`))
	);
}

const src = resolve(import.meta.dirname, '../../..');
const catalogues = LANGUAGES.map((language) => join(import.meta.dirname, language));

/** The source of each file of the app that reads the catalogue, by its path below `src`. */
export function readers(): ReadonlyMap<string, string> {
	const sources = readdirSync(src, { recursive: true, encoding: 'utf8' })
		.filter((path) => /\.(svelte|ts)$/.test(path) && !/\.(test|fixture)\.ts$/.test(path))
		.filter((path) => !catalogues.includes(dirname(join(src, path))))
		.map((path) => [path, readFileSync(join(src, path), 'utf8')] as const);
	return new Map(
		sources.filter(([, source]) =>
			/import \{[^}]*\btext\b[^}]*\} from '[^']*(\/text|\.\/index)'/.test(source)
		)
	);
}

/** The pages that are shown before the later words are here. */
const FIRST_PAGES = ['', '(app)/', '(app)/c/[conversationId]/'].flatMap((route) =>
	['+layout.svelte', '+page.svelte'].map((name) => join(src, 'routes', route, name))
);

/** What these pages are made of, but for what they import lazily: paths below `src`. */
export function shownFirst(): ReadonlySet<string> {
	const all = new Set(FIRST_PAGES.filter((path) => existsSync(path)));
	for (const path of all)
		for (const [, from = ''] of readFileSync(path, 'utf8').matchAll(IMPORT)) {
			const wanted = from.startsWith('$lib')
				? join(src, from.replace('$lib', 'lib'))
				: join(dirname(path), from);
			const found = [wanted, `${wanted}.ts`, join(wanted, 'index.ts')].find(
				(one) => /\.(ts|svelte)$/.test(one) && existsSync(one)
			);
			if (found) all.add(found);
		}
	return new Set([...all].map((path) => relative(src, path)));
}

const IMPORT = /^\s*import (?!type\b)(?:[^'";]* from )?'((?:\.|\$lib)[^']*)';/gm;
