import { expect, it, vi } from 'vitest';
import { createLeaving } from './leaving';
import type { Command } from './commands/commandTable';
import type { ConversationId } from '../domain/ids';

const ID = '018f0000-0000-7000-8000-000000000001';
const BOB = { id: 'b'.repeat(16), username: 'bob', displayName: 'Bob' };
const remove: Command = { type: 'remove-member', conversation: ID, person: BOB };
const create: Command = {
	type: 'create-conversation',
	request: { id: ID, kind: 'group', members: [] },
	people: []
};

function setup() {
	const forgotten = new Set<ConversationId>();
	const flush = vi.fn(async () => {});
	const is = { told: true };
	const leaving = createLeaving({
		outbox: { commands: [], flush },
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
