import { expect, it } from 'vitest';
import type { MessageRow, TimelineRow } from './timelineRow';
import { reportShown } from './reportShown';
import { REPORT_TEXT_MAX } from '../domain/limits';

const row = (n: number, fields: Partial<MessageRow> = {}) =>
	({
		type: 'message',
		id: `0.1.${n}`,
		authorName: 'Bob',
		text: `m${n}`,
		deleted: false,
		...fields
	}) as TimelineRow;
const event = { type: 'event', id: '0.9.9' } as TimelineRow;
const texts = (rows: readonly TimelineRow[], id: string) => reportShown(rows, id).map(({ text }) => text);

it('a report shows the message with three before it and three behind it', () => {
	const rows = Array.from({ length: 12 }, (_, n) => row(n));
	expect(texts(rows, '0.1.5')).toEqual(['m2', 'm3', 'm4', 'm5', 'm6', 'm7', 'm8']);
	expect(texts(rows, '0.1.0')).toEqual(['m0', 'm1', 'm2', 'm3']);
	expect(texts(rows, '0.1.11')).toEqual(['m8', 'm9', 'm10', 'm11']);
});

it('a report shows nothing that is deleted, that has not left this device, or that nobody wrote', () => {
	const rows = [
		row(0, { deleted: true }),
		event,
		row(1),
		row(2),
		row(3, { state: 'queued' }),
		row(4, { state: 'sent' })
	];
	expect(texts(rows, '0.1.2')).toEqual(['m1', 'm2', 'm4']);
	expect(texts(rows, '0.1.0')).toEqual([]);
});

it('a report shows the beginning of a long message', () => {
	expect(texts([row(0, { text: 'x'.repeat(REPORT_TEXT_MAX + 1) })], '0.1.0')[0]).toHaveLength(
		REPORT_TEXT_MAX
	);
});
