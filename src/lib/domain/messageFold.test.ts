import { describe, expect, it } from 'vitest';
import {
	ALICE,
	BOB,
	editEntry,
	erased,
	messageEntry,
	pinEntry,
	reactionEntry,
	redactionEntry,
	erasedEntry,
	moderatedEntry,
	sealEntry
} from './entries.fixture';
import { foldTimeline } from './timeline';
import { formatEntryId, type Entry } from './entry';
import { SYSTEM_USER } from './ids';

/** Alice's message, with Bob's log under client 2 and the server's under 3. */
const original = messageEntry({ client: 1, s: 0, ms: 10, text: 'original' });
const target = formatEntryId(original);
const alices = (s: number) => ({ client: 1, s, ms: 10 + s, target });
const bobs = (s: number) => ({ client: 2, s, ms: 20 + s, author: BOB, target });
const servers = (s: number) => ({ client: 3, s, ms: 30 + s, author: SYSTEM_USER, target });

/** The one message that the entries give; undefined if they give none. */
function messageOf(...entries: Entry[]) {
	const items = foldTimeline(entries);
	expect(items.length).toBeLessThanOrEqual(1);
	const [item] = items;
	expect(item?.type ?? 'message').toBe('message');
	return item?.type === 'message' ? item : undefined;
}

describe('an edit', () => {
	it('gives the message its text, and keeps what it said before, oldest first', () => {
		const edits = [editEntry({ ...alices(1), text: 'second' }), editEntry({ ...alices(2), text: 'third' })];
		expect(messageOf(original, ...edits.reverse())).toMatchObject({
			id: target,
			text: 'third',
			stamp: { ms: 10, counter: 0 },
			versions: [
				{ text: 'original', stamp: { ms: 10, counter: 0 } },
				{ text: 'second', stamp: { ms: 11, counter: 0 } }
			],
			source: '0.1.2'
		});
	});

	it('holds over the original also if its own stamp is earlier', () => {
		const edit = editEntry({ client: 7, ms: 1, target, text: 'from a device with a slow clock' });
		expect(messageOf(original, edit)?.text).toBe('from a device with a slow clock');
	});

	it('is the whole new body: it sets the reply, and the text is no longer another’s', () => {
		const reply = messageEntry({ text: 'fwd', replyTo: '0.5.5', forwardedFrom: 'Carol' });
		expect(messageOf(reply)).toMatchObject({ replyTo: '0.5.5', forwardedFrom: 'Carol' });
		const kept = messageOf(reply, editEntry({ ...alices(1), replyTo: '0.5.5' }));
		expect(kept).toMatchObject({ replyTo: '0.5.5', forwardedFrom: undefined });
		expect(messageOf(reply, editEntry(alices(1)))?.replyTo).toBeUndefined();
	});

	it('counts from the author and the server alone', () => {
		expect(messageOf(original, editEntry({ ...bobs(0), text: 'forged' }))).toMatchObject({
			text: 'original',
			versions: []
		});
		expect(messageOf(original, editEntry({ ...servers(0), text: 'moderated' }))?.text).toBe('moderated');
	});

	it('of a message that had not left its device is the message: same id and place, not edited', () => {
		const edit = editEntry({ ...alices(1), text: 'as sent' });
		expect(messageOf(erased(original), edit)).toMatchObject({
			id: target,
			text: 'as sent',
			stamp: original.stamp,
			versions: []
		});
		const later = editEntry({ ...alices(2), text: 'edited after' });
		expect(messageOf(erased(original), edit, later)).toMatchObject({
			text: 'edited after',
			versions: [{ text: 'as sent', stamp: edit.stamp }]
		});
	});

	it('that was replaced before it left leaves no version', () => {
		const first = erased(editEntry({ ...alices(1), text: 'typo' }));
		const second = editEntry({ ...alices(2), text: 'right' });
		expect(messageOf(original, first, second)?.versions.map(({ text }) => text)).toEqual(['original']);
	});

	it('by another does not bring back what was cancelled', () => {
		expect(messageOf(erased(original), editEntry(bobs(0)))).toBeUndefined();
	});
});

describe('a redaction', () => {
	const tombstone = {
		id: target,
		author: ALICE,
		deleted: true,
		text: '',
		versions: [],
		reactions: [],
		pinned: false,
		replyTo: undefined,
		forwardedFrom: undefined
	};

	it('leaves a tombstone, whether the bodies are erased yet or not', () => {
		const redaction = redactionEntry(alices(2));
		const edit = editEntry(alices(1));
		const rest = [reactionEntry(bobs(0)), pinEntry(bobs(1)), redaction];
		const reply = messageEntry({ text: 'gone', replyTo: '0.5.5', forwardedFrom: 'Carol' });
		for (const entries of [
			[original, edit],
			[reply, erased(edit)],
			[erased(original), erased(edit)]
		])
			expect(messageOf(...entries, ...rest)).toMatchObject({ ...tombstone, source: '0.1.2' });
	});

	it('wins over every edit, also a later one', () => {
		expect(messageOf(original, redactionEntry(alices(1)), editEntry(alices(9)))).toMatchObject(tombstone);
		expect(messageOf(erased(original), redactionEntry(alices(1)), editEntry(alices(9)))).toMatchObject(
			tombstone
		);
	});

	it('counts from the author and the server alone', () => {
		expect(messageOf(original, redactionEntry(bobs(0)))?.deleted).toBe(false);
		expect(messageOf(original, redactionEntry(servers(0)))).toMatchObject(tombstone);
	});
});

