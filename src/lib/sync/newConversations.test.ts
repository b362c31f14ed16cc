import { expect, it } from 'vitest';
import { createNewConversations, isNewConversation, type QueuedConversation } from './newConversations';
import type { ConversationId } from '../domain/ids';
import type { QueuedCommand } from './outbox';

const ID = '018f0000-0000-7000-8000-000000000001';
const ALICE = { id: 'a'.repeat(16), username: 'alice', displayName: 'Alice' };
const BOB = { id: 'b'.repeat(16), username: 'bob', displayName: 'Bob' };

async function begun() {
	const listed = new Set<ConversationId>();
	const forgotten = new Set<ConversationId>();
	const commands: QueuedCommand[] = [];
	const made = createNewConversations({
		self: ALICE,
		outbox: {
			get commands() {
				return commands;
			},
			add: async (command) => void commands.push({ id: 'k', command })
		},
		mintId: () => ID,
		isListed: (id) => listed.has(id),
		isForgotten: (id) => forgotten.has(id),
		expect: () => {}
	});
	await made.start({ people: [BOB], name: 'Boats' });
	const queued = commands.find(isNewConversation) as QueuedConversation;
	return {
		made,
		listed,
		forgotten,
		commands,
		/** The server has answered. */
		answer() {
			commands.length = 0;
			made.noteDone(queued);
		}
	};
}

it('a conversation that was made here is new until the server lists it', async () => {
	const { made, listed, answer } = await begun();
	expect(made.isPending(ID)).toBe(true);
	answer();
	expect([made.isPending(ID), made.commands.length]).toEqual([true, 1]);
	listed.add(ID);
	made.followDirectory();
	expect([made.isPending(ID), made.commands.length]).toEqual([false, 0]);
});

it('one that was left, or that somebody was removed from, is gone, and not new again', async () => {
	const { made, listed, answer } = await begun();
	answer();
	listed.add(ID);
	made.followDirectory();
	listed.delete(ID);
	made.followDirectory();
	expect([made.isPending(ID), made.commands.length]).toEqual([false, 0]);
});

it('nor if it was listed before the server had answered', async () => {
	const { made, listed, answer } = await begun();
	listed.add(ID);
	made.followDirectory();
	answer();
	listed.delete(ID);
	made.followDirectory();
	expect(made.isPending(ID)).toBe(false);
});

it('a group says what it begins with until the server lists it', async () => {
	const { made, listed, answer } = await begun();
	const founding = made.founding(ID);
	expect(founding).toMatchObject({ kind: 'group', name: 'Boats', joining: 'open' });
	expect([...founding!.members]).toEqual([
		[ALICE.id, 'owner'],
		[BOB.id, 'member']
	]);
	answer();
	expect(made.founding(ID)).toBe(founding);
	listed.add(ID);
	made.followDirectory();
	expect(made.founding(ID)).toBeUndefined();
});

it('one that the server has forgotten is not begun anew', async () => {
	const { made, forgotten, commands } = await begun();
	commands.length = 0;
	const id = await made.start({ people: [BOB], name: '' });
	expect(commands.map(({ command }) => command.type)).toEqual(['create-conversation']);
	commands.length = 0;
	forgotten.add(id);
	expect([await made.start({ people: [BOB], name: '' }), commands]).toEqual([id, []]);
});
