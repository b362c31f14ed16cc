import { describe, expect, it, vi } from 'vitest';
import { createFakeTime } from './fakeSocket.fixture';
import { leftKey } from './newConversations';
import { memoryLocalStore } from './memoryStorage';
import { noTabs } from './tabs';
import { openOutbox } from './outbox';
import { UNEXPECTED_ANSWER, type Answer } from './answer';
import type { LocalStore } from './ports';
import type { Api } from './api';
import type { Command, CommandOf } from './commands/commandTable';

const rename = (conversation: string, name = 'Boats'): Command => ({
	type: 'change-group',
	conversation,
	change: { name },
	was: { name: '' }
});
const bob = { id: 'bob', username: 'bob', displayName: 'Bob' };
const done: Answer<unknown> = { ok: true, value: {} };
const refused = (status: number): Answer<never> => ({ ok: false, status, code: 'code', message: 'why not' });

async function setup(
	tables = new Map<string, Map<string, unknown>>(),
	startMs?: number,
	through: (local: LocalStore) => LocalStore = (local) => local
) {
	const time = createFakeTime(startMs);
	const send = vi.fn<Api['command']>();
	const onDone = vi.fn();
	const held = new Set<string>();
	let minted = 0;
	const outbox = await openOutbox({
		local: through(memoryLocalStore(tables)),
		api: { command: send },
		tabs: noTabs,
		now: time.now,
		serverNow: () => time.now() + 500,
		timers: time.timers,
		mintId: () => `id-${minted++}`,
		nameOf: () => undefined,
		joinedIn: () => undefined,
		stampIn: () => ({ ms: time.now(), counter: 0 }),
		written: () => {
			throw new Error('nothing is written here');
		},
		onDone,
		mustWait: (command, isUnknown) =>
			(command.type === 'change-group' && held.has(command.conversation)) || (!!isUnknown && held.has('told'))
	});
	const sent = () => send.mock.calls.map(([, { path }]) => path.split('/').at(-1));
	return { outbox, send, sent, onDone, time, tables, held };
}

it('commands leave in order, once each, under the ids they were given', async () => {
	const { outbox, send, sent, onDone } = await setup();
	send.mockResolvedValue(done);
	await outbox.add(rename('one'));
	await outbox.add(rename('two'));
	await vi.waitFor(() => expect(onDone).toHaveBeenCalledTimes(2));
	expect(sent()).toEqual(['one', 'two']);
	expect(send.mock.calls.map(([id]) => id)).toEqual(['id-0', 'id-1']);
	expect(outbox.waiting).toBe(0);
});

it('a command that the disk does not take is refused to its giver, shown no more, and never sent', async () => {
	const { outbox, send } = await setup(undefined, undefined, (local) => ({
		...local,
		put: () => Promise.reject(new Error('full'))
	}));
	const shown: number[] = [];
	outbox.onChange(() => shown.push(outbox.commands.length));
	await expect(outbox.add(rename('one'))).rejects.toThrow('full');
	expect(outbox.commands).toEqual([]);
	expect(shown.at(-1)).toBe(0);
	await outbox.flush();
	expect(send).not.toHaveBeenCalled();
});

it('a command given without network waits, over a restart too, and leaves when there is one', async () => {
	const { outbox, send, tables } = await setup();
	send.mockResolvedValue(refused(0));
	await outbox.add(rename('one'));
	await vi.waitFor(() => expect(send).toHaveBeenCalled());
	expect(outbox.waiting).toBe(1);
	outbox.close();

	const restarted = await setup(tables);
	restarted.send.mockResolvedValue(done);
	expect(restarted.outbox.waiting).toBe(1);
	await restarted.outbox.flush();
	expect(restarted.onDone).toHaveBeenCalledOnce();
	expect(restarted.outbox.waiting).toBe(0);
});

it('a command that goes again goes under the same id', async () => {
	const { outbox, send, onDone } = await setup();
	send.mockResolvedValueOnce(refused(0)).mockResolvedValueOnce(done);
	await outbox.add(rename('one'));
	await vi.waitFor(() => expect(send).toHaveBeenCalledOnce());
	await outbox.flush();
	await vi.waitFor(() => expect(onDone).toHaveBeenCalledOnce());
	expect(send.mock.calls[0]).toEqual(send.mock.calls[1]);
});

