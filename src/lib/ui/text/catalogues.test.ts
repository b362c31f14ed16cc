import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { ar } from './ar';
import { later as arLater } from './ar/later';
import { de } from './de';
import { later as deLater } from './de/later';
import { en } from './en';
import { later as enLater } from './en/later';
import { joined } from '.';
import { leaves, pathsIn, readers, shownFirst, unused } from './keyUses.fixture';
import { directions, LANGUAGES } from '../../protocol/languages';
import { samples } from './wordSamples.fixture';

const catalogues = {
	en: joined(en, enLater),
	de: joined(de, deLater),
	ar: joined(ar, arLater)
};
const inEach = LANGUAGES.map((language) => [language, catalogues[language]] as const);

const COUNTS = [0, 1, 2, 3, 11, 100];

const wordAt = (catalogue: unknown, path: string): unknown =>
	path.split('.').reduce((node, key) => (node as Readonly<Record<string, unknown>>)[key], catalogue);

describe('the catalogues', () => {
	it('have no word that nobody uses', () => {
		expect(unused(catalogues.en, [...readers().values()])).toEqual([]);
	});

	it('are searched for by whole paths, by aliases, and by what stands above the words', () => {
		const source = `
			const words = text.group;
			said(words.rename, text.state[state], text.entry.problem.server, other.text.lost, { words: 1 });
		`;
		expect(pathsIn(source)).toEqual(['group.rename', 'state', 'entry.problem.server']);
		expect(unused({ group: { rename: 'a', name: 'b' }, state: { sent: 'c' } }, [source])).toEqual([
			'group.name'
		]);
		expect(leaves({ a: { b: () => 'c', d: 'e' }, f: 'g' })).toEqual(['a.b', 'a.d', 'f']);
	});

	it('have later words only for what waits for them', () => {
		const isIn = (words: object, path: string) =>
			leaves(words).some((leaf) => leaf === path || leaf.startsWith(`${path}.`));
		const shown = shownFirst();
		const early = [...readers()].filter(([path]) => shown.has(path));
		const missing = early.flatMap(([path, source]) =>
			pathsIn(source)
				.filter((word) => isIn(enLater, word) && !isIn(en, word))
				.map((word) => `${path}: ${word}`)
		);
		expect(missing).toEqual([]);
		expect(early.map(([path]) => path)).toContain('lib/ui/conversation/Composer.svelte');
		expect([...shown]).not.toContain('lib/ui/landing/LandingScreen.svelte');
	});

	it.each(inEach)('all have the same words: %s', (_, catalogue) => {
		expect(leaves(catalogue).sort()).toEqual(leaves(catalogues.en).sort());
	});

	it.each(inEach)('say every sentence for every count: %s', (_, catalogue) => {
		const calls = [...samples(COUNTS)];
		expect(calls.length).toBeGreaterThan(100);
		for (const [path, some] of calls)
			for (const call of some) {
				const said = (wordAt(catalogue, path) as (...args: readonly unknown[]) => string)(...call);
				expect(said, `${path} of ${JSON.stringify(call)}`).toMatch(
					/^(?!.*(undefined|NaN|\[object|[{}$])).+$/u
				);
			}
	});
});

describe('a page', () => {
	const firstLook = readFileSync('static/firstLook.js', 'utf8');

	function begin(languages: readonly string[], kept: string | null | (() => never)) {
		const root = { lang: '', dir: '', dataset: {} };
		const localStorage = { getItem: () => (typeof kept === 'function' ? kept() : kept) };
		runInNewContext(firstLook, {
			document: { documentElement: root },
			navigator: { languages },
			location: { pathname: '/', hash: '' },
			localStorage
		});
		return { lang: root.lang, dir: root.dir };
	}

	it.each(LANGUAGES)('begins in the language that was chosen on the device: %s', (language) => {
		const shown = { lang: language, dir: directions[language] };
		expect(begin(['fr'], JSON.stringify({ language }))).toEqual(shown);
		expect(begin(['fr', `${language}-XX`, 'en'], null)).toEqual(shown);
	});

	it('begins in English where nothing is known', () => {
		const forbidden = () => {
			throw new Error('nothing may be kept');
		};
		expect(begin(['fr'], forbidden)).toEqual({ lang: 'en', dir: 'ltr' });
		expect(begin([], 'null')).toEqual({ lang: 'en', dir: 'ltr' });
		expect(begin([], '{"language":"toString"}')).toEqual({ lang: 'en', dir: 'ltr' });
	});
});
