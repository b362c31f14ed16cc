import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayBeMarked } from './marks';
import { readMarkdown, type Block, type Inline, type Item } from './markdown';

/** As a line that shows what stands where. */
const inline = (parts: readonly Inline[]): string =>
	parts
		.map((part) => {
			if (part.type === 'text') return part.text;
			if (part.type === 'break') return '⏎';
			if (part.type === 'code') return `code(${part.text})`;
			if (part.type === 'link') return `link(${part.href} ${inline(part.parts)})`;
			return `${part.type}(${inline(part.parts)})`;
		})
		.join('');
const block = (one: Block): string => {
	if (one.type === 'paragraph') return inline(one.parts);
	if (one.type === 'code') return `pre(${one.language}${one.text})`;
	if (one.type === 'quote') return `quote(${shown(one.blocks)})`;
	return `list(${[one.start ?? '', ...one.items.map(item)].join(' | ')})`;
};
const item = ({ done, blocks }: Item): string =>
	(done === undefined ? '' : done ? '☑ ' : '☐ ') + shown(blocks);
const shown = (blocks: readonly Block[]): string => blocks.map(block).join(' ¶ ');
const read = (text: string): string => shown(readMarkdown(text));

describe('marks in a message', () => {
	it.each([
		[
			'**bold** and *slanted*, __bold__ and _slanted_',
			'strong(bold) and em(slanted), strong(bold) and em(slanted)'
		],
		['a `rope` of ``two ` knots``', 'a code(rope) of code(two ` knots)'],
		['one\ntwo\n\nthree', 'one⏎two ¶ three'],
		['> said\n> so\n\nyes', 'quote(said⏎so) ¶ yes'],
		['- rope\n- seal\n  - pup', 'list( | rope | seal ¶ list( | pup))'],
		['3. rope\n4. seal', 'list(3 | rope | seal)'],
		['- [ ] rope\n- [x] **seal**\n- pup', 'list( | ☐ rope | ☑ strong(seal) | pup)'],
		['1. [X] rope\n   - [ ] knot', 'list(1 | ☑ rope ¶ list( | ☐ knot))'],
		['- [ ] rope\n\n  two\n\n- [x] seal', 'list( | ☐ rope ¶ two | ☑ seal)'],
		['```\nlet a = "*";\n```', 'pre(let a = "*";)'],
		['[the mole](https://boats.example/a_b)', 'link(https://boats.example/a_b the mole)'],
		[
			'see https://boats.example/a_b_c now',
			'see link(https://boats.example/a_b_c https://boats.example/a_b_c) now'
		],
		['(https://boats.example/*x*y)', '(link(https://boats.example/*x*y https://boats.example/*x*y))'],
		['2 \\* 3 \\* 4', '2 * 3 * 4']
	])('are read: %j', (text, expected) => {
		expect(read(text)).toBe(expected);
	});

	it.each([
		'snake_case_name and 2 * 3 * 4',
		'# no heading',
		'| no | table |\n|----|-------|\n| a  | b     |',
		'![no picture](https://boats.example/a.png)',
		'<b>no HTML</b> <script>alert(1)</script> &amp; <!-- none -->',
		'[no](javascript:alert(1))',
		'[no](data:text/html,x)',
		'[https://bank.example](https://evil.example)',
		'~about 5~ and ~~6~~',
		'----',
		'    not indented code',
		'[ ] no task'
	])('are none, and stay as typed: %j', (text) => {
		expect(read(text).replaceAll('⏎', '\n')).toBe(text);
	});

	it.each(['```', '~~~', '>', '-', '1.', '[](https://a.example)', '> ```'])(
		'with nothing in them stay as typed: %j',
		(text) => expect(readMarkdown(text)).toEqual([{ type: 'paragraph', parts: [{ type: 'text', text }] }])
	);

	it('are looked for only where a sign of one stands, and not in very long texts', () => {
		expect(mayBeMarked('Is the mole free at 12:30? Yes - until 1.')).toBe(false);
		expect(mayBeMarked('so **free**')).toBe(true);
		expect(mayBeMarked('fine\n- rope')).toBe(true);
		expect(mayBeMarked('*'.repeat(4_001))).toBe(false);
	});

	it.each([['>'], ['> '], ['1. '], ['- '], ['*a _b ']])(
		'that go too deep are none: %j, again and again',
		(sign) => {
			const text = `${sign.repeat(300)}x${' b_ a*'.repeat(sign.startsWith('*') ? 300 : 0)}`;
			expect(readMarkdown(text)).toEqual([{ type: 'paragraph', parts: [{ type: 'text', text }] }]);
		}
	);

	it('a link without words stands as it was typed, beside others too', () => {
		const text = '[](https://a.example/🦭)';
		expect(read(`so: ${text}, and [rope](https://b.example/)`)).toBe(
			`so: ${text}, and link(https://b.example/ rope)`
		);
	});

	it('whatever stands in a text, reading it throws nothing and every letter is still there', () => {
		const piece = fc.constantFrom(
			'*',
			'_',
			'`',
			'> ',
			'- ',
			'1. ',
			'[',
			'](',
			')',
			'\n',
			' ',
			'<',
			'\\',
			'https://a.example/',
			'word',
			'🦭'
		);
		fc.assert(
			fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
				const text = pieces.join('');
				const words = (of: string) => of.match(/word|🦭/g)?.length ?? 0;
				// An address is read as it is written for machines.
				expect(words(decodeURI(read(text)))).toBeGreaterThanOrEqual(words(text));
			}),
			{ numRuns: 2_000 }
		);
	});
});
