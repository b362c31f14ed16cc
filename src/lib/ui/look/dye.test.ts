import { describe, expect, it } from 'vitest';
import { dyeOf, secondDyeOf } from './dye';

describe('dyes', () => {
	const ids = Array.from({ length: 400 }, (_, n) => `conversation-${n}`);

	it('give one id the same dye every time', () => {
		for (const id of ids) expect(dyeOf(id)).toBe(dyeOf(id));
	});

	it('use all eight', () => {
		expect(new Set(ids.map(dyeOf)).size).toBe(8);
	});

	it('never give a group the same dye twice', () => {
		for (const id of ids) expect(secondDyeOf(id)).not.toBe(dyeOf(id));
	});
});