it('a command refused for good does not hold up the next and is kept until it is dismissed', async () => {
	const { outbox, send, onDone } = await setup();
	send.mockResolvedValueOnce(refused(409)).mockResolvedValueOnce(done);
	await outbox.add(rename('one'));
	await outbox.add(rename('one', 'Ships'));
	await vi.waitFor(() => expect(onDone).toHaveBeenCalledOnce());
	expect(outbox.commands).toMatchObject([
		{ command: { change: { name: 'Boats' } }, refusal: { message: 'why not' } }
	]);
	const { id } = outbox.commands[0]!;
	await outbox.dismiss(id, { keep: true });
	expect(outbox.commands).toMatchObject([{ refusal: { seen: true } }]);
	await outbox.dismiss(id, { keep: false });
	expect(outbox.commands).toEqual([]);
});

it('what was to be done with a conversation that the server would not make is dropped with it', async () => {
	const { outbox, send, onDone } = await setup();
	let isReachable = false;
	send.mockImplementation(async (_, { path }) => {
		if (!isReachable) return refused(0);
		return path === '/conversations' ? refused(403) : done;
	});
	const request = { id: 'one', kind: 'group' as const, members: ['bob'], name: 'Boats' };
	await outbox.add({ type: 'create-conversation', request, people: [bob] });
	await outbox.add(rename('one', 'Ships'));
	await outbox.add(rename('two'));
	isReachable = true;
	await outbox.flush();
	await vi.waitFor(() => expect(onDone).toHaveBeenCalledOnce());
	expect(send.mock.calls.map(([, { path }]) => path)).not.toContain('/conversations/one');
	expect(outbox.commands).toMatchObject([{ command: { request }, refusal: { message: 'why not' } }]);
});

it('a command that is met already is done, and nobody is told of a refusal', async () => {
	const { outbox, send, onDone } = await setup();
	send.mockResolvedValue({ ok: false, status: 404, code: 'no_such_conversation', message: 'gone' });
	await outbox.add({ type: 'leave-group', conversation: 'one', self: 'alice' });
	await vi.waitFor(() => expect(onDone).toHaveBeenCalledOnce());
	expect(outbox.commands).toEqual([]);
	await outbox.add(rename('one'));
	await vi.waitFor(() => expect(outbox.commands).toMatchObject([{ refusal: { message: 'gone' } }]));
});

it('what is changed of a group is asked for with what it was changed over', async () => {
	const { outbox, send, onDone } = await setup();
	send.mockResolvedValue(done);
	const person = { id: 'bob', username: 'bob', displayName: 'Bob' };
	const conversation = 'one';
	await outbox.add({ type: 'change-role', conversation, person, role: 'admin', was: 'member' });
	await outbox.add({ type: 'hand-over', conversation, person, self: 'alice', was: 'admin' });
	for (const was of ['', 'hash', undefined])
		await outbox.add({ type: 'set-group-picture', conversation, was });
	await vi.waitFor(() => expect(onDone).toHaveBeenCalledTimes(5));
	expect(send.mock.calls.map(([, { path, body }]) => [path, body])).toEqual([
		['/conversations/one/members/bob', { role: 'admin', was: 'member' }],
		['/conversations/one/members/bob', { role: 'owner', was: 'admin', stepDown: true }],
		['/conversations/one/picture?was=none', undefined],
		['/conversations/one/picture?was=hash', undefined],
		['/conversations/one/picture', undefined]
	]);
});

it('what the server cannot do now holds up the same conversation and no other', async () => {
	const { outbox, send, sent, onDone, time } = await setup();
	send.mockImplementation(async (_, { path }) => (path.endsWith('one') ? refused(503) : done));
	await outbox.add(rename('one'));
	await outbox.add(rename('one', 'Ships'));
	await outbox.add(rename('two'));
	await vi.waitFor(() => expect(onDone).toHaveBeenCalledOnce());
	expect(sent()).toContain('two');
	expect(outbox.waiting).toBe(2);
	send.mockResolvedValue(done);
	await vi.waitFor(() => {
		time.advance(60_000);
		expect(onDone).toHaveBeenCalledTimes(3);
	});
	expect(send.mock.calls.slice(-2).map(([id]) => id)).toEqual(['id-0', 'id-1']);
});

