/** What strangers and later versions may have written: nothing throws, nothing is dropped in silence, the rest stands. */
import { describe, expect, it } from 'vitest';
import {
	ALICE,
	BOB,
	editEntry,
	messageEntry,
	pinEntry,
	reactionEntry,
	redactionEntry
} from './entries.fixture';
import { BODY_BYTES_MAX, MESSAGE_TEXT_MAX } from './limits';
import { Clock } from './clock';
import { createTimelineFold } from './timelineFold';
import { encodeMessageBody } from './bodies';
import { foldTimeline } from './timeline';
import { formatEntryId, type Entry } from './entry';
import { shownText, textPreview } from './text';
import { STAMP_MS_MAX } from './stamp';

const fine = messageEntry({ client: 1, ms: 1_000, text: 'fine' });

/** The timeline of a good message among the others, by both folds, and how much of it could not be read. */
function beside(...others: Entry[]) {
	const entries = [fine, ...others];
	const fold = createTimelineFold();
	for (const entry of entries.toReversed()) fold.apply([entry]);
	expect(fold.items).toEqual(foldTimeline(entries));
	const texts = fold.items.flatMap((item) => (item.type === 'message' ? [item.text] : []));
	expect(texts).toContain('fine');
	return { fold, texts, unreadable: fold.unreadable };
}

const stranger = (s: number, text = 'hello') =>
	messageEntry({ client: 2, s, ms: 2_000 + s, author: BOB, text });

describe('entries that this version cannot read', () => {
	it.each([
		['of an unknown kind', { ...stranger(0), kind: 200 }],
		['of a later version', { ...stranger(0), version: 9 }],
		['with half a body', { ...stranger(0), body: stranger(0).body!.slice(0, -3) }],
		['with an empty body', { ...stranger(0), body: new Uint8Array() }],
		['with a body of another format', { ...stranger(0), body: Uint8Array.of(9, 1, 2, 3) }],
		['with a body that says something else', { ...stranger(0), body: Uint8Array.of(0, 117, 0) }],
		['with a body that is too large', { ...stranger(0), body: oversized() }],
		['with an edit cut off', { ...editEntry({ target: '0.1.0' }), client: 2, body: Uint8Array.of(0, 118, 1) }]
	] as [string, Entry][])('%s are counted, and the rest stands', (_what, entry) => {
		const { texts, unreadable } = beside(entry);
		expect(texts).toEqual(['fine']);
		expect(unreadable).toBe(1);
	});
});

describe('a header without its body that claims any time', () => {
	const bare = { ...messageEntry({ client: 2, ms: STAMP_MS_MAX, author: BOB }), body: undefined };
	const target = formatEntryId(bare);
	const by = { client: 2, s: 1, ms: 2_000, author: BOB, target };
	const reply = messageEntry({ client: 3, ms: 2_500, text: 'reply', replyTo: target });
	const later = messageEntry({ client: 1, s: 1, ms: 3_000, text: 'later' });

	it('stands where the edit does that it is shown by, and so do the replies to it', () => {
		const edits = [
			editEntry({ ...by, text: 'for ever last' }),
			editEntry({ ...by, s: 2, ms: 9_000, text: 'still' })
		];
		expect(beside(bare, edits[0]!, reply, later).texts).toEqual(['fine', 'for ever last', 'reply', 'later']);
		// The first edit comes last: what stands already moves, with its replies.
		const [first, second] = edits;
		expect(beside(first!, reply, second!, bare, later).texts).toEqual(['fine', 'still', 'reply', 'later']);
	});

	it('stands where its deletion does', () => {
		expect(beside(bare, redactionEntry(by), later).texts).toEqual(['fine', '', 'later']);
	});

	it('keeps the place of one that was edited before it left, whose clock others ran behind by minutes', () => {
		const early = { ...stranger(0), body: undefined };
		const edit = editEntry({ client: 2, s: 1, ms: 1_500, author: BOB, target: formatEntryId(early) });
		expect(beside(early, edit).fold.items.at(-1)?.stamp.ms).toBe(2_000);
	});
});

