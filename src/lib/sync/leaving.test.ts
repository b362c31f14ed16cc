import { expect, it, vi } from 'vitest';
import { createLeaving } from './leaving';
import type { Command } from './commands/commandTable';
import type { QueuedCommand } from './outbox';
import type { ConversationId } from '../domain/ids';

const ID = '018f0000-0000-7000-8000-000000000001';
const BOB = { id: 'b'.repeat(16), username: 'bob', displayName: 'Bob' };
const remove: Command = { type: 'remove-member', conversation: ID, person: BOB };
const create: Command = {
	type: 'create-conversation',
	request: { id: ID, kind: 'group', members: [] },
	people: []
};

function setup(commands: readonly Pick<QueuedCommand, 'command' | 'refusal'>[] = []) {
	const forgotten = new Set<ConversationId>();
	const flush = vi.fn(async () => {});
	const is = { told: true };
	const leaving = createLeaving({
		outbox: { commands: commands.map((of, n) => ({ ...of, id: `${n}` })), flush },
		unsent: { mayBeIn: () => false },
		isListed: () => true,
		isForgotten: (id) => forgotten.has(id),
		isTold: () => is.told
	});
	return { leaving, forgotten, flush, is };
}

it('what is wanted of a conversation that the server has forgotten waits until it is made again', () => {
	const { leaving, forgotten, flush } = setup();
	expect(leaving.mustWait(remove)).toBe(false);
	forgotten.add(ID);
	expect(leaving.mustWait(remove)).toBe(true);
	expect(leaving.mustWait(create)).toBe(false);
	leaving.note({ id: ID });
	expect(flush).not.toHaveBeenCalled();
	forgotten.delete(ID);
	leaving.note({ id: ID });
	leaving.note({ id: ID });
	expect(flush).toHaveBeenCalledTimes(1);
});

it('the server is to be asked for what waits, unless that waits for somebody to make its conversation again', () => {
	const refusal = { code: 'not_allowed', message: '' };
	const isAsking = (commands: Parameters<typeof setup>[0], isForgotten: boolean) => {
		const { leaving, forgotten } = setup(commands);
		if (isForgotten) forgotten.add(ID);
		return leaving.isAsking();
	};
	expect([isAsking([{ command: remove }], false), isAsking([{ command: remove }], true)]).toEqual([
		true,
		false
	]);
	expect(isAsking([{ command: remove }, { command: create }], true)).toBe(true);
	expect(isAsking([{ command: remove, refusal }], false)).toBe(false);
});

it('that there is no such conversation is believed once it is known what is listed', () => {
	const { leaving, flush, is } = setup();
	is.told = false;
	expect([leaving.mustWait(remove), leaving.mustWait(remove, true)]).toEqual([false, true]);
	// It is tried again by the outbox itself, not with each change.
	leaving.note({ id: ID });
	expect(flush).not.toHaveBeenCalled();
	is.told = true;
	expect(leaving.mustWait(remove, true)).toBe(false);
});
