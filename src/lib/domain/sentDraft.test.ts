import { describe, expect, it } from 'vitest';
import { editEntry, messageEntry, redactionEntry } from './entries.fixture';
import { foldTimeline, type TimelineMessage } from './timeline';
import { wasSent } from './sentDraft';
import type { Entry } from './entry';

const messages = (...entries: Entry[]): TimelineMessage[] =>
	foldTimeline(entries).filter((item): item is TimelineMessage => item.type === 'message');
const typed = (text: string, ms: number, replyTo?: '0.1.0') => ({ text, replyTo, stamp: { ms, counter: 0 } });

describe('a draft was sent', () => {
	it('if a later message says just that', () => {
		expect(wasSent(typed(' hello \n', 5), messages(messageEntry({ text: 'hello', ms: 6 })))).toBe(true);
	});

	it('though the message was edited since', () => {
		const all = messages(
			messageEntry({ text: 'hello', ms: 6 }),
			editEntry({ target: '0.1.0', text: 'hello!', s: 1, ms: 7 })
		);
		expect(wasSent(typed('hello', 5), all)).toBe(true);
	});

	it('though it held what no text can hold', () => {
		expect(wasSent(typed('a\ud800', 5), messages(messageEntry({ text: 'a\ufffd', ms: 6 })))).toBe(true);
	});
});

describe('a draft was not sent', () => {
	it.each([
		['the message is earlier: it was typed again', typed('hello', 6), messageEntry({ text: 'hello', ms: 5 })],
		['the message says something else', typed('hello', 5), messageEntry({ text: 'hell', ms: 6 })],
		[
			'the message replies to something else',
			typed('hello', 5, '0.1.0'),
			messageEntry({ text: 'hello', ms: 6 })
		],
		[
			'the message was forwarded from elsewhere',
			typed('hello', 5),
			messageEntry({ text: 'hello', forwardedFrom: 'Bob', ms: 6 })
		],
		['there is no text in it', typed(' ', 5), messageEntry({ text: '', ms: 6 })]
	])('if %s', (_, draft, entry) => {
		expect(wasSent(draft, messages(entry))).toBe(false);
	});

	it('if the message is gone: its text would be nowhere', () => {
		const deleted = messages(
			messageEntry({ text: 'hello', ms: 6 }),
			redactionEntry({ target: '0.1.0', s: 1, ms: 7 })
		);
		expect(wasSent(typed('hello', 5), deleted)).toBe(false);
	});
});