describe('targets that are not here', () => {
	it('leave a reply where it stands, with a quote that is missing until its target comes', () => {
		const target = stranger(0, 'late');
		const reply = messageEntry({ client: 3, ms: 3_000, text: 'reply', replyTo: formatEntryId(target) });
		const { fold, texts, unreadable } = beside(reply);
		expect(texts).toEqual(['fine', 'reply']);
		expect(unreadable).toBe(0);
		expect(fold.quote(formatEntryId(target))).toEqual({ state: 'missing' });
		fold.apply([target]);
		expect(fold.quote(formatEntryId(target))).toMatchObject({ state: 'shown', message: { text: 'late' } });
	});

	it('of another conversation or segment, or that are no messages, have nothing done to them', () => {
		const elsewhere = '4.99.7';
		const { texts, fold } = beside(
			messageEntry({ client: 3, ms: 3_000, text: 'reply', replyTo: elsewhere }),
			editEntry({ client: 4, s: 0, ms: 4_000, target: elsewhere }),
			redactionEntry({ client: 4, s: 1, ms: 4_001, target: elsewhere }),
			reactionEntry({ client: 4, s: 2, ms: 4_002, target: '0.4.1' }),
			pinEntry({ client: 4, s: 3, ms: 4_003, target: '0.77.7' })
		);
		expect(texts).toEqual(['fine', 'reply']);
		expect(fold.items[0]).toMatchObject({ versions: [], reactions: [], pinned: false });
	});

	it('in a circle of replies show each reply once, also one to itself', () => {
		const circle = [0, 1, 2].map((s) =>
			messageEntry({ client: 5, s, ms: 10 + s, text: `circle ${s}`, replyTo: `0.5.${(s + 1) % 3}` })
		);
		const self = messageEntry({ client: 6, ms: 5, text: 'myself', replyTo: '0.6.0' });
		const { texts } = beside(...circle, self);
		expect(texts.toSorted()).toEqual(['circle 0', 'circle 1', 'circle 2', 'fine', 'myself']);
	});
});

describe('a stamp in the future', () => {
	it('puts a message last, and it can be dated', () => {
		const future = messageEntry({ client: 7, ms: STAMP_MS_MAX, counter: 65_535, text: 'later' });
		const { texts } = beside(future, stranger(0));
		expect(texts.at(-1)).toBe('later');
		expect(() => new Date(STAMP_MS_MAX).toISOString()).not.toThrow();
	});

	it('leaves a clock that can still go on', () => {
		const clock = new Clock(() => 1_000);
		clock.observe({ ms: STAMP_MS_MAX, counter: 65_535 });
		const [one, two] = [clock.tick(), clock.tick()];
		for (const { ms } of [one, two]) expect(ms).toBeLessThanOrEqual(STAMP_MS_MAX);
	});
});

describe('text that is made to trouble', () => {
	const family = '👩‍👩‍👧‍👦';
	const emoji = family.repeat(Math.floor(MESSAGE_TEXT_MAX / family.length));

	it.each([
		['control characters', 'a\0b\x07c\x1b[31md\x7f'],
		['overrides of direction', '\u202egnp.exe\u202d and \u2066open'],
		['lone surrogates', '\ud83d alone \udc4d'],
		['as many emoji as fit', emoji],
		['ten thousand marks on one letter', `a${'\u0301'.repeat(10_000)}`],
		['line breaks alone', '\n'.repeat(MESSAGE_TEXT_MAX)]
	])('%s: is taken, kept and shown on its own place', (_what, text) => {
		const { texts, unreadable } = beside(stranger(0, text));
		expect(unreadable).toBe(0);
		const shown = shownText(texts.find((each) => each !== 'fine')!);
		expect(shown.isWellFormed()).toBe(true);
		expect(shown).not.toMatch(/(?![\t\n])\p{Cc}|[\u202a-\u202e]/u);
		const preview = textPreview(shown, 200);
		expect(preview.length).toBeLessThanOrEqual(201);
		expect(preview).not.toContain('\n');
		expect(preview.isWellFormed()).toBe(true);
	});

	it('fits into a body at its longest, whatever its characters', () => {
		for (const character of ['a', 'é', '漢', '😀']) {
			const text = character.repeat(Math.floor(MESSAGE_TEXT_MAX / character.length));
			expect(encodeMessageBody({ text }).length).toBeLessThanOrEqual(BODY_BYTES_MAX);
		}
	});
});

/** 64 kB of emoji and more, in a well-formed body that no honest device writes. */
function oversized(): Uint8Array {
	const text = new TextEncoder().encode('😀'.repeat(BODY_BYTES_MAX / 4));
	const length = [];
	for (let rest = text.length; ; rest >>>= 7) {
		length.push((rest & 127) | (rest > 127 ? 128 : 0));
		if (rest <= 127) break;
	}
	return Uint8Array.of(0, 118, 1, 1, 't'.charCodeAt(0), 119, ...length, ...text);
}

it('an author who is nobody here is a stranger like any other', () => {
	expect(beside(messageEntry({ client: 8, author: `${ALICE}x`, ms: 1 })).texts).toHaveLength(2);
});
