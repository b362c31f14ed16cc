import { describe, expect, it, vi } from 'vitest';
import { DISPLAY_NAME_MAX } from './limits';
import { mentions } from './mentions';

const mira = { username: 'mira', displayName: 'Mira Solheim' };

describe('a message names a person', () => {
	it.each([
		'@mira',
		'and @Mira, please',
		'(@mira) look',
		'@mira.',
		'low water, @mira solheim?',
		'@MIRA Solheim',
		'@miranda and @mira'
	])('in %j', (text) => {
		expect(mentions(text, mira)).toBe(true);
	});

	it.each(['mira', 'rope@mira.example', '@miranda', '@mira.solheim', '@mira-2', '@ mira', '@@mira', ''])(
		'not in %j',
		(text) => {
			expect(mentions(text, mira)).toBe(false);
		}
	);

	it('in any script, however its letters are composed', () => {
		expect(mentions('يا @ليلى، تعالي', { username: 'ليلى', displayName: 'ليلى' })).toBe(true);
		expect(mentions('@Ngo\u0323c', { username: 'ngọc', displayName: '' })).toBe(true);
	});

	it('behind a letter of two halves is none', () => {
		expect(mentions('𐐷@mira', mira)).toBe(false);
		expect(mentions('🦭@mira', mira)).toBe(true);
	});

	it('as long as names may be, with each letter in parts', () => {
		const longest = { username: 'mira', displayName: 'ᾂ'.repeat(DISPLAY_NAME_MAX) };
		expect(mentions(`at ten, @${longest.displayName.normalize('NFD')}!`, longest)).toBe(true);
		expect(mentions(`at ten, @${longest.displayName.normalize('NFD')}α`, longest)).toBe(false);
	});

	it('and no long text is ever composed, which takes long where many marks stand in the wrong order', () => {
		const composed = vi.spyOn(String.prototype, 'normalize');
		try {
			const marks = '\u0345'.repeat(4_000) + '\u0334'.repeat(4_000);
			expect(mentions(`@a${marks} @mira`, mira)).toBe(true);
			const lengths = composed.mock.contexts.map((text) => String(text).length);
			expect(Math.max(...lengths)).toBeLessThan(1_000);
		} finally {
			composed.mockRestore();
		}
	});
});
