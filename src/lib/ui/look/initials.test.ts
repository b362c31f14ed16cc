import { describe, expect, it } from 'vitest';
import { initials } from './initials';

describe('initials', () => {
	it.each([
		['Tomás Ferreira', 'TF'],
		['edda', 'E'],
		['marit.solheim', 'MS'],
		['ليلى منصور', 'لم'],
		['  the Old  Hut rota ', 'TR'],
		['👩‍🔬 lab', '👩‍🔬L'],
		['“Kelp” survey', 'KS'],
		['A\u0308da', 'A\u0308'],
		['...', ''],
		['', '']
	])('of %j are %j', (name, expected) => {
		expect(initials(name)).toBe(expected);
	});
});
