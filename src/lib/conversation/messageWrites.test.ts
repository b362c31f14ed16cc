import * as Y from 'yjs';
import { expect, it } from 'vitest';
import {
	cancelMessage,
	writeEdit,
	writeMessage,
	writePin,
	writeQueuedEdit,
	writeReaction,
	writeReceipt,
	writeRedaction,
	type Writing
} from './messageWrites';
import { foldTimeline, type TimelineMessage } from '../domain/timeline';
import { KIND } from '../domain/entry';
import { LogDocument } from './logDocument';

const ALICE = 'aaaaaaaaaaaaaaaa';
const BOB = 'bbbbbbbbbbbbbbbb';

function setup(doc = new Y.Doc(), self = ALICE, startMs = 1) {
	let ms = startMs;
	const to: Writing = { doc, segment: 3, self, tick: () => ({ ms: ms++, counter: 0 }) };
	const log = new LogDocument(doc, 3);
	const entries = () => [...log.entries()];
	const messages = () =>
		foldTimeline(entries()).filter((item): item is TimelineMessage => item.type === 'message');
	const bytes = () => Buffer.from(Y.encodeStateAsUpdate(doc)).toString('latin1');
	return { to, entries, messages, bytes };
}

it('an edit keeps the message in its place, with its history', () => {
	const { to, messages } = setup();
	const id = writeMessage(to, { text: 'one' });
	writeMessage(to, { text: 'two' });
	writeEdit(to, id, { text: 'uno' });
	expect(messages().map(({ text }) => text)).toEqual(['uno', 'two']);
	expect(messages()[0]!.versions.map(({ text }) => text)).toEqual(['one']);
});

it('a queued edit leaves no trace of what was there', () => {
	const { to, messages, entries, bytes } = setup();
	const id = writeMessage(to, { text: 'secret one' });
	writeQueuedEdit(to, id, { text: 'secret two' }, entries());
	writeQueuedEdit(to, id, { text: 'final' }, entries());
	expect(messages()).toMatchObject([{ id, text: 'final', versions: [] }]);
	expect(bytes()).not.toContain('secret');
});

it('a redaction erases the message and its edits on every replica', () => {
	const alice = setup();
	const id = writeMessage(alice.to, { text: 'secret one' });
	writeEdit(alice.to, id, { text: 'secret two' });
	const bob = setup(new Y.Doc(), BOB, 100);
	Y.applyUpdate(bob.to.doc, Y.encodeStateAsUpdate(alice.to.doc));
	expect(bob.messages()).toMatchObject([{ text: 'secret two' }]);
	writeRedaction(alice.to, id, alice.entries());
	Y.applyUpdate(bob.to.doc, Y.encodeStateAsUpdate(alice.to.doc));
	expect(bob.messages()).toMatchObject([{ id, deleted: true, text: '' }]);
	expect(bob.bytes()).not.toContain('secret');
});

it('a cancelled message appears nowhere, and its text is not in the bytes', () => {
	const { to, messages, entries, bytes } = setup();
	const id = writeMessage(to, { text: 'secret' });
	writeMessage(to, { text: 'kept' });
	cancelMessage(to, id, entries());
	expect(messages().map(({ text }) => text)).toEqual(['kept']);
	expect(bytes()).not.toContain('secret');
});

it('reactions and pins of several people hold, and can be taken back', () => {
	const alice = setup();
	const id = writeMessage(alice.to, { text: 'hello' });
	const bob = setup(alice.to.doc, BOB, 100);
	const apart = { ...bob.to, doc: new Y.Doc() };
	Y.applyUpdate(apart.doc, Y.encodeStateAsUpdate(alice.to.doc));
	writeReaction(apart, id, '👍', true);
	writePin(apart, id, true);
	Y.applyUpdate(alice.to.doc, Y.encodeStateAsUpdate(apart.doc));
	expect(alice.messages()).toMatchObject([{ reactions: [{ emoji: '👍', users: [BOB] }], pinned: true }]);
	writeReaction(apart, id, '👍', false);
	writePin(apart, id, false);
	Y.applyUpdate(alice.to.doc, Y.encodeStateAsUpdate(apart.doc));
	expect(alice.messages()).toMatchObject([{ reactions: [], pinned: false }]);
});

it('a thousand receipts leave one', () => {
	const { to, entries } = setup();
	for (let i = 1; i <= 1_000; i++) writeReceipt(to, new Map([[7, 2 * i]]), entries());
	expect(entries().filter(({ kind }) => kind === KIND.receipt)).toHaveLength(1);
	expect(Y.encodeStateAsUpdate(to.doc).length).toBeLessThan(200);
});
