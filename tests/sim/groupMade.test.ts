/** A group that was begun without a network and changed before its server had it, against a real relay. */
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createDevice } from '../../src/lib/sync/device';
import { createMemoryDisk } from '../../src/lib/sync/memoryStorage';
import { directoryFacts } from '../../src/lib/domain/directory';
import { directoryRoom, infoRoom, segmentRoom } from '../../src/lib/protocol/rooms';
import { foundingInfo, infoFacts } from '../../src/lib/domain/info';
import { headlessPorts } from '../../src/lib/sync/headlessDevice';
import type { ConversationSync } from '../../src/lib/sync/conversationSync';
import { decodeMessageBody, encodeMessageBody } from '../../src/lib/domain/bodies';
import { KIND } from '../../src/lib/domain/entry';
import { onlyHereItems } from '../../src/lib/state/unsentRows';
import { startRelay } from '../../sync-server/relay.fixture';

process.setMaxListeners(0);

const textsOf = ({ items }: ConversationSync) =>
	items.flatMap((item) => (item.type === 'message' ? [item.text] : []));

const person = (letter: string, username: string) => ({
	id: letter.repeat(16),
	username,
	displayName: username
});
const [ALICE, BOB, CAROL] = [person('a', 'alice'), person('b', 'bob'), person('c', 'carol')];

/** Alice's device, and a server that makes what it is asked for. */
async function setup() {
	const { relay, url } = await startRelay({
		now: Date.now,
		access: {
			access: async (_, room) => (room.type === 'segment' || room.type === 'home' ? 'write' : 'read')
		}
	});
	await relay.project(directoryRoom(ALICE.id), directoryFacts({ self: ALICE, conversations: new Map() }));
	const server = {
		/** Its answers get lost, and its word of what it has made is late. */
		loses: false,
		/** It has no time to remove anybody. */
		isBusy: false,
		/** Those whom it was asked to make groups with. */
		asked: [] as string[][],
		removals: 0
	};
	async function make(id: string, name: string, members: readonly string[]): Promise<void> {
		const others = [BOB, CAROL].filter((each) => members.includes(each.id));
		await relay.project(infoRoom(id), infoFacts(foundingInfo(name, ALICE, others)));
		const conversations = new Map([[id, { id, kind: 'group' as const }]]);
		await relay.project(directoryRoom(ALICE.id), directoryFacts({ self: ALICE, conversations }));
	}
	const refused = (status: number, code: string) =>
		Response.json({ error: { code, message: code } }, { status });
	async function answer(method: string, path: string, body: unknown): Promise<Response> {
		if (method === 'POST' && path === '/api/conversations') {
			const { id, name, members } = JSON.parse(String(body)) as {
				id: string;
				name: string;
				members: string[];
			};
			server.asked.push(members);
			if (!server.loses) await make(id, name, members);
			return Response.json({}, { status: 201 });
		}
		if (method !== 'DELETE') return Response.json({ user: ALICE });
		server.removals += 1;
		return server.isBusy ? refused(503, 'busy') : new Response(null, { status: 204 });
	}
	const disk = createMemoryDisk();
	const token = `${ALICE.id}-phone`;
	async function open() {
		const device = await createDevice({
			self: ALICE,
			origin: url.replace(/^ws(.*)\/sync$/, 'http$1'),
			token,
			ports: headlessPorts({ token, disk, now: Date.now }),
			async fetch(address, { method = 'GET', body } = {}) {
				const answered = await answer(method, new URL(String(address)).pathname, body);
				if (server.loses) throw new TypeError('the network is gone');
				return answered;
			}
		});
		onTestFinished(() => device.close());
		return device;
	}
	const device = await open();
	const id = await device.startConversation({ people: [BOB, CAROL], name: 'Boats' });
	const { sync } = device.conversations.use(id);
	await sync.whenLoaded;
	const removeBob = () => device.outbox.add({ type: 'remove-member', conversation: id, person: BOB });
	/** What messages of the group say that have reached the relay. */
	const arrived = async () =>
		(await relay.entries(segmentRoom(id, 0))).flatMap(({ kind, body }) =>
			kind === KIND.message && body ? [decodeMessageBody(body)?.text] : []
		);
	/** Carol writes something. */
	const hear = (text: string) =>
		relay.append(segmentRoom(id, 0), CAROL.id, [{ kind: KIND.message, body: encodeMessageBody({ text }) }]);
	return { server, device, open, id, sync, removeBob, arrived, hear };
}

it('whoever was removed from a group before it was made is never asked for', async () => {
	const { server, device, sync, removeBob } = await setup();
	await removeBob();
	sync.send({ text: 'not for bob' });
	device.connect();
	await vi.waitFor(() => expect([device.outbox.waiting, device.unsent]).toEqual([0, 0]), 8_000);
	expect(server).toMatchObject({ asked: [[CAROL.id]], removals: 0 });
	expect(sync.info?.members.has(BOB.id)).toBe(false);
});

