import { expect, it } from 'vitest';
import { Reader } from './reader.svelte';
import type { Attention } from './attention.svelte';
import type { ConversationModel } from '../../state/models';
import { NOTHING_READ } from '../../domain/readState';

/** A conversation with one unread message, which is before the eyes. */
function createScreen() {
	const seen: string[][] = [];
	const looks = { here: true };
	const model = {
		readSoFar: NOTHING_READ,
		unread: { fresh: 1, counted: true, first: '0.2.0', late: [], beginsEarlier: false },
		unreadSince: () => model.unread,
		seen: (ids: string[]) => void seen.push(ids),
		markUnreadFrom: () => model.mark(),
		mark: () => (model.readSoFar = { ...model.readSoFar, epoch: model.readSoFar.epoch + 1 })
	};
	const reader = new Reader(model as unknown as ConversationModel, looks as Attention);
	return { reader, model, looks, seen };
}

it('what is marked unread on another device is not read at once by a screen that shows it', () => {
	const { reader, model, looks, seen } = createScreen();
	reader.begin();
	reader.see(['0.2.0']);
	expect(seen).toHaveLength(1);
	model.mark();
	reader.see(['0.2.0']);
	reader.follow();
	reader.see(['0.2.0']);
	expect([seen.length, reader.reads]).toEqual([1, false]);
	expect(reader.divider).toEqual({ before: '0.2.0', count: 1 });
	// Looked at anew, it is read.
	looks.here = false;
	reader.follow();
	looks.here = true;
	reader.see(['0.2.0']);
	expect(seen).toHaveLength(2);
});

it('who goes to the end after that reads on', () => {
	const { reader, model, seen } = createScreen();
	reader.begin();
	model.mark();
	reader.follow();
	reader.goOn();
	reader.see(['0.2.0']);
	expect(seen).toHaveLength(1);
});

it('what was marked unread before the screen was opened is read there', () => {
	const { reader, model, seen } = createScreen();
	model.mark();
	reader.follow();
	reader.begin();
	reader.see(['0.2.0']);
	expect(seen).toHaveLength(1);
});

it('what is marked unread on this screen stays so, looked at anew or not', () => {
	const { reader, looks, seen } = createScreen();
	reader.begin();
	reader.markUnreadFrom('0.2.0');
	for (const here of [true, false, true]) {
		looks.here = here;
		reader.follow();
		reader.see(['0.2.0']);
	}
	expect(seen).toEqual([]);
});
