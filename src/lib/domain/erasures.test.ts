import { describe, expect, it } from 'vitest';
import {
	ALICE,
	BOB,
	editEntry,
	erased,
	messageEntry,
	moderatedEntry,
	pinEntry,
	reactionEntry,
	receiptEntry,
	redactionEntry
} from './entries.fixture';
import { bodiesOf, erasedBy, lateErasures, standingThoughDeleted } from './erasures';
import { foldTimeline } from './timeline';
import { formatEntryId } from './entry';
import { SYSTEM_USER } from './ids';

const message = messageEntry({ client: 1, s: 0 });
const target = formatEntryId(message);
const edit = editEntry({ client: 1, s: 1, target });
const away = editEntry({ client: 2, s: 0, target, text: 'from a device that was away' });
const others = [
	messageEntry({ client: 1, s: 2 }),
	editEntry({ client: 1, s: 3, target: '0.1.2' }),
	reactionEntry({ client: 1, s: 4, target }),
	editEntry({ client: 5, author: BOB, target })
];
const redaction = { client: 1, s: 9, target };

describe('the bodies of a message', () => {
	it('are its own and those of its edits, by the same user', () => {
		expect(bodiesOf(target, [message, edit, away, ...others], ALICE)).toEqual([message, edit, away]);
		expect(bodiesOf(target, [erased(message), edit], ALICE)).toEqual([edit]);
		expect(bodiesOf(target, [message, edit], BOB)).toEqual([]);
		expect(bodiesOf('0.9.9', [message, edit], ALICE)).toEqual([]);
	});

	it('erased, leave nothing of it to show', () => {
		const all = [message, edit, away];
		const gone = new Set(bodiesOf(target, all, ALICE));
		expect(foldTimeline(all.map((entry) => (gone.has(entry) ? erased(entry) : entry)))).toEqual([]);
	});
});

describe('what the server erases', () => {
	const receipt = receiptEntry({ client: 1, s: 7, vector: new Map() });
	const left = [pinEntry({ client: 1, s: 8, target }), redactionEntry(redaction)];

	it('of a message is what its author would', () => {
		const entries = [message, edit, away, ...others, receipt, ...left];
		expect(erasedBy({ author: ALICE, message: target }, entries)).toEqual({
			bodies: [message, edit, away],
			whole: []
		});
		expect(erasedBy({ author: BOB, message: target }, [message, edit]).bodies).toEqual([]);
	});

	it('of a user is all they wrote, but for what they deleted and pinned', () => {
		const entries = [message, erased(edit), ...others, receipt, ...left];
		expect(erasedBy({ author: ALICE }, entries)).toEqual({
			bodies: [message, ...others.filter(({ author }) => author === ALICE)],
			whole: [receipt]
		});
	});
});

describe('late erasures', () => {
	it('are the bodies that are still here of what its author or the server deleted', () => {
		const entries = [erased(message), edit, away, ...others];
		expect(lateErasures(entries, ALICE)).toEqual([]);
		expect(lateErasures([...entries, redactionEntry(redaction)], ALICE)).toEqual([edit, away]);
		expect(lateErasures([redactionEntry({ ...redaction, author: SYSTEM_USER }), message], ALICE)).toEqual([
			message
		]);
	});

	it('are due where a moderator removed the message', () => {
		const removal = moderatedEntry({ client: 3, target });
		expect(lateErasures([erased(message), away, removal], ALICE)).toEqual([away]);
		expect(lateErasures([message, { ...removal, author: BOB }], ALICE)).toEqual([]);
	});

	it('are of messages that are to be deleted once more, each once', () => {
		const entries = [erased(message), edit, away, ...others, redactionEntry(redaction)];
		expect(standingThoughDeleted(entries, ALICE)).toEqual([target]);
		expect(standingThoughDeleted([message, redactionEntry(redaction)], ALICE)).toEqual([target]);
		expect(standingThoughDeleted([erased(message), redactionEntry(redaction)], ALICE)).toEqual([]);
	});

	it('are none where another redacted, or what is redacted is not one’s own', () => {
		expect(lateErasures([message, redactionEntry({ ...redaction, author: BOB })], ALICE)).toEqual([]);
		expect(lateErasures([message, edit, redactionEntry(redaction)], BOB)).toEqual([]);
		expect(lateErasures([message, redactionEntry({ ...redaction, segment: 1 })], ALICE)).toEqual([]);
	});
});
