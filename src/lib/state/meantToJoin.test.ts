import { expect, it } from 'vitest';
import { noteMeantToJoin, takeMeantToJoin } from './meantToJoin';

function emptyStorage() {
	const kept = new Map<string, string>();
	return {
		getItem: (key: string) => kept.get(key) ?? null,
		setItem: (key: string, value: string) => void kept.set(key, value),
		removeItem: (key: string) => void kept.delete(key)
	};
}

it('whoever was led away by a link means that one, and means it once', () => {
	const storage = emptyStorage();
	expect(takeMeantToJoin('boats', storage)).toBe(false);
	noteMeantToJoin('boats', storage);
	expect(takeMeantToJoin('ships', storage)).toBe(false);
	expect([takeMeantToJoin('boats', storage), takeMeantToJoin('boats', storage)]).toEqual([true, false]);
});

it('where the site may keep nothing it is asked again, and nothing fails', () => {
	noteMeantToJoin('boats', undefined);
	expect(takeMeantToJoin('boats', undefined)).toBe(false);
});