it('a report that is held back as too many holds up nothing else', async () => {
	const { outbox, send, onDone } = await setup();
	send.mockImplementation(async (_, { path }) => (path === '/reports' ? refused(429) : done));
	const request = { userId: 'bob', reason: 'spam' } as const;
	await outbox.add({ type: 'report', request, name: 'Bob' });
	await outbox.add({ type: 'report', request: { ...request, conversationId: 'one' }, name: 'Bob' });
	await outbox.add({ type: 'change-profile', change: { displayName: 'Alice' } });
	await outbox.add({ type: 'block-person', person: bob });
	await outbox.add(rename('one'));
	await vi.waitFor(() => expect(onDone).toHaveBeenCalledTimes(3));
	expect(outbox.commands.map(({ command }) => command.type)).toEqual(['report', 'report']);
	send.mockResolvedValue(done);
	await outbox.flush();
	await vi.waitFor(() => expect(outbox.commands).toEqual([]));
});

it('whoever was unblocked is written to only after that, however long it is held back', async () => {
	const { outbox, send, sent, onDone } = await setup();
	send.mockImplementation(async (_, { path }) => (path === '/blocks/bob' ? refused(503) : done));
	await outbox.add({ type: 'unblock-person', person: bob });
	const request = { id: 'new', kind: 'direct' as const, members: ['bob'] };
	await outbox.add({ type: 'create-conversation', request, people: [bob] });
	await outbox.add(rename('new'));
	await outbox.add(rename('two'));
	await vi.waitFor(() => expect(onDone).toHaveBeenCalledOnce());
	expect(new Set(sent())).toEqual(new Set(['bob', 'two']));
	send.mockClear();
	send.mockResolvedValue(done);
	await outbox.flush();
	await vi.waitFor(() => expect(outbox.waiting).toBe(0));
	expect(sent()).toEqual(['bob', 'conversations', 'new']);
});

it('somebody is blocked at once, whatever with them is held back', async () => {
	const { outbox, send, onDone } = await setup();
	send.mockImplementation(async (_, { path }) => (path === '/conversations' ? refused(503) : done));
	const request = { id: 'new', kind: 'direct' as const, members: ['bob'] };
	await outbox.add({ type: 'create-conversation', request, people: [bob] });
	await outbox.add({ type: 'block-person', person: bob });
	await vi.waitFor(() => expect(onDone).toHaveBeenCalledOnce());
	expect(outbox.commands.map(({ command }) => command.type)).toEqual(['create-conversation']);
});

it('several commands that fail in one go are one try', async () => {
	const all = ['one', 'two', 'three', 'four'].map((name) => ({ id: name, command: rename(name) }));
	const kept = new Map<string, unknown>(all.map((queued) => [queued.id, queued]));
	const { outbox, send, time } = await setup(new Map([['commands', kept]]));
	send.mockResolvedValue(refused(503));
	await outbox.flush();
	expect(send).toHaveBeenCalledTimes(4);
	time.advance(3_000);
	await vi.waitFor(() => expect(send).toHaveBeenCalledTimes(8));
});

describe('a command that the server wants to be asked for later', () => {
	const later = (status: number, retryAfterS: number) => ({ ...refused(status), retryAfterS });

	it.each([429, 503])('goes again by itself once that time is over, and no sooner (%i)', async (status) => {
		const { outbox, send, onDone, time } = await setup();
		send.mockResolvedValueOnce(later(status, 120)).mockResolvedValueOnce(done);
		await outbox.add(rename('one'));
		await vi.waitFor(() => expect(outbox.commands[0]?.restsUntil).toBe(time.now() + 120_000));
		time.advance(119_999);
		await outbox.flush();
		expect(send).toHaveBeenCalledOnce();
		time.advance(1);
		await vi.waitFor(() => expect(onDone).toHaveBeenCalledOnce());
	});

	it('holds up what touches the same, and nothing else', async () => {
		const { outbox, send, sent, onDone, time } = await setup();
		send.mockImplementation(async (_, { path }) => (path.endsWith('one') ? later(429, 120) : done));
		await outbox.add(rename('one'));
		await vi.waitFor(() => expect(outbox.commands[0]?.restsUntil).toBeDefined());
		await outbox.add(rename('one', 'Ships'));
		await outbox.add(rename('two'));
		await vi.waitFor(() => expect(onDone).toHaveBeenCalledOnce());
		expect(sent()).toEqual(['one', 'two']);
		send.mockResolvedValue(done);
		time.advance(120_000);
		await vi.waitFor(() => expect(outbox.waiting).toBe(0));
		expect(sent()).toEqual(['one', 'two', 'one', 'one']);
	});

	it('rests over a new page and in another tab too', async () => {
		const { outbox, send, tables, time } = await setup();
		send.mockResolvedValue(later(429, 120));
		await outbox.add(rename('one'));
		await vi.waitFor(() => expect(outbox.commands[0]?.restsUntil).toBe(time.now() + 120_000));
		outbox.close();

		const next = await setup(tables);
		next.send.mockResolvedValue(done);
		await next.outbox.flush();
		expect(next.send).not.toHaveBeenCalled();
		next.time.advance(120_000);
		await vi.waitFor(() => expect(next.onDone).toHaveBeenCalledOnce());
	});

	it('does not rest for longer than an hour, whatever is said, nor after the clock was set back', async () => {
		const { outbox, send, tables, time } = await setup();
		send.mockResolvedValue(later(503, 10 ** 9));
		await outbox.add(rename('one'));
		await vi.waitFor(() => expect(outbox.commands[0]?.restsUntil).toBe(time.now() + 3_600_000));
		outbox.close();

		const earlier = await setup(tables, time.now() - 3_600_000);
		earlier.send.mockResolvedValue(done);
		await earlier.outbox.flush();
		expect(earlier.onDone).toHaveBeenCalledOnce();
	});

	it('does not keep what only met a fault from going sooner', async () => {
		const { outbox, send, sent, time } = await setup();
		send.mockImplementation(async (_, { path }) => (path.endsWith('one') ? later(429, 120) : refused(503)));
		await outbox.add(rename('one'));
		await outbox.add(rename('two'));
		await vi.waitFor(() => expect(sent()).toContain('two'));
		send.mockClear();
		send.mockResolvedValue(done);
		await vi.waitFor(() => {
			time.advance(3_000);
			expect(sent()).toEqual(['two']);
		});
		expect(outbox.waiting).toBe(1);
	});
});

