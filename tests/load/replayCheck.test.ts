import { describe, expect, it } from 'vitest';
import { findProblems } from './replayCheck';
import { foldTimeline, type TimelineItem } from '../../src/lib/domain/timeline';
import { messageEntry } from '../../src/lib/domain/entries.fixture';

const lines = [
	{ nick: 'ann', text: 'one' },
	{ nick: 'ben', text: 'two' },
	{ nick: 'ann', text: 'three' }
];
const items = foldTimeline(lines.map(({ text }, s) => messageEntry({ s, ms: s, text })));
const written = items.map(({ id }) => id);
const problemsOf = (...shown: (readonly TimelineItem[])[]) =>
	findProblems({
		lines,
		written,
		timelines: shown.map((each, i) => ({ device: `device ${i}`, items: each }))
	});

describe('the judgement of a replay', () => {
	it('finds nothing where all devices show each line once, in order', () => {
		expect(problemsOf(items, items)).toEqual([]);
	});

	it('finds a line that is missing, stands twice or reads otherwise', () => {
		expect(problemsOf(items.slice(1))).toEqual(['line 0 is missing']);
		expect(problemsOf([items[0]!, ...items])).toEqual(['line 0 stands twice']);
		expect(problemsOf([{ ...items[0]!, text: 'other' } as TimelineItem, ...items.slice(1)])).toEqual([
			'line 0 reads "other"'
		]);
	});

	it('finds a message that is no line', () => {
		expect(problemsOf([...items, { ...items[0]!, id: '0.9.9' }])).toEqual([
			'message 0.9.9 is no line of the log'
		]);
	});

	it('finds lines of one nick out of order, and lets those of different nicks change places', () => {
		const [one, two, three] = items as [TimelineItem, TimelineItem, TimelineItem];
		expect(problemsOf([two, one, three])).toEqual([]);
		expect(problemsOf([three, two, one])).toEqual(['line 0 of ann stands behind a later one']);
	});

	it('finds devices that show something else', () => {
		expect(problemsOf(items, items.slice(0, 2))).toEqual([
			'device 1 shows 2 items, other ones than device 0 from item 2 on'
		]);
		expect(problemsOf()).toEqual(['there are no devices']);
	});
});
