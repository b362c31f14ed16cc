import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linkify } from './linkify';

const links = (text: string): string[] =>
	linkify(text).flatMap((piece) => ('href' in piece ? [piece.text] : []));

describe('links in a message', () => {
	it.each([
		['see https://skein.example/a?b=c#d now', 'https://skein.example/a?b=c#d'],
		['(https://skein.example/a)', 'https://skein.example/a'],
		['https://skein.example/wiki/Yarn_(fibre).', 'https://skein.example/wiki/Yarn_(fibre)'],
		['Really? http://x.example/!', 'http://x.example/'],
		['HTTPS://SKEIN.EXAMPLE/A', 'HTTPS://SKEIN.EXAMPLE/A'],
		['<https://skein.example>', 'https://skein.example']
	])('of %j is %s', (text, link) => {
		expect(links(text)).toEqual([link]);
	});

	it.each([
		'javascript:alert(1)',
		'data:text/html,x',
		'ftp://x.example',
		'http://',
		'xhttps://a.example',
		'mailto:a@b.example'
	])('are none in %j', (text) => {
		expect(links(text)).toEqual([]);
	});

	it('end before characters that turn or hide text', () => {
		expect(links('https://good.example/\u202Egnp.exe')).toEqual(['https://good.example/']);
		expect(links('https://good.example\u200B.evil.example')).toEqual(['https://good.example']);
	});

	it('never change the text', () => {
		const words = fc.constantFrom(
			'https://',
			'http://',
			'a.example',
			'/',
			')',
			'(',
			'.',
			' ',
			'\n',
			'\u202E',
			'é',
			'[',
			']',
			'"'
		);
		fc.assert(
			fc.property(fc.array(fc.oneof(words, fc.string())), (parts) => {
				const text = parts.join('');
				expect(
					linkify(text)
						.map((piece) => piece.text)
						.join('')
				).toBe(text);
			})
		);
	});

	it('take no longer for a hostile text', () => {
		const started = performance.now();
		linkify(`https://a.example/${'('.repeat(9_000)}${').'.repeat(5_000)}`);
		expect(performance.now() - started).toBeLessThan(2_000);
	});
});
