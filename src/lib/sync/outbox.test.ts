import { expect, it, vi } from 'vitest';
import { createFakeTime } from './fakeSocket.fixture';
import { memoryLocalStore } from './memoryStorage';
import { noTabs } from './tabs';
import { openOutbox, type Command } from './outbox';
import { UNEXPECTED_ANSWER, type Answer, type Api } from './api';
import type { ConversationAnswer } from '../protocol/rest';

const command = (id: string): Command => ({
	type: 'create-conversation',
	request: { id, kind: 'group', members: [] },
	people: []
});
const done: Answer<{ conversation: ConversationAnswer }> = {
	ok: true,
	value: { conversation: { id: 'x', kind: 'group', name: '', members: [], live: 0, createdAt: 0 } }
};
const refused = (status: number): Answer<never> => ({ ok: false, status, code: 'code', message: 'why not' });

async function setup(tables = new Map<string, Map<string, unknown>>()) {
	const time = createFakeTime();
	const createConversation = vi.fn<Api['createConversation']>();
	const onDone = vi.fn();
	let minted = 0;
	const outbox = await openOutbox({
		local: memoryLocalStore(tables),
		// The outbox calls nothing else of the API.
		api: { createConversation } as Partial<Api> as Api,
		tabs: noTabs,
		timers: time.timers,
		mintId: () => `id-${minted++}`,
		onDone
	});
	return { outbox, createConversation, onDone, time, tables };
}

it('commands leave in order, once each', async () => {
	const { outbox, createConversation, onDone } = await setup();
	createConversation.mockResolvedValue(done);
	await outbox.add(command('one'));
	await outbox.add(command('two'));
	await vi.waitFor(() => expect(onDone).toHaveBeenCalledTimes(2));
	expect(createConversation.mock.calls.map(([request]) => request.id)).toEqual(['one', 'two']);
	expect(outbox.waiting).toBe(0);
});

it('a command given without network waits, over a restart too, and leaves when there is one', async () => {
	const { outbox, createConversation, tables } = await setup();
	createConversation.mockResolvedValue(refused(0));
	await outbox.add(command('one'));
	await vi.waitFor(() => expect(createConversation).toHaveBeenCalled());
	expect(outbox.waiting).toBe(1);
	outbox.close();

	const restarted = await setup(tables);
	restarted.createConversation.mockResolvedValue(done);
	expect(restarted.outbox.waiting).toBe(1);
	await restarted.outbox.flush();
	expect(restarted.onDone).toHaveBeenCalledOnce();
	expect(restarted.outbox.waiting).toBe(0);
});

it('a command refused for good does not hold up the next and is kept until it is dismissed', async () => {
	const { outbox, createConversation, onDone } = await setup();
	createConversation.mockResolvedValueOnce(refused(409)).mockResolvedValueOnce(done);
	await outbox.add(command('one'));
	await outbox.add(command('two'));
	await vi.waitFor(() => expect(onDone).toHaveBeenCalledOnce());
	expect(outbox.commands).toMatchObject([
		{ command: { request: { id: 'one' } }, refusal: { message: 'why not' } }
	]);
	const { id } = outbox.commands[0]!;
	await outbox.dismiss(id, { keep: true });
	expect(outbox.commands).toMatchObject([{ refusal: { seen: true } }]);
	await outbox.dismiss(id, { keep: false });
	expect(outbox.commands).toEqual([]);
});

it('a command that met a fault of the server is tried again by itself', async () => {
	const { outbox, createConversation, onDone, time } = await setup();
	createConversation.mockResolvedValueOnce(refused(503)).mockResolvedValueOnce(done);
	await outbox.add(command('one'));
	await vi.waitFor(() => expect(createConversation).toHaveBeenCalledOnce());
	await vi.waitFor(() => {
		time.advance(10_000);
		expect(onDone).toHaveBeenCalledOnce();
	});
});

it('a command that something in between answers for the server is not refused by that', async () => {
	const { outbox, createConversation, onDone, time } = await setup();
	createConversation
		.mockResolvedValueOnce({ ok: false, status: 404, code: UNEXPECTED_ANSWER, message: 'not ours' })
		.mockResolvedValueOnce(done);
	await outbox.add(command('one'));
	await vi.waitFor(() => expect(createConversation).toHaveBeenCalledOnce());
	await vi.waitFor(() => {
		time.advance(60_000);
		expect(onDone).toHaveBeenCalledOnce();
	});
});

it('a command that the network lost goes again by itself, while the link is up', async () => {
	const { outbox, createConversation, onDone, time } = await setup();
	createConversation.mockResolvedValueOnce(refused(0)).mockResolvedValueOnce(done);
	await outbox.add(command('one'));
	await vi.waitFor(() => expect(createConversation).toHaveBeenCalledOnce());
	await vi.waitFor(() => {
		time.advance(60_000);
		expect(onDone).toHaveBeenCalledOnce();
	});
});

it('a command given in a tab that is gone is sent by another', async () => {
	const tables = new Map<string, Map<string, unknown>>();
	const other = await setup(tables);
	const gone = await setup(tables);
	gone.createConversation.mockResolvedValue(refused(0));
	await gone.outbox.add(command('one'));
	gone.outbox.close();
	other.createConversation.mockResolvedValue(done);
	await other.outbox.flush();
	expect(other.onDone).toHaveBeenCalledOnce();
});

it('a command waits for a login when the session has ended', async () => {
	const { outbox, createConversation } = await setup();
	createConversation.mockResolvedValue(refused(401));
	await outbox.add(command('one'));
	await vi.waitFor(() => expect(createConversation).toHaveBeenCalled());
	expect(outbox.waiting).toBe(1);
});
