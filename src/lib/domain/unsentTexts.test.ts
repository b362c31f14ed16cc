import { describe, expect, it } from 'vitest';
import { ALICE, editEntry, erased, messageEntry, reactionEntry, redactionEntry } from './entries.fixture';
import { formatEntryId, type Entry } from './entry';
import { salvagePlan } from './salvage';
import { unsentTexts } from './unsentTexts';

const textsOf = (...own: Entry[]) => unsentTexts(salvagePlan(own, { ahead: 'all' }), own);
const at = (s: number) => ({ client: 1, s, ms: 10 + s, author: ALICE });

describe('texts that were not sent', () => {
	it('are messages with what they answer, by when they were written', () => {
		const first = messageEntry({ ...at(0), text: 'first' });
		const second = messageEntry({ ...at(1), text: 'second', replyTo: formatEntryId(first) });
		expect(textsOf(second, first)).toEqual([
			{ source: '0.1.0', message: '0.1.0', isEdit: false, text: 'first', at: 10 },
			{ source: '0.1.1', message: '0.1.1', isEdit: false, text: 'second', at: 11, replyTo: '0.1.0' }
		]);
	});

	it('of a message that was changed before it left are its newest, at the message’s own time', () => {
		const bare = erased(messageEntry(at(0)));
		const edit = editEntry({ ...at(1), target: formatEntryId(bare), text: 'second' });
		const next = editEntry({ ...at(2), target: formatEntryId(bare), text: 'third' });
		expect(textsOf(bare, edit)).toMatchObject([{ source: '0.1.1', text: 'second', isEdit: false, at: 10 }]);
		expect(textsOf(bare, edit, next)).toMatchObject([{ source: '0.1.2', text: 'third', isEdit: false }]);
	});

	it('of a message that others have are its newest, and said to be changes', () => {
		const target = '0.7.0';
		const edits = [
			editEntry({ ...at(0), target, text: 'one' }),
			editEntry({ ...at(1), target, text: 'two' })
		];
		expect(textsOf(...edits)).toMatchObject([{ message: target, isEdit: true, text: 'two' }]);
	});

	it('are none where the person took them back, nor of reactions and deletions', () => {
		const gone = messageEntry({ ...at(0), text: 'gone' });
		const target = formatEntryId(gone);
		expect(textsOf(gone, redactionEntry({ ...at(1), target }))).toEqual([]);
		expect(textsOf(erased(gone), reactionEntry({ ...at(1), target: '0.7.0' }))).toEqual([]);
	});
});