it('what is written in a group that may have been made leaves behind those who are to be removed from it', async () => {
	const { server, device, id, sync, removeBob, arrived } = await setup();
	server.loses = true;
	device.connect();
	await vi.waitFor(() => expect(server.asked).toEqual([[BOB.id, CAROL.id]]), 8_000);
	await removeBob();
	sync.send({ text: 'not for bob' });
	Object.assign(server, { loses: false, isBusy: true });
	await device.outbox.flush();
	await vi.waitFor(() => expect(server.removals).toBeGreaterThan(0), 8_000);
	await vi.waitFor(() => expect(device.directory.conversations.has(id)).toBe(true), 8_000);
	await vi.waitFor(() => expect(sync.synced).toBe(true), 8_000);
	expect([device.unsent, await arrived()]).toEqual([1, []]);
	server.isBusy = false;
	await device.outbox.flush();
	await vi.waitFor(() => expect([device.outbox.waiting, device.unsent]).toEqual([0, 0]), 8_000);
	expect(await arrived()).toEqual(['not for bob']);
});

describe.each(['offline', 'online'])('whoever was removed by who is %s', (when) => {
	/** Alice has removed Bob from a group that the server has long had, and it has no time for that. */
	async function removed() {
		const made = await setup();
		const { server, device, sync, removeBob } = made;
		device.connect();
		await vi.waitFor(() => expect([device.outbox.waiting, sync.synced]).toEqual([0, true]), 8_000);
		sync.send({ text: 'for bob too' });
		await vi.waitFor(() => expect(device.unsent).toBe(0), 8_000);
		server.isBusy = true;
		if (when === 'offline') device.disconnect();
		await removeBob();
		if (when === 'online') await vi.waitFor(() => expect(server.removals).toBeGreaterThan(0), 8_000);
		return made;
	}

	it('has not read what they write then: it leaves behind the removal, while what others write comes', async () => {
		const { server, device, sync, arrived, hear } = await removed();
		sync.send({ text: 'not for bob' });
		device.connect();
		await vi.waitFor(() => expect([server.removals > 0, sync.synced]).toEqual([true, true]), 8_000);
		await hear('carol is here');
		await vi.waitFor(() => expect(textsOf(sync)).toContain('carol is here'), 8_000);
		expect([device.unsent, await arrived()]).toEqual([1, ['for bob too', 'carol is here']]);
		expect(onlyHereItems(device)).toMatchObject([{ behind: { type: 'remove-member', person: BOB } }]);
		server.isBusy = false;
		await device.outbox.flush();
		await vi.waitFor(() => expect([device.outbox.waiting, device.unsent]).toEqual([0, 0]), 8_000);
		expect((await arrived()).sort()).toEqual(['carol is here', 'for bob too', 'not for bob']);
	});

	it('never hears of what was cancelled before they were out', async () => {
		const { server, device, sync, arrived } = await removed();
		const id = sync.send({ text: 'oh no' });
		device.connect();
		await vi.waitFor(() => expect([server.removals > 0, sync.synced]).toEqual([true, true]), 8_000);
		expect(await sync.remove(id)).toMatchObject({ done: 'cancelled', mayHaveLeft: false });
		server.isBusy = false;
		sync.send({ text: 'better' });
		await device.outbox.flush();
		await vi.waitFor(() => expect([device.outbox.waiting, device.unsent]).toEqual([0, 0]), 8_000);
		expect(await arrived()).toEqual(['for bob too', 'better']);
	});

	it('is told that what they cancel has not left, though it was written in an earlier page', async () => {
		const { server, device, open, id, sync, arrived } = await removed();
		const written = sync.send({ text: 'oh no' });
		await device.stored();
		await device.close();
		const next = await open();
		const again = next.conversations.use(id).sync;
		next.connect();
		await vi.waitFor(() => expect([server.removals > 0, again.synced]).toEqual([true, true]), 8_000);
		expect(await again.remove(written)).toMatchObject({ done: 'cancelled', mayHaveLeft: false });
		again.send({ text: 'better' });
		server.isBusy = false;
		await next.outbox.flush();
		await vi.waitFor(() => expect([next.outbox.waiting, next.unsent]).toEqual([0, 0]), 8_000);
		expect(await arrived()).toEqual(['for bob too', 'better']);
	});

	it('may have sent what they cancel a moment after the removal', async () => {
		const { server, device, sync } = await removed();
		sync.send({ text: 'not for bob' });
		device.connect();
		await vi.waitFor(() => expect([server.removals > 0, sync.synced]).toEqual([true, true]), 8_000);
		server.isBusy = false;
		await device.outbox.flush();
		await vi.waitFor(() => expect([device.outbox.waiting, device.unsent]).toEqual([0, 0]), 8_000);
		expect(await sync.remove(sync.send({ text: 'oh no' }))).toMatchObject({ mayHaveLeft: true });
	});
});

it('a group is discarded only while its server has not been asked for it, over a new page too', async () => {
	const { server, device, open, id, sync } = await setup();
	sync.send({ text: 'hello' });
	expect([device.isTried(id), server.asked]).toEqual([false, []]);
	server.loses = true;
	device.connect();
	await vi.waitFor(() => expect(server.asked).toHaveLength(1), 8_000);
	device.disconnect();
	expect([await device.discardConversation(id), device.isTried(id)]).toEqual([false, true]);
	await device.close();

	const next = await open();
	expect([await next.discardConversation(id), next.isTried(id), next.salvaged.all]).toEqual([
		false,
		true,
		[]
	]);
	server.loses = false;
	next.connect();
	await vi.waitFor(() => expect([next.outbox.waiting, next.unsent]).toEqual([0, 0]), 8_000);
	expect(next.isTried(id)).toBe(false);
});