it('a command that must wait for something else leaves with a later flush', async () => {
	const { outbox, send, onDone, held } = await setup();
	send.mockResolvedValue(done);
	held.add('one');
	await outbox.add(rename('one'));
	await outbox.add(rename('two'));
	await vi.waitFor(() => expect(onDone).toHaveBeenCalledOnce());
	expect(outbox.waiting).toBe(1);
	held.clear();
	await outbox.flush();
	await vi.waitFor(() => expect(outbox.waiting).toBe(0));
});

it('a command that is taken back before it left is never sent', async () => {
	const { outbox, send } = await setup();
	send.mockResolvedValueOnce(refused(0));
	await outbox.add(rename('one'));
	await vi.waitFor(() => expect(send).toHaveBeenCalledOnce());
	expect(await outbox.cancel('id-0')).toBe(true);
	await outbox.flush();
	expect(send).toHaveBeenCalledOnce();
	expect(await outbox.cancel('id-0')).toBe(false);
});

it('a new conversation that was tried cannot be taken back, and one whose try the disk does not note is not sent', async () => {
	let isFull = false;
	const { outbox, send } = await setup(undefined, undefined, (local) => ({
		...local,
		put: (...args) => (isFull ? Promise.reject(new Error('full')) : local.put(...args))
	}));
	send.mockResolvedValue(refused(0));
	const request = { id: 'one', kind: 'group' as const, members: ['bob'], name: 'Boats' };
	await outbox.add({ type: 'create-conversation', request, people: [bob] });
	isFull = true;
	await outbox.flush();
	expect(send).not.toHaveBeenCalled();
	isFull = false;
	await outbox.flush();
	await vi.waitFor(() => expect(send).toHaveBeenCalled());
	expect(await outbox.cancel('id-0')).toBe(false);
	expect(outbox.commands).toMatchObject([{ id: 'id-0', tried: true }]);
});

it('a command that a later version kept stays where it is, and holds up nothing', async () => {
	const tables = new Map([
		['commands', new Map<string, unknown>([['id-!', { id: 'id-!', command: { type: 'fold' } }]])]
	]);
	const { outbox, send, onDone } = await setup(tables);
	send.mockResolvedValue(done);
	await outbox.add(rename('one'));
	await vi.waitFor(() => expect(onDone).toHaveBeenCalledOnce());
	expect(tables.get('commands')?.has('id-!')).toBe(true);
});

it('a command that met a fault of the server is tried again by itself', async () => {
	const { outbox, send, onDone, time } = await setup();
	send.mockResolvedValueOnce(refused(503)).mockResolvedValueOnce(done);
	await outbox.add(rename('one'));
	await vi.waitFor(() => expect(send).toHaveBeenCalledOnce());
	await vi.waitFor(() => {
		time.advance(10_000);
		expect(onDone).toHaveBeenCalledOnce();
	});
});

