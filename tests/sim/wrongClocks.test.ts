/** Devices whose clocks are a month off, against a real relay: the text is there once, at a sensible time, in order. */
import { expect, it, vi } from 'vitest';
import { ALICE, BOB } from './cast';
import { parseEntryId } from '../../src/lib/domain/entry';
import { messages, MONTH_MS, startClocks, texts } from './clocks.fixture';

it.each([
	['ahead', MONTH_MS],
	['behind', -MONTH_MS]
])(
	'what a device a month %s wrote offline arrives once, in order, with what points at it',
	async (_where, aheadMs) => {
		const { open } = await startClocks();
		const bob = await open(BOB);
		bob.device.connect();
		bob.conversation.send({ text: 'from bob' });
		const alice = await open(ALICE, aheadMs);
		const first = alice.conversation.send({ text: 'one' });
		const second = alice.conversation.send({ text: 'tow', replyTo: first });
		await alice.conversation.edit(second, { text: 'two' });
		await alice.conversation.react(first, '👍', true);
		const gone = alice.conversation.send({ text: 'never mind' });
		await alice.conversation.remove(gone);
		alice.conversation.send({ text: 'three' });

		alice.device.connect();
		await vi.waitFor(() => {
			expect(texts(bob.conversation).filter((text) => text !== 'from bob')).toEqual(['one', 'two', 'three']);
			expect(alice.device.syncState).toBe('synced');
		}, 8_000);
		const seen = messages(bob.conversation).filter(({ author }) => author === ALICE.id);
		expect(seen[1]).toMatchObject({ replyTo: seen[0]!.id, versions: [] });
		expect(seen[0]).toMatchObject({ reactions: [{ emoji: '👍', users: [ALICE.id] }] });
		expect(texts(alice.conversation)).toEqual(texts(bob.conversation));
		for (const { stamp } of seen) expect(stamp.ms).toBeLessThan(Date.now() + 60_000);
	}
);

it('a device that was a month ahead goes on in the right order once it has been corrected', async () => {
	const { open } = await startClocks();
	const [alice, bob] = [await open(ALICE, MONTH_MS), await open(BOB)];
	alice.conversation.send({ text: 'one' });
	alice.device.connect();
	bob.device.connect();
	await vi.waitFor(() => expect(texts(bob.conversation)).toEqual(['one']), 8_000);
	bob.conversation.send({ text: 'two' });
	await vi.waitFor(() => expect(texts(alice.conversation)).toEqual(['one', 'two']), 8_000);
	alice.conversation.send({ text: 'three' });
	await vi.waitFor(() => expect(texts(bob.conversation)).toEqual(['one', 'two', 'three']), 8_000);
});

it('a reply answers what a device a month ahead wrote in the segment before it', async () => {
	const { open } = await startClocks({ segmentMessagesMax: 3, segmentEntriesMax: 100 });
	const bob = await open(BOB);
	bob.device.connect();
	const alice = await open(ALICE, MONTH_MS);
	const asked = alice.conversation.send({ text: 'one' });
	for (const text of ['two', 'three']) alice.conversation.send({ text });
	const reply = alice.conversation.send({ text: 'to one', replyTo: asked });
	const again = alice.conversation.send({ text: 'to that', replyTo: reply });
	expect([asked, reply, again].map((id) => parseEntryId(id)?.segment)).toEqual([0, 1, 1]);
	alice.device.connect();
	await vi.waitFor(() => {
		expect(texts(bob.conversation)).toEqual(['one', 'two', 'three', 'to one', 'to that']);
		expect(alice.device.syncState).toBe('synced');
	}, 8_000);
	const [one, , , toOne, toThat] = messages(bob.conversation);
	expect([toOne!.replyTo, toThat!.replyTo]).toEqual([one!.id, toOne!.id]);
	expect(one!.id).not.toBe(asked);
});

it('what somebody does to a message by the name that it had before it was written again is done to it', async () => {
	const { open } = await startClocks();
	const [alice, bob] = [await open(ALICE, MONTH_MS), await open(BOB)];
	const [edited, deleted] = [
		alice.conversation.send({ text: 'tow' }),
		alice.conversation.send({ text: 'gone' })
	];
	alice.device.connect();
	bob.device.connect();
	await vi.waitFor(() => expect(texts(bob.conversation)).toEqual(['tow', 'gone']), 8_000);
	// Whoever asks may have had it before their eyes when that happened.
	await alice.conversation.edit(edited, { text: 'two' });
	await alice.conversation.react(edited, '👍', true);
	expect(await alice.conversation.remove(deleted)).toEqual({ done: 'deleted' });
	await vi.waitFor(() => expect(texts(bob.conversation)).toEqual(['two', '']), 8_000);
	await vi.waitFor(() => expect(messages(bob.conversation)[0]!.reactions).toHaveLength(1), 8_000);
});
