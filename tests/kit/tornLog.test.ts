import { expect, test } from 'vitest';
import { wholeBytes } from './tornLog';

/** A record, or a fragment of one, as LevelDB's log has it. */
function record(length: number, type = 1): Buffer {
	const bytes = Buffer.alloc(7 + length, 0xab);
	bytes.writeUInt16LE(length, 4);
	bytes[6] = type;
	return bytes;
}

test('a log of whole records stays as it is', () => {
	const log = Buffer.concat([record(20), record(300)]);
	expect(wholeBytes(log)).toBe(log.length);
	expect(wholeBytes(Buffer.alloc(0))).toBe(0);
});

test('half a record is cut, be it a header alone or a part of one', () => {
	for (const half of [7, 3, 100]) {
		const log = Buffer.concat([record(20), record(300).subarray(0, half)]);
		expect(wholeBytes(log)).toBe(27);
	}
});

test('a record in fragments counts when its last is there, in the next block', () => {
	const first = record(32_768 - 27 - 7, 2);
	const log = Buffer.concat([record(20), first, record(50, 4)]);
	expect(wholeBytes(log)).toBe(log.length);
	expect(wholeBytes(log.subarray(0, -1))).toBe(27);
});

test('the end of a block that is too short for a header is passed over', () => {
	const log = Buffer.concat([record(32_768 - 7 - 3), Buffer.alloc(3), record(50)]);
	expect(wholeBytes(log)).toBe(log.length);
});