it('a command that something in between answers for the server is not refused by that', async () => {
	const { outbox, send, onDone, time } = await setup();
	send
		.mockResolvedValueOnce({ ok: false, status: 404, code: UNEXPECTED_ANSWER, message: 'not ours' })
		.mockResolvedValueOnce(done);
	await outbox.add(rename('one'));
	await vi.waitFor(() => expect(send).toHaveBeenCalledOnce());
	await vi.waitFor(() => {
		time.advance(60_000);
		expect(onDone).toHaveBeenCalledOnce();
	});
});

it('a command that the network lost goes again by itself, while the link is up', async () => {
	const { outbox, send, onDone, time } = await setup();
	send.mockResolvedValueOnce(refused(0)).mockResolvedValueOnce(done);
	await outbox.add(rename('one'));
	await vi.waitFor(() => expect(send).toHaveBeenCalledOnce());
	await vi.waitFor(() => {
		time.advance(60_000);
		expect(onDone).toHaveBeenCalledOnce();
	});
});

it('a command given in a tab that is gone is sent by another', async () => {
	const tables = new Map<string, Map<string, unknown>>();
	const other = await setup(tables);
	const gone = await setup(tables);
	gone.send.mockResolvedValue(refused(0));
	await gone.outbox.add(rename('one'));
	gone.outbox.close();
	other.send.mockResolvedValue(done);
	await other.outbox.flush();
	expect(other.onDone).toHaveBeenCalledOnce();
});

it('a command waits for a login when the session has ended', async () => {
	const { outbox, send } = await setup();
	send.mockResolvedValue(refused(401));
	await outbox.add(rename('one'));
	await vi.waitFor(() => expect(send).toHaveBeenCalled());
	expect(outbox.waiting).toBe(1);
});

describe('of a conversation that the server has forgotten', () => {
	const ID = '018f0000-0000-7000-8000-000000000001';
	const again: CommandOf<'create-conversation'> = {
		type: 'create-conversation',
		request: { id: ID, kind: 'group', members: [], stood: { live: 0 } },
		people: []
	};
	const leave: Command = { type: 'leave-group', conversation: ID, self: 'alice' };
	const unknown: Answer<never> = { ok: false, status: 404, code: 'no_such_conversation', message: 'none' };

	it('what waits for it does not hold up that it is made again', async () => {
		const { outbox, send, sent, held } = await setup();
		send.mockResolvedValue(done);
		held.add(ID);
		await outbox.add(rename(ID));
		await outbox.add(again);
		await vi.waitFor(() => expect(sent()).toEqual(['conversations']));
		await vi.waitFor(() => expect(outbox.waiting).toBe(1));
		held.clear();
		await outbox.flush();
		expect(sent()).toEqual(['conversations', ID]);
	});

	it('a command that came too early is kept until it is known whether it is forgotten', async () => {
		const { outbox, send, held, time } = await setup();
		send.mockResolvedValue(unknown);
		held.add('told');
		await outbox.add(leave);
		await vi.waitFor(() => expect(send).toHaveBeenCalledTimes(1));
		time.advance(3_000);
		await vi.waitFor(() => expect(send).toHaveBeenCalledTimes(2));
		expect(outbox.commands.map(({ refusal }) => refusal)).toEqual([undefined]);
		held.clear();
		await outbox.flush();
		expect(outbox.commands).toEqual([]);
	});

	it('that the person has left it is kept', async () => {
		const tables = new Map<string, Map<string, unknown>>();
		const { outbox, send, time } = await setup(tables);
		send.mockResolvedValue(done);
		await outbox.add(leave);
		await vi.waitFor(() => expect(outbox.commands).toEqual([]));
		expect(await memoryLocalStore(tables).get('acks', leftKey(ID))).toBe(time.now() + 500);
	});

	it('whoever is to be removed from it after it was tried is left out when it is tried again', async () => {
		const { outbox, send, time } = await setup();
		const places = [{ user: bob.id }, { user: 'carol' }];
		const asksFor = () =>
			(send.mock.lastCall?.[1].body as { stood: { places: { user: string }[] } }).stood.places.map(
				({ user }) => user
			);
		send.mockResolvedValue(refused(503));
		await outbox.add({ ...again, request: { ...again.request, stood: { live: 0, places } } });
		await vi.waitFor(() => expect(send).toHaveBeenCalledTimes(1));
		expect(asksFor()).toEqual([bob.id, 'carol']);
		await outbox.add({ type: 'remove-member', conversation: ID, person: bob });
		time.advance(60_000);
		await vi.waitFor(() => expect(send.mock.calls.length).toBeGreaterThan(1));
		expect(asksFor()).toEqual(['carol']);
	});
});
