import { expect, it } from 'vitest';
import { SegmentReads } from './segmentReads';

function setUp() {
	const asked: string[] = [];
	const failing = new Set<string>();
	const reads = new SegmentReads({
		entries: async (room) => {
			asked.push(room);
			if (failing.has(room)) throw new Error('away');
			return [];
		}
	});
	return { asked, failing, reads };
}

it('a segment is read once, for all at once and one after the other, until something is written there', async () => {
	const { asked, reads } = setUp();
	await Promise.all([reads.entries('one'), reads.entries('one')]);
	await reads.entries('one');
	expect(asked).toEqual(['one']);
	reads.forget('one');
	await reads.entries('one');
	expect(asked).toEqual(['one', 'one']);
});

it('no more than four are kept, those that were used last', async () => {
	const { asked, reads } = setUp();
	for (const room of ['one', 'two', 'three', 'four', 'one', 'five', 'one', 'two']) await reads.entries(room);
	expect(asked).toEqual(['one', 'two', 'three', 'four', 'five', 'two']);
});

it('what could not be read is asked for again', async () => {
	const { asked, failing, reads } = setUp();
	failing.add('one');
	await expect(reads.entries('one')).rejects.toThrow('away');
	failing.delete('one');
	expect(await reads.entries('one')).toEqual([]);
	expect(asked).toHaveLength(2);
});

it('all are forgotten at once', async () => {
	const { asked, reads } = setUp();
	await reads.entries('one');
	reads.forgetAll();
	await reads.entries('one');
	expect(asked).toHaveLength(2);
});
