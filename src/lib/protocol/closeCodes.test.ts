import { describe, expect, it } from 'vitest';
import { CLOSE, isPermanentClose } from './closeCodes';

describe('close codes', () => {
	it('tell the permanent from the transient by their number', () => {
		const permanent = Object.entries(CLOSE).filter(([, code]) => isPermanentClose(code));
		expect(permanent.map(([name]) => name)).toEqual([
			'badFrame',
			'logIn',
			'forbidden',
			'noSuchRoom',
			'clock',
			'putOut',
			'logTaken',
			'tooLarge',
			'storeFull'
		]);
		for (const code of [1000, 1006, 4399, 4500, 4503]) expect(isPermanentClose(code)).toBe(false);
	});

	it('are all different, and in the range that applications may use', () => {
		const codes = Object.values(CLOSE);
		expect(new Set(codes).size).toBe(codes.length);
		for (const code of codes) expect(code >= 4400 && code < 5000).toBe(true);
	});
});
