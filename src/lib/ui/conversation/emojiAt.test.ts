import { describe, expect, it } from 'vitest';
import { emojiAt, emojiFor } from './emojiAt';

/** The bar is the caret. */
const at = (typed: string) => emojiAt(typed.replace('|', ''), typed.indexOf('|'));

describe('an emoji is begun', () => {
	it.each([
		[':th|', 0, 'th'],
		['well :Fi| done', 5, 'Fi'],
		['one\n:thumbs_up|', 4, 'thumbs_up'],
		[':قل|', 0, 'قل']
	])('in %j', (typed, from, query) => {
		expect(at(typed)).toEqual({ from, query });
	});

	it.each(['|', ':|', ':t|', ':D|', 'at 10:30|', 'note:this|', ':th |', '::th|', ':th: |', 'https://so|'])(
		'not in %j',
		(typed) => {
			expect(at(typed)).toBeUndefined();
		}
	);
});

describe('which emoji are offered', () => {
	const words = { '👍': 'thumbs up yes', '🔥': 'fire hot', '🚒': 'fire engine', '🎉': 'fête party' };

	it('are those of which a word begins so, however it is written', () => {
		expect(emojiFor('fir', words)).toEqual(['🔥', '🚒']);
		expect(emojiFor('Thumbs_up', words)).toEqual(['👍']);
		expect(emojiFor('fete', words)).toEqual(['🎉']);
	});

	it('are none where no word does, and few of many', () => {
		expect(emojiFor('ire', words)).toEqual([]);
		const many = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`e${n}`, 'face']));
		expect(emojiFor('face', many)).toHaveLength(6);
	});
});
