import { expect, it } from 'vitest';
import { PART_COST, PartAssembly } from './partAssembly';

const bytes = (...values: number[]) => new Uint8Array(values);
/** Room for six bytes in so many parts. */
const assembly = (parts = 3) => new PartAssembly({ messageBytesMax: 4, bytesMax: 6 + parts * PART_COST });

it('puts messages of several channels together, whose parts come in turn', () => {
	const parts = assembly();
	parts.add(1, bytes(1, 2));
	parts.add(2, bytes(7));
	parts.add(1, bytes(3));
	expect(parts.finish(2, bytes(8))).toEqual(bytes(7, 8));
	expect(parts.finish(1, bytes(4))).toEqual(bytes(1, 2, 3, 4));
	expect(parts.bytes).toBe(0);
});

it('gives a message in one piece as it is', () => {
	const whole = bytes(1, 2);
	expect(assembly().finish(1, whole)).toBe(whole);
});

it('keeps no view of the bytes that it is given', () => {
	const parts = assembly();
	const part = bytes(1, 2);
	parts.add(1, part);
	part.fill(9);
	expect(parts.finish(1, bytes(3))).toEqual(bytes(1, 2, 3));
});

it('refuses a message that is too large, and forgets it', () => {
	const parts = assembly();
	expect(parts.add(1, bytes(1, 2, 3))).toBe(true);
	expect(parts.add(1, bytes(4, 5))).toBe(false);
	expect(parts.bytes).toBe(0);
});

it('refuses more than it may hold of all messages together', () => {
	const parts = assembly(2);
	parts.add(1, bytes(1, 2, 3, 4));
	expect(parts.add(2, bytes(1, 2, 3))).toBe(false);
	expect(parts.bytes).toBe(4 + PART_COST);
});

it('refuses many tiny parts, which take more than their bytes', () => {
	const parts = assembly(3);
	const taken = Array.from({ length: 6 }, () => parts.add(1, bytes()));
	expect(taken).toEqual([true, true, true, false, true, true]);
});

it('forgets a channel that is no more', () => {
	const parts = assembly();
	parts.add(1, bytes(1, 2));
	parts.drop(1);
	expect(parts.bytes).toBe(0);
	expect(parts.finish(1, bytes(3))).toEqual(bytes(3));
});