describe('a moderator’s removal', () => {
	const removal = moderatedEntry({ client: 3, ms: 30, target, by: BOB });

	it('leaves a tombstone that says so, and wins over edits that come late', () => {
		const tombstone = { deleted: true, text: '', versions: [], moderator: BOB, source: '0.3.0' };
		expect(messageOf(erased(original), removal)).toMatchObject(tombstone);
		expect(messageOf(original, removal, editEntry(alices(99)))).toMatchObject(tombstone);
	});

	it('is told as such though its author deleted the message too', () => {
		for (const redaction of [redactionEntry(alices(1)), redactionEntry(alices(99))])
			expect(messageOf(original, redaction, removal)).toMatchObject({ deleted: true, moderator: BOB });
		expect(messageOf(original, redactionEntry(alices(1)))?.moderator).toBeUndefined();
	});

	it('counts in the log of the server alone, for a message of its segment', () => {
		expect(messageOf(original, { ...removal, author: BOB })?.deleted).toBe(false);
		expect(messageOf(original, { ...removal, segment: 1 })?.deleted).toBe(false);
	});
});

describe('the erasure of all that a user wrote', () => {
	const erasure = erasedEntry({ client: 3, ms: 30, of: ALICE });

	it('leaves nothing of what they wrote in the segment until then, whatever edits come late', () => {
		expect(messageOf(erased(original), erasure)).toBeUndefined();
		expect(messageOf(original, erasure, editEntry(alices(99)), reactionEntry(bobs(0)))).toBeUndefined();
		expect(messageOf(messageEntry({ client: 9, ms: 29, text: 'late' }), erasure)).toBeUndefined();
	});

	it('touches nothing else', () => {
		expect(messageOf(messageEntry({ client: 9, ms: 31, text: 'later' }), erasure)?.text).toBe('later');
		expect(messageOf(messageEntry({ segment: 1, text: 'elsewhere' }), erasure)?.text).toBe('elsewhere');
		expect(messageOf(messageEntry({ author: BOB, text: 'another’s' }), erasure)?.text).toBe('another’s');
		expect(messageOf(original, { ...erasure, author: BOB })?.text).toBe('original');
	});
});

describe('a cancelled message', () => {
	it('is not shown, whatever others did to it', () => {
		expect(messageOf(erased(original), reactionEntry(bobs(0)), pinEntry(bobs(1)))).toBeUndefined();
		expect(messageOf(erased(original), erased(editEntry(alices(1))))).toBeUndefined();
	});
});

describe('reactions', () => {
	it('stand in the order of the first, with who reacts so, once each', () => {
		const entries = [
			reactionEntry({ ...bobs(0), emoji: '❤️' }),
			reactionEntry({ ...bobs(1), emoji: '👍' }),
			reactionEntry({ ...alices(1), ms: 40, emoji: '❤️' }),
			reactionEntry({ ...bobs(2), client: 4, ms: 50, emoji: '👍' })
		];
		expect(messageOf(original, ...entries.reverse())?.reactions).toEqual([
			{ emoji: '❤️', users: [BOB, ALICE] },
			{ emoji: '👍', users: [BOB] }
		]);
	});

	it('that were taken back are gone, and stand last when they come again', () => {
		const on = reactionEntry({ ...bobs(0), emoji: '❤️' });
		const other = reactionEntry({ ...alices(1), ms: 21 });
		const off = reactionEntry({ ...bobs(2), emoji: '❤️', on: false });
		const again = reactionEntry({ ...bobs(3), emoji: '❤️' });
		const emojis = (...entries: Entry[]) =>
			messageOf(original, ...entries)?.reactions.map(({ emoji }) => emoji);
		expect(emojis(on, other)).toEqual(['❤️', '👍']);
		expect(emojis(off, on, other)).toEqual(['👍']);
		expect(emojis(again, off, on, other)).toEqual(['👍', '❤️']);
	});
});

describe('a pin', () => {
	it('is anyone’s, and the latest word holds', () => {
		expect(messageOf(original, pinEntry(bobs(0)))?.pinned).toBe(true);
		const off = pinEntry({ ...alices(1), ms: 30, on: false });
		expect(messageOf(original, off, pinEntry(bobs(0)))?.pinned).toBe(false);
		expect(messageOf(original, pinEntry(bobs(11)), off, pinEntry(bobs(0)))?.pinned).toBe(true);
	});
});

describe('an annotation', () => {
	it('of a message in another segment, of what is no message, or of nothing changes nothing', () => {
		const elsewhere = [
			editEntry({ ...alices(0), segment: 1 }),
			redactionEntry({ ...alices(1), segment: 1 }),
			reactionEntry({ ...alices(2), segment: 1 }),
			pinEntry({ ...alices(3), segment: 1 }),
			redactionEntry({ ...alices(1), target: '0.99.0' }),
			redactionEntry({ ...alices(2), target: '0.1.1' })
		];
		expect(foldTimeline([original, ...elsewhere])).toEqual(foldTimeline([original]));
	});

	it('of an entry of a later version, or of a broken body, waits for who can read it', () => {
		expect(messageOf({ ...original, version: 1 }, editEntry(alices(1)))).toBeUndefined();
		const broken = { ...original, body: Uint8Array.of(0, 1) };
		expect(messageOf(broken)).toBeUndefined();
		expect(messageOf(broken, editEntry({ ...alices(1), text: 'whole again' }))?.text).toBe('whole again');
	});
});

describe('a seal', () => {
	it('is not shown', () => {
		expect(foldTimeline([sealEntry({ vector: new Map([[1, 2]]) })])).toEqual([]);
	});
});
