import { describe, expect, it } from 'vitest';
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
});
