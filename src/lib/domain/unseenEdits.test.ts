import { describe, expect, it } from 'vitest';
import { ALICE, BOB, editEntry, erased, messageEntry, redactionEntry } from './entries.fixture';
import { formatEntryId, type Entry } from './entry';
import { judgeEdits } from './unseenEdits';

const message = messageEntry({ client: 1, s: 0 });
const target = formatEntryId(message);
const edit = (s: number, text: string) => editEntry({ client: 2, s, ms: 2_000 + s, target, text });
const redaction = (client: number) => redactionEntry({ client, s: 0, ms: 3_000, target });

/** What is made of edits when the segment holds these entries. */
const judge = (edits: Entry[], entries: Entry[]) =>
	judgeEdits(new Map(edits.map((each) => [formatEntryId(each), each])), entries, ALICE);

describe('an edit of a message that was deleted', () => {
	it('was not seen by who deleted it if it still stands', () => {
		const own = edit(0, 'noon, at the quay');
		const { unseen, settled } = judge([own], [erased(message), redaction(3), own]);
		expect(unseen).toMatchObject([{ message: target, isEdit: true, text: 'noon, at the quay', at: 2_000 }]);
		expect(settled).toEqual([formatEntryId(own)]);
	});

	it('was not seen if another device erased it when it arrived there late', () => {
		const own = edit(0, 'noon, at the quay');
		const entries = [erased(message), redaction(3), erased(own), redaction(4)];
		expect(judge([own], entries).unseen).toMatchObject([{ text: 'noon, at the quay' }]);
	});

	it('was seen if it went with the message', () => {
		const own = edit(0, 'noon, at the quay');
		expect(judge([own], [erased(message), redaction(3), erased(own)])).toEqual({
			unseen: [],
			settled: [formatEntryId(own)]
		});
	});

	it('is the newest of several', () => {
		const edits = [edit(1, 'second'), edit(0, 'first')];
		const { unseen, settled } = judge(edits, [erased(message), redaction(3), ...edits]);
		expect(unseen.map(({ text }) => text)).toEqual(['second']);
		expect(settled).toHaveLength(2);
	});
});

it('an edit of a message that stands is left as it is, and one that was taken back is forgotten', () => {
	const [standing, gone] = [edit(0, 'noon'), edit(1, 'one')];
	expect(judge([standing, gone], [message, standing, erased(gone)])).toEqual({
		unseen: [],
		settled: [formatEntryId(gone)]
	});
});

it('nobody but the author and the server deletes a message', () => {
	const own = edit(0, 'noon');
	const byBob = redactionEntry({ client: 3, s: 0, author: BOB, target });
	expect(judge([own], [message, byBob, own])).toEqual({ unseen: [], settled: [] });
});
