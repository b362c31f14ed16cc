import { onlyHereItems } from '../../src/lib/state/unsentRows';
/** Between the server's answer and its word in the directory a conversation is on no list: nobody may notice. */
import { expect, it, onTestFinished, vi } from 'vitest';
import { createApp } from '../../src/lib/state/app';
import { createDevice } from '../../src/lib/sync/device';
import { createMemoryDisk } from '../../src/lib/sync/memoryStorage';
import { directConversationId } from '../../src/lib/domain/ids';
import { directoryFacts } from '../../src/lib/domain/directory';
import { directoryRoom } from '../../src/lib/protocol/rooms';
import { headlessPorts } from '../../src/lib/sync/headlessDevice';
import { startRelay } from '../../sync-server/relay.fixture';

process.setMaxListeners(0);
// Node has none; the app asks it to keep what is written.
vi.stubGlobal('navigator', {});

const ALICE = { id: 'a'.repeat(16), username: 'alice', displayName: 'Alice' };
const BOB = { id: 'b'.repeat(16), username: 'bob', displayName: 'Bob' };
const CAROL = { id: 'c'.repeat(16), username: 'carol', displayName: 'Carol' };
const ID = directConversationId(ALICE.id, BOB.id);

/** Alice's app, whose server answers REST as told and has not listed the conversation yet. */
async function setup(status: number) {
	const { relay, url } = await startRelay({ now: Date.now });
	await relay.project(directoryRoom(ALICE.id), directoryFacts({ self: ALICE, conversations: new Map() }));
	let isReachable = false;
	const token = `${ALICE.id}-phone`;
	const body =
		status < 300 ? {} : { error: { code: 'blocked', message: 'Bob does not want to be written to.' } };
	const device = await createDevice({
		self: ALICE,
		origin: url.replace(/^ws(.*)\/sync$/, 'http$1'),
		token,
		fetch: async () => {
			if (!isReachable) throw new TypeError('no network');
			return new Response(JSON.stringify(body), { status });
		},
		ports: headlessPorts({ token, disk: createMemoryDisk(), now: Date.now })
	});
	const app = createApp(device, { lost: 0, stopListening: () => {} });
	onTestFinished(() => app.stop());
	const list = () =>
		relay.project(
			directoryRoom(ALICE.id),
			directoryFacts({
				self: ALICE,
				conversations: new Map([[ID, { id: ID, kind: 'direct' as const, peer: BOB }]])
			})
		);
	const goOnline = () => {
		isReachable = true;
		device.connect();
	};
	const goOffline = () => {
		isReachable = false;
		device.disconnect();
	};
	return { device, app, list, goOnline, goOffline };
}

it('a conversation that was made a moment ago stays open, listed and named', async () => {
	const { device, app, list, goOnline } = await setup(201);
	const conversation = app.openConversation(await app.startConversation({ people: [BOB], name: '' }));
	await vi.waitFor(() => expect(conversation.status).toBe('open'));
	conversation.setDraft({ text: 'half a thou' });
	await vi.waitFor(() => expect(device.summaries.get(ID)?.name).toBe('Bob'));
	goOnline();
	await vi.waitFor(() => expect(device.outbox.waiting).toBe(0), 8_000);
	await vi.waitFor(() => expect(device.directoryKnown).toBe(true), 8_000);
	expect(device.directory.conversations.has(ID)).toBe(false);
	const seen = () => ({
		status: conversation.status,
		name: conversation.name,
		listed: app.conversations.map(({ name }) => name),
		draft: conversation.draft.text
	});
	const asItWas = { status: 'open', name: 'Bob', listed: ['Bob'], draft: 'half a thou' };
	expect(seen()).toEqual(asItWas);
	await list();
	await vi.waitFor(() => expect(device.directory.conversations.has(ID)).toBe(true), 8_000);
	expect(seen()).toEqual(asItWas);
});

it('one that the server will not make is left with what was written and typed kept, and can be tried again', async () => {
	const { device, app, goOnline, goOffline } = await setup(403);
	const conversation = app.openConversation(await app.startConversation({ people: [BOB], name: '' }));
	await vi.waitFor(() => expect(conversation.status).toBe('open'));
	conversation.send('hello');
	conversation.setDraft({ text: 'half a thou' });
	goOnline();
	await vi.waitFor(() => expect(conversation.status).toBe('notMade'), 8_000);
	await vi.waitFor(() =>
		expect(conversation.refused.map(({ text, reason }) => [text, reason])).toEqual([
			['hello', 'notMade'],
			['half a thou', 'notMade']
		])
	);
	expect(app.read(onlyHereItems)).toEqual([]);
	// Nothing more of it is to come.
	await vi.waitFor(() => expect(app.conversations).toMatchObject([{ name: 'Bob', loaded: true }]));
	expect(conversation.draft.text).toBe('');
	await vi.waitFor(() =>
		expect(conversation.refusedMaking).toMatchObject({
			conversationName: 'Bob',
			refusal: { code: 'blocked' }
		})
	);
	await device.outbox.dismiss(device.outbox.commands[0]!.id, { keep: false });
	goOffline();
	await app.startConversation({ people: [BOB], name: '' });
	expect(conversation.status).toBe('open');
	expect(app.salvaged).toHaveLength(2);
});

it('a group that waits to be made can be named, described and filled, and shows that at once', async () => {
	const { app } = await setup(201);
	const id = await app.startConversation({ people: [BOB], name: 'Boats' });
	const conversation = app.openConversation(id);
	await vi.waitFor(() => expect(conversation.status).toBe('open'));
	const was = { name: conversation.ownName, description: conversation.description };
	const change = { name: 'Ships', description: 'Whose turn it is' };
	await app.command({ type: 'change-group', conversation: id, change, was });
	await app.command({ type: 'add-member', conversation: id, person: CAROL });
	const { name, ownName, description, pending } = conversation;
	expect({ name, ownName, description, pending }).toEqual({
		name: 'Ships',
		ownName: 'Ships',
		description: 'Whose turn it is',
		pending: true
	});
	expect(conversation.members.map(({ displayName, role }) => [displayName, role])).toEqual([
		['Alice', 'owner'],
		['Bob', 'member'],
		['Carol', 'member']
	]);
	await vi.waitFor(() => expect(app.conversations).toMatchObject([{ name: 'Ships', pending: true }]));
});

it('a group that waits to be made can be discarded, and what was written and typed in it is kept', async () => {
	const { device, app } = await setup(201);
	const id = await app.startConversation({ people: [BOB], name: 'Boats' });
	const conversation = app.openConversation(id);
	await vi.waitFor(() => expect(conversation.status).toBe('open'));
	conversation.send('hello');
	conversation.setDraft({ text: 'half a thou' });
	await app.command({ type: 'add-member', conversation: id, person: CAROL });
	expect(await conversation.discard()).toBe(true);
	await vi.waitFor(() =>
		expect(
			app.salvaged.map(({ text, reason, conversationName }) => [text, reason, conversationName])
		).toEqual([
			['hello', 'discarded', 'Boats'],
			['half a thou', 'discarded', 'Boats']
		])
	);
	expect(device.outbox.commands).toEqual([]);
	await vi.waitFor(() => expect([app.conversations, app.read(onlyHereItems)]).toEqual([[], []]));
	expect([conversation.status, conversation.refusedMaking]).toEqual(['notMade', undefined]);
	expect(await conversation.discard()).toBe(false);
});
