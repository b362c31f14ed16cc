/** People who leave a group while something of theirs has not been sent, against a real relay. */
import { expect, it, onTestFinished, vi } from 'vitest';
import { createDevice, type Device } from '../../src/lib/sync/device';
import { headlessPorts } from '../../src/lib/sync/headlessDevice';
import { createMemoryDisk, type MemoryDisk } from '../../src/lib/sync/memoryStorage';
import { directConversationId } from '../../src/lib/domain/ids';
import { directoryFacts } from '../../src/lib/domain/directory';
import { directoryRoom, infoRoom } from '../../src/lib/protocol/rooms';
import { infoFacts } from '../../src/lib/domain/info';
import { startRelay } from '../../sync-server/relay.fixture';
import type { ConversationSync } from '../../src/lib/sync/conversationSync';
import type { RelayAccess } from '../../sync-server/ports';

process.setMaxListeners(0);

const person = (letter: string, displayName: string) => ({
	id: letter.repeat(16),
	username: letter,
	displayName
});
const [ALICE, BOB] = [person('a', 'Alice'), person('b', 'Bob')];
const GROUP = directConversationId(ALICE.id, BOB.id);
const LEAVE = { type: 'leave-group', conversation: GROUP, self: ALICE.id } as const;

/** A relay, and of the REST API what takes Alice out of the group. */
async function setup() {
	const members = new Set([ALICE.id, BOB.id]);
	const access: Partial<RelayAccess> = {
		access: async (user, room) => {
			if (room.type === 'home') return 'write';
			if (room.type === 'directory') return 'read';
			if (!members.has(user)) return 'none';
			return room.type === 'segment' ? 'write' : 'read';
		},
		conversationsOf: async () => [GROUP]
	};
	const { relay, url } = await startRelay({ access, now: Date.now });
	const people = new Map([ALICE, BOB].map((each) => [each.id, each]));
	const roles = new Map([...people.keys()].map((id) => [id, 'owner' as const]));
	await relay.project(
		infoRoom(GROUP),
		infoFacts({ kind: 'group', name: 'Kelp survey', live: 0, members: roles, people })
	);
	async function list(self: typeof ALICE): Promise<void> {
		const isIn = members.has(self.id);
		const conversations = new Map(isIn ? [[GROUP, { id: GROUP, kind: 'group' as const }]] : []);
		const facts = directoryFacts({ self, conversations });
		if (!isIn) facts.set(`conversation/${GROUP}`, null);
		await relay.project(directoryRoom(self.id), facts);
	}
	for (const self of [ALICE, BOB]) await list(self);
	async function takeOut(): Promise<boolean> {
		if (!members.delete(ALICE.id)) return false;
		relay.dropMember(GROUP, ALICE.id);
		await list(ALICE);
		return true;
	}
	const asked: string[] = [];
	const fetch = async (address: string | URL | Request, { method = 'GET' }: RequestInit = {}) => {
		const { pathname } = new URL(String(address));
		if (method !== 'DELETE') return Response.json({ user: ALICE });
		asked.push(pathname);
		if (await takeOut()) return new Response(null, { status: 204 });
		return Response.json({ error: { code: 'no_such_conversation', message: 'gone' } }, { status: 404 });
	};

	async function open(self: typeof ALICE, disk: MemoryDisk = createMemoryDisk()) {
		const token = `${self.id}-phone`;
		const origin = url.replace(/^ws(.*)\/sync$/, 'http$1');
		const device = await createDevice({
			self,
			origin,
			token,
			fetch,
			ports: headlessPorts({ token, disk, now: Date.now })
		});
		onTestFinished(() => device.close());
		const { sync, release } = device.conversations.use(GROUP);
		await sync.whenLoaded;
		return { device, conversation: sync, release };
	}
	return { open, asked, takeOut };
}

const texts = ({ items }: ConversationSync) =>
	items.flatMap((item) => (item.type === 'message' ? [item.text] : []));
const PATIENCE = { timeout: 8_000 };

/** Was online once, and is offline again. */
async function knowsTheGroup({ device }: { readonly device: Device }): Promise<void> {
	device.connect();
	await vi.waitFor(() => expect(device.syncState).toBe('synced'), PATIENCE);
	device.disconnect();
}

it('what was written offline before leaving arrives before its author is gone', async () => {
	const { open, asked } = await setup();
	const [alice, bob] = [await open(ALICE), await open(BOB)];
	bob.device.connect();
	await knowsTheGroup(alice);
	alice.conversation.send({ text: 'the pump is yours now' });
	await alice.device.outbox.add(LEAVE);
	alice.release();
	// Not in the list any more, and not gone yet.
	expect(alice.device.directory.conversations.has(GROUP)).toBe(false);
	expect(asked).toEqual([]);
	alice.device.connect();
	await vi.waitFor(() => expect(asked).toHaveLength(1), PATIENCE);
	await vi.waitFor(() => expect(texts(bob.conversation)).toEqual(['the pump is yours now']), PATIENCE);
	await vi.waitFor(() => expect(alice.device.outbox.commands).toEqual([]), PATIENCE);
	expect(alice.device.salvaged.all).toEqual([]);
});

it('the same after a restart in between, though nobody opens the conversation any more', async () => {
	const { open, asked } = await setup();
	const disk = createMemoryDisk();
	const [alice, bob] = [await open(ALICE, disk), await open(BOB)];
	bob.device.connect();
	await knowsTheGroup(alice);
	alice.conversation.send({ text: 'the pump is yours now' });
	await alice.device.outbox.add(LEAVE);
	alice.release();
	await alice.device.stored();
	await vi.waitFor(() => expect(alice.device.summaries.get(GROUP)?.unsent).toBe(1), PATIENCE);
	await alice.device.close();
	const again = await open(ALICE, disk);
	again.release();
	again.device.connect();
	await vi.waitFor(() => expect(asked).toHaveLength(1), PATIENCE);
	await vi.waitFor(() => expect(texts(bob.conversation)).toEqual(['the pump is yours now']), PATIENCE);
	expect(again.device.salvaged.all).toEqual([]);
});

it('with nothing unsent one leaves at once', async () => {
	const { open, asked } = await setup();
	const alice = await open(ALICE);
	alice.device.connect();
	await vi.waitFor(() => expect(alice.device.syncState).toBe('synced'), PATIENCE);
	await alice.device.outbox.add(LEAVE);
	await vi.waitFor(() => expect(asked).toHaveLength(1), PATIENCE);
	await vi.waitFor(() => expect(alice.device.outbox.commands).toEqual([]), PATIENCE);
});

it('who is removed while they wait to leave has what they wrote kept, and is told of no failure', async () => {
	const { open, takeOut } = await setup();
	const [alice, bob] = [await open(ALICE), await open(BOB)];
	bob.device.connect();
	await knowsTheGroup(alice);
	alice.conversation.send({ text: 'too late' });
	await alice.device.outbox.add(LEAVE);
	alice.release();
	await takeOut();
	alice.device.connect();
	await vi.waitFor(
		() => expect(alice.device.salvaged.all.map(({ text }) => text)).toEqual(['too late']),
		PATIENCE
	);
	await vi.waitFor(() => expect(alice.device.outbox.commands).toEqual([]), PATIENCE);
	expect(texts(bob.conversation)).toEqual([]);
});
