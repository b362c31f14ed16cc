import { describe, expect, it } from 'vitest';
import { ALICE, erased, sealEntry } from './entries.fixture';
import { foldSeals } from './seals';

describe('seals', () => {
	it('are the server’s, one a segment, of two writings the earlier', () => {
		const first = sealEntry({ segment: 2, ms: 1, vector: new Map([[1, 2]]) });
		const second = sealEntry({ segment: 2, s: 1, ms: 2, vector: new Map([[1, 4]]) });
		const other = sealEntry({ segment: 3, vector: new Map() });
		const forged = { ...sealEntry({ segment: 4, vector: new Map([[1, 2]]) }), author: ALICE };
		const found = new Map([
			[2, new Map([[1, 2]])],
			[3, new Map()]
		]);
		expect(foldSeals([first, second, other, forged])).toEqual(found);
		expect(foldSeals([other, second, erased(second), first])).toEqual(found);
		expect(foldSeals([{ ...first, version: 1 }, { ...first, kind: 200 }, erased(first)]).size).toBe(0);
	});
});
