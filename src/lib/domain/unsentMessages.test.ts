import { expect, it } from 'vitest';
import { ALICE, editEntry, messageEntry, reactionEntry, redactionEntry } from './entries.fixture';
import { formatEntryId } from './entry';
import { unsentEditsOf, unsentMessageIds } from './unsentMessages';

const [first, second] = [0, 1].map((s) => messageEntry({ client: 1, s, author: ALICE }));
const [idOfFirst, idOfSecond] = [formatEntryId(first!), formatEntryId(second!)];
const edits = [2, 3].map((s) => editEntry({ client: 1, s, target: idOfFirst }));
const reaction = reactionEntry({ client: 1, s: 4, target: idOfFirst });

it('a message waits once, however often it was changed; a reaction is none', () => {
	expect([...unsentMessageIds([...edits, second!, reaction])]).toEqual([idOfFirst, idOfSecond]);
});

it('a message waits, too, whose deletion the others have not heard of', () => {
	const deletion = redactionEntry({ client: 1, s: 5, target: idOfFirst });
	expect([...unsentMessageIds([deletion])]).toEqual([idOfFirst]);
});

it('the changes of one message that wait are those that name it', () => {
	expect(unsentEditsOf(idOfFirst, [first!, ...edits, reaction])).toEqual(edits);
	expect(unsentEditsOf(idOfSecond, edits)).toEqual([]);
});
