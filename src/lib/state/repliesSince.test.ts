import { describe, expect, it } from 'vitest';
import { createTimelineFold } from '../domain/timelineFold';
import {
	ALICE,
	BOB,
	editEntry,
	erased,
	eventEntry,
	messageEntry,
	reactionEntry,
	redactionEntry
} from '../domain/entries.fixture';
import { formatEntryId, type Entry } from '../domain/entry';
import { repliesSince, unsentMessages } from './repliesSince';

/** A timeline of which only the given entries have not left. */
function timelineOf(entries: readonly Entry[], unsent: readonly Entry[]) {
	const fold = createTimelineFold();
	fold.apply(entries);
	return { items: fold.items, message: fold.message, unsent };
}

const own = (s: number, ms: number) => messageEntry({ client: 1, s, ms, author: ALICE, text: `own ${s}` });
const others = (s: number, ms: number) => messageEntry({ client: 2, s, ms, author: BOB });

describe('what has not left', () => {
	it('is messages, those changed before they left, and messages with a change that has not; each once', () => {
		const [waiting, changed, sent] = [own(0, 10), own(1, 20), own(2, 30)];
		const bare = erased(changed);
		const edit = editEntry({ client: 1, s: 3, ms: 40, target: formatEntryId(bare), text: 'changed' });
		const later = editEntry({ client: 1, s: 4, ms: 50, target: formatEntryId(sent), text: 'sent, changed' });
		const again = editEntry({ client: 1, s: 5, ms: 60, target: formatEntryId(sent), text: 'and again' });
		const reaction = reactionEntry({ client: 1, s: 6, ms: 70, target: formatEntryId(sent) });
		const unsent = [waiting, edit, later, again, reaction];
		const all = [waiting, bare, sent, edit, later, again, reaction];
		expect(unsentMessages(timelineOf(all, unsent)).map(({ text }) => text)).toEqual([
			'own 0',
			'changed',
			'and again'
		]);
	});

	it('is not a message that was deleted meanwhile', () => {
		const sent = own(0, 10);
		const target = formatEntryId(sent);
		const edit = editEntry({ client: 1, s: 1, ms: 20, target, text: 'changed' });
		const gone = redactionEntry({ client: 1, s: 2, ms: 30, target });
		expect(unsentMessages(timelineOf([sent, edit, gone], [edit, gone]))).toEqual([]);
	});
});

describe('replies since', () => {
	it('are messages of others behind it, one’s own, events and deleted ones aside', () => {
		const [first, second, last] = [own(0, 10), own(1, 40), own(2, 90)];
		const gone = others(2, 60);
		const all = [
			others(0, 5),
			first,
			others(1, 20),
			second,
			others(3, 50),
			gone,
			redactionEntry({ client: 2, s: 4, ms: 61, author: BOB, target: formatEntryId(gone) }),
			eventEntry({ client: 3, ms: 70 }),
			others(5, 80),
			last
		];
		const counts = repliesSince(timelineOf(all, [first, second, last]), ALICE);
		expect(counts).toEqual(
			new Map([
				[formatEntryId(second), 2],
				[formatEntryId(first), 3]
			])
		);
	});

	it('are none where nothing waits', () => {
		const sent = own(0, 10);
		expect(repliesSince(timelineOf([sent, others(0, 20)], []), ALICE)).toEqual(new Map());
	});
});
