import { describe, expect, it, vi } from 'vitest';
import { isEmoji } from './emoji';

describe('a reaction', () => {
	it.each(['👍', '👍🏽', '❤️', '❤', '1️⃣', '🇩🇪', '👨‍👩‍👧‍👦', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '✓', 'क्षि', '한'])('is one of %s', (text) => {
		expect(isEmoji(text)).toBe(true);
	});

	it.each(['', '👍👍', '🇩🇪🇫🇷', 'ok', '👍 ', ' ', '\n', '\r\n', '\0', '\u202e', '\u200d', '\ufe0f', '\ud800'])(
		'is not %j',
		(text) => {
			expect(isEmoji(text)).toBe(false);
		}
	);

	it('is not one grapheme of many bytes', () => {
		expect(isEmoji(`a${'\u0301'.repeat(31)}`)).toBe(true);
		expect(isEmoji(`a${'\u0301'.repeat(32)}`)).toBe(false);
		expect(isEmoji('👨‍'.repeat(1_000) + '👨')).toBe(false);
	});

	it('has no segmenter made for it, where it is one sign', async () => {
		vi.resetModules();
		const made = vi.spyOn(Intl, 'Segmenter');
		const { isEmoji } = await import('./emoji');
		expect(isEmoji('👍')).toBe(true);
		expect(made).not.toHaveBeenCalled();
		made.mockRestore();
	});
});
