import { expect, it } from 'vitest';
import { composing } from './composing';
import type { HeldConversation } from './heldConversation';
import type { ShownRows } from './shownRows';

/** A conversation that is being read from the disk until the test says so. */
function createConversation() {
	const written: string[] = [];
	const done: string[] = [];
	let isRead = () => {};
	const whenLoaded = new Promise<void>((resolve) => (isRead = resolve));
	const sync = {
		loaded: false,
		settled: false,
		whenLoaded,
		send: ({ text }: { text: string }) => void written.push(text),
		stored: async () => {}
	};
	const device = {
		conversations: { use: () => ({ sync, release: () => done.push('let go') }) },
		drafts: { sent: (_: string, stored: Promise<void>) => stored.then(() => void done.push('cleared')) },
		presence: { noteWritten: () => {} }
	};
	const held = { device, id: 'c', sync, stored: () => {}, typed: { subscribe: () => {} } };
	const { send } = composing(held as unknown as HeldConversation, {
		rows: { followEnd: () => {} } as unknown as ShownRows,
		onWritten: () => {}
	});
	const read = () => {
		sync.loaded = true;
		sync.settled = true;
		isRead();
	};
	return { send, written, done, read, sync };
}

it('what is sent while the conversation is being read is written when that is done, in order', async () => {
	const { send, written, done, read } = createConversation();
	send('one', undefined);
	send('two', undefined);
	await Promise.resolve();
	expect([written, done]).toEqual([[], []]);
	read();
	await expect.poll(() => done.length).toBe(4);
	expect(written).toEqual(['one', 'two']);
	expect(done.toSorted()).toEqual(['cleared', 'cleared', 'let go', 'let go']);
});

it('what is sent afterwards is written at once', () => {
	const { send, written, read } = createConversation();
	read();
	send('now', undefined);
	expect(written).toEqual(['now']);
});

it('what is sent as loading ends comes behind what waited for that', async () => {
	const { send, written, read, sync } = createConversation();
	send('one', undefined);
	// Its segments are read, and a further one is being opened.
	sync.loaded = true;
	send('two', undefined);
	read();
	await expect.poll(() => written).toEqual(['one', 'two']);
});
