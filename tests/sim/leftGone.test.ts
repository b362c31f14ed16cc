/** What a device keeps of a group that its user was put out of, against a real relay. */
import { expect, it, onTestFinished } from 'vitest';
import { ALICE, BOB, CONVERSATIONS } from './cast';
import { SimDevice } from './simDevice';
import { startHost } from './host.fixture';
import type { ConversationSync } from '../../src/lib/sync/conversationSync';

process.setMaxListeners(0);

const [GROUP, OTHER] = CONVERSATIONS;
const LIMITS = { segmentMessagesMax: 3, segmentEntriesMax: 30 };

const textsOf = ({ heldItems }: ConversationSync) =>
	heldItems.flatMap((item) => (item.type === 'message' ? [item.text] : []));
/** Rooms of the conversation on the device's disk, but for the word since when its user is in it. */
const keptOf = ({ disk }: SimDevice, id: string) => [
	...[...disk.docs.keys()].filter((room) => room.includes(id)),
	...[...(disk.tables.get('acks')?.keys() ?? [])].filter(
		(room) => /^(c|info)\//.test(room) && room.includes(id)
	)
];

it('it goes from the disk once what was written there and not sent is kept, and comes back with its user', async () => {
	const host = await startHost({ people: [ALICE, BOB], conversations: [GROUP, OTHER], limits: LIMITS });
	onTestFinished(() => host.dispose());
	const start = async (self: typeof ALICE) => {
		const device = new SimDevice({ name: self.username, self, origin: host.origin, limits: LIMITS });
		await device.start();
		onTestFinished(() => device.close());
		device.goOnline();
		await expect.poll(() => device.device.directory.conversations.size).toBe(2);
		await expect.poll(() => device.device.syncState).toBe('synced');
		return device;
	};
	const [alice, bob] = [await start(ALICE), await start(BOB)];
	const [hers, his] = [await alice.look(GROUP), await bob.look(GROUP)];
	const said = Array.from({ length: 7 }, (_, n) => `line ${n}`);
	for (const text of said) hers.send({ text });
	await expect.poll(() => textsOf(his)).toEqual(said);
	await expect.poll(() => alice.device.unsent).toBe(0);
	expect(keptOf(alice, GROUP).length).toBeGreaterThan(4);

	alice.goOffline();
	hers.send({ text: 'too late' });
	await host.putOut(GROUP, ALICE.id);
	alice.goOnline();
	await expect.poll(() => alice.device.salvaged.all.map(({ text }) => text)).toEqual(['too late']);
	alice.leave(GROUP);
	await expect.poll(() => keptOf(alice, GROUP)).toEqual([]);
	expect(keptOf(alice, OTHER).length).toBeGreaterThan(1);
	expect(alice.device.salvaged.all.map(({ text }) => text)).toEqual(['too late']);

	await host.letIn(GROUP, ALICE.id);
	await expect.poll(() => alice.device.directory.conversations.has(GROUP)).toBe(true);
	const again = await alice.look(GROUP);
	await expect.poll(() => again.synced).toBe(true);
	again.send({ text: 'back again' });
	for (const sync of [again, his])
		await expect
			.poll(async () => {
				await sync.loadEarlier();
				return textsOf(sync);
			})
			.toEqual([...said, 'back again']);
});

it('where history begins at joining, a page that stayed open shows what was before to whoever came back no more', async () => {
	const host = await startHost({ people: [ALICE, BOB], conversations: [GROUP, OTHER], limits: LIMITS });
	onTestFinished(() => host.dispose());
	await host.beginAtJoining(GROUP);
	const alice = new SimDevice({ name: 'alice', self: ALICE, origin: host.origin, limits: LIMITS });
	await alice.start();
	onTestFinished(() => alice.close());
	alice.goOnline();
	const hers = await alice.look(GROUP);
	hers.send({ text: 'before' });
	await expect.poll(() => [hers.synced, alice.device.unsent]).toEqual([true, 0]);
	alice.goOffline();
	hers.send({ text: 'too late' });
	await host.putOut(GROUP, ALICE.id);
	await host.letIn(GROUP, ALICE.id);
	alice.goOnline();
	await expect.poll(() => alice.device.salvaged.all.map(({ text }) => text)).toEqual(['too late']);
	await expect
		.poll(() => [hers.window.first, hers.hasEarlier, hers.openSegments, hers.synced])
		.toEqual([1, false, [1], true]);
	hers.send({ text: 'back again' });
	await expect.poll(() => [hers.synced, alice.device.unsent]).toEqual([true, 0]);
	expect(textsOf(hers)).toEqual(['back again']);
});

it('a new device of somebody who had read in a group that they are in no more comes to rest', async () => {
	const host = await startHost({ people: [ALICE, BOB], conversations: [GROUP, OTHER], limits: LIMITS });
	onTestFinished(() => host.dispose());
	const start = async (self: typeof ALICE, conversations: number) => {
		const device = new SimDevice({ name: self.username, self, origin: host.origin, limits: LIMITS });
		await device.start();
		onTestFinished(() => device.close());
		device.goOnline();
		await expect.poll(() => device.device.directory.conversations.size).toBe(conversations);
		await expect.poll(() => device.device.syncState).toBe('synced');
		return device;
	};
	const [alice, bob] = [await start(ALICE, 2), await start(BOB, 2)];
	const [hers, his] = [await alice.look(GROUP), await bob.look(GROUP)];
	his.send({ text: 'read by Alice' });
	await expect.poll(() => textsOf(hers)).toEqual(['read by Alice']);
	alice.device.reading.seen(
		hers,
		hers.items.filter((item) => item.type === 'message')
	);
	alice.device.flush();
	await expect.poll(() => alice.device.unsentChanges()).toBe(0);
	await expect.poll(() => alice.device.syncState).toBe('synced');
	await alice.close();
	await host.putOut(GROUP, ALICE.id);
	await start(ALICE, 1);
});
