import { describe, expect, it } from 'vitest';
import {
	ALICE,
	editEntry,
	erased,
	messageEntry,
	pinEntry,
	reactionEntry,
	redactionEntry
} from './entries.fixture';
import { createTimelineFold } from './timelineFold';
import { formatEntryId, type Entry } from './entry';
import { unsentEditsOf, waitingDeeds } from './unsentMessages';

const first = messageEntry({ client: 1, s: 0, author: ALICE });
const second = messageEntry({ client: 1, s: 1, author: ALICE });
const [idOfFirst, idOfSecond] = [formatEntryId(first), formatEntryId(second)];
const edits = [2, 3].map((s) => editEntry({ client: 1, s, target: idOfFirst }));
const reaction = reactionEntry({ client: 1, s: 4, target: idOfFirst });

/** What waits in a timeline of which only the given entries have not left. */
function waitingIn(entries: readonly Entry[], unsent: readonly Entry[]) {
	const fold = createTimelineFold();
	fold.apply(entries);
	return waitingDeeds({ unsent, message: fold.message }).map(({ type, target, emoji, on }) =>
		[type, target, emoji, on].filter((part) => part !== undefined)
	);
}

describe('what waits', () => {
	it('is a message once, however often it was changed, and what else was done to it', () => {
		const unsent = [...edits, second, reaction];
		expect(waitingIn([first, ...unsent], unsent)).toEqual([
			['message', idOfFirst],
			['message', idOfSecond],
			['reaction', idOfFirst, '👍', true]
		]);
	});

	it('is each emoji of a message by itself, as it was said last, and its pin', () => {
		const off = reactionEntry({ client: 1, s: 5, ms: 2_000, target: idOfFirst, on: false });
		const heart = reactionEntry({ client: 1, s: 6, target: idOfFirst, emoji: '❤️' });
		const pin = pinEntry({ client: 1, s: 7, target: idOfSecond });
		const unsent = [reaction, off, heart, pin];
		expect(waitingIn([first, second, ...unsent], unsent)).toEqual([
			['reaction', idOfFirst, '👍', false],
			['reaction', idOfFirst, '❤️', true],
			['pin', idOfSecond, true]
		]);
	});

	it('is a deletion until the others have heard of it, unless somebody else deleted the message', () => {
		const gone = redactionEntry({ client: 1, s: 5, ms: 20, target: idOfFirst });
		expect(waitingIn([erased(first), gone], [gone])).toEqual([['redaction', idOfFirst]]);
		expect(waitingIn([erased(first), gone], [])).toEqual([]);
		const again = redactionEntry({ client: 1, s: 6, ms: 30, target: idOfFirst });
		expect(waitingIn([erased(first), gone, again], [again])).toEqual([]);
	});

	it('is nothing that was done to a message which is deleted meanwhile, or is no more', () => {
		const gone = redactionEntry({ client: 1, s: 9, ms: 2_000, target: idOfFirst });
		const pin = pinEntry({ client: 1, s: 5, target: idOfFirst });
		expect(waitingIn([first, edits[0]!, reaction, pin, gone], [edits[0]!, reaction, pin])).toEqual([]);
		expect(waitingIn([erased(first), reaction], [reaction])).toEqual([]);
	});
});

it('the changes of one message that wait are those that name it', () => {
	expect(unsentEditsOf(idOfFirst, [first, ...edits, reaction])).toEqual(edits);
	expect(unsentEditsOf(idOfSecond, edits)).toEqual([]);
});
