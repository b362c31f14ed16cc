/** The server's database was put back from a copy that is from before the conversation began. */
import { expect, it, onTestFinished } from 'vitest';
import { ALICE, BOB, CONVERSATIONS } from './cast';
import { SimDevice } from './simDevice';
import { startHost, type Host } from './host.fixture';
import { SEGMENTS_LOST_MAX } from '../../src/lib/domain/limits';
import type { ConversationId } from '../../src/lib/domain/ids';
import type { ConversationSync } from '../../src/lib/sync/conversationSync';
import type { Person } from '../../src/lib/domain/people';

process.setMaxListeners(0);

const CAROL = { id: 'c'.repeat(16), username: 'carol', displayName: 'carol' };
const DIRECT = `d-${ALICE.id}-${BOB.id}`;
const [GROUP] = CONVERSATIONS;
const LIMITS = { segmentMessagesMax: 3, segmentEntriesMax: 30 };

const textsOf = ({ heldItems }: ConversationSync) =>
	heldItems.flatMap((item) => (item.type === 'message' ? [item.text] : []));

/** A server on which the people have this conversation, or one that was put back to before. */
async function startOne(
	people: readonly Person[],
	conversations: readonly ConversationId[],
	restored = false,
	limits = LIMITS
) {
	const host = await startHost({ people, conversations, limits, restored });
	onTestFinished(() => host.dispose());
	return host;
}

async function start(host: Host, self: Person, before?: SimDevice, limits = LIMITS): Promise<SimDevice> {
	const { origin } = host;
	const fetch = host.fetchFor(self.id);
	const device = new SimDevice({
		name: self.username,
		self,
		origin,
		limits,
		disk: before?.disk,
		fetch
	});
	await device.start();
	onTestFinished(() => device.close());
	return device;
}

async function online(host: Host, self: Person, id: ConversationId, before?: SimDevice, limits = LIMITS) {
	const device = await start(host, self, before, limits);
	device.goOnline();
	await expect.poll(() => device.device.directory.conversations.has(id)).toBe(true);
	return { device, sync: await device.look(id) };
}

const showsAll = (sync: ConversationSync, all: readonly string[]) =>
	expect
		.poll(async () => {
			await sync.loadEarlier();
			return textsOf(sync);
		})
		.toEqual(all);

async function stop(...devices: readonly SimDevice[]): Promise<void> {
	for (const device of devices) {
		device.goOffline();
		await device.close();
	}
}

it('a direct conversation is made again by whoever of the two comes first, and each brings what they wrote', async () => {
	const before = await startOne([ALICE, BOB], [DIRECT]);
	const [alice, bob] = [await online(before, ALICE, DIRECT), await online(before, BOB, DIRECT)];
	const said: string[] = [];
	for (let n = 0; n < 8; n++) {
		const by = n % 2 === 0 ? alice : bob;
		said.push(`line ${n}`);
		by.sync.send({ text: `line ${n}` });
		for (const { sync } of [alice, bob]) await expect.poll(() => textsOf(sync).at(-1)).toBe(`line ${n}`);
	}
	expect(bob.sync.live).toBe(2);
	await stop(alice.device, bob.device);

	const after = await startOne([ALICE, BOB], [], true);
	const back = await online(after, BOB, DIRECT, bob.device);
	const late = await online(after, ALICE, DIRECT, alice.device);
	late.sync.send({ text: 'here again' });
	const fresh = await online(after, BOB, DIRECT);
	for (const { sync } of [back, late, fresh]) await showsAll(sync, [...said, 'here again']);
	for (const { device } of [back, late]) await expect.poll(() => device.device.unsent).toBe(0);
});

it('a group waits with all that is in it until a device of its owner has been there, and is as it was', async () => {
	const people = [ALICE, BOB, CAROL];
	const before = await startOne(people, [GROUP]);
	const [alice, bob] = [await online(before, ALICE, GROUP), await online(before, BOB, GROUP)];
	const said = Array.from({ length: 7 }, (_, n) => `line ${n}`);
	for (const [n, text] of said.entries()) {
		(n % 3 === 0 ? bob : alice).sync.send({ text });
		for (const { sync } of [alice, bob]) await expect.poll(() => textsOf(sync).at(-1)).toBe(text);
	}
	await stop(alice.device, bob.device);

	// Carol has registered since as well: the copy does not know her.
	const after = await startOne([ALICE, BOB], [], true);
	const waiting = await start(after, BOB, bob.device);
	waiting.goOnline();
	await expect.poll(() => waiting.device.syncState).toBe('synced');
	expect(waiting.device.forgotten.all).toEqual([GROUP]);
	expect(waiting.device.isPending(GROUP)).toBe(true);
	const sync = await waiting.look(GROUP);
	await showsAll(sync, said);
	sync.send({ text: 'is anybody here?' });
	await waiting.device.stored();
	expect(waiting.device.salvaged.all).toEqual([]);
	expect(waiting.device.unsentIn(GROUP)).toBe(1);

	const owner = await online(after, ALICE, GROUP, alice.device);
	expect(owner.sync.told?.members.get(ALICE.id)).toBe('owner');
	await expect.poll(() => waiting.device.directory.conversations.has(GROUP)).toBe(true);
	const fresh = await online(after, ALICE, GROUP);
	for (const each of [sync, owner.sync, fresh.sync]) await showsAll(each, [...said, 'is anybody here?']);
	await expect.poll(() => fresh.sync.told?.name).toBe(GROUP);
	expect([...fresh.sync.told!.members]).toEqual([
		[ALICE.id, 'owner'],
		[BOB.id, 'member']
	]);
	await expect.poll(() => waiting.device.unsent).toBe(0);
});

it('whoever wants to leave a group that its owner never makes again has nothing to catch up with, finds it listed, and can stay', async () => {
	const people = [ALICE, BOB];
	const before = await startOne(people, [GROUP!]);
	const alice = await online(before, ALICE, GROUP!);
	const bob = await online(before, BOB, GROUP!);
	await expect.poll(() => bob.device.device.summaries.get(GROUP!)?.made).toBe(true);
	await stop(alice.device, bob.device);

	const back = await start(await startOne(people, [], true), BOB, bob.device);
	const { outbox, forgotten } = back.device;
	await outbox.add({ type: 'change-group', conversation: GROUP!, change: { name: 'Ships' }, was: {} });
	await outbox.add({ type: 'leave-group', conversation: GROUP!, self: BOB.id });
	back.goOnline();
	await expect.poll(() => back.device.syncState).toBe('synced');
	expect([forgotten.all, outbox.waiting]).toEqual([[GROUP], 2]);
	for (const { id } of outbox.commands) expect(await outbox.cancel(id)).toBe(true);
	expect([forgotten.all, outbox.waiting]).toEqual([[GROUP], 0]);
});

it('what is not looked at is given back too, of every segment that the device keeps', async () => {
	const before = await startOne([ALICE, BOB], [DIRECT]);
	const [alice, bob] = [await online(before, ALICE, DIRECT), await online(before, BOB, DIRECT)];
	const said = Array.from({ length: 14 }, (_, n) => `line ${n}`);
	for (const text of said) alice.sync.send({ text });
	await expect.poll(() => bob.sync.live).toBe(4);
	await expect.poll(() => alice.device.device.unsent).toBe(0);
	await stop(alice.device, bob.device);

	const after = await startOne([ALICE, BOB], [], true);
	const back = await start(after, ALICE, alice.device);
	back.goOnline();
	await expect.poll(() => back.device.directory.conversations.has(DIRECT)).toBe(true);
	await expect.poll(() => back.device.syncState).toBe('synced');
	const fresh = await online(after, BOB, DIRECT);
	await showsAll(fresh.sync, said);
});

it('one that had gone on for longer than a restored one may have is given back whole', async () => {
	const short = { segmentMessagesMax: 1, segmentEntriesMax: 30 };
	const before = await startOne([ALICE, BOB], [DIRECT], false, short);
	const alice = await online(before, ALICE, DIRECT, undefined, short);
	const said = Array.from({ length: SEGMENTS_LOST_MAX + 6 }, (_, n) => `line ${n}`);
	for (const text of said) {
		alice.sync.send({ text });
		await expect.poll(() => alice.device.device.unsent, { interval: 5 }).toBe(0);
		await expect.poll(() => alice.sync.live, { interval: 5 }).toBe(said.indexOf(text) + 1);
	}
	await stop(alice.device);

	const after = await startOne([ALICE, BOB], [], true, short);
	const back = await online(after, ALICE, DIRECT, alice.device, short);
	back.sync.send({ text: 'here again' });
	await expect.poll(() => back.device.device.unsent).toBe(0);
	await expect.poll(() => back.device.device.syncState).toBe('synced');
	const fresh = await online(after, BOB, DIRECT, undefined, short);
	const seen = new Set<string>();
	await expect
		.poll(
			async () => {
				await fresh.sync.loadEarlier();
				for (const text of textsOf(fresh.sync)) seen.add(text);
				return seen.size;
			},
			{ timeout: 30_000, interval: 5 }
		)
		.toBe(said.length + 1);
}, 60_000);

it('one that was begun anew is given back whole all the same, by a device that had gone on for longer', async () => {
	const short = { segmentMessagesMax: 1, segmentEntriesMax: 30 };
	const before = await startOne([ALICE, BOB], [DIRECT], false, short);
	const alice = await online(before, ALICE, DIRECT, undefined, short);
	const bob = await online(before, BOB, DIRECT, undefined, short);
	const said = Array.from({ length: SEGMENTS_LOST_MAX + 6 }, (_, n) => `line ${n}`);
	// What Bob wrote in the last segments that may be begun does not come back, and they stay short.
	const isBobs = (n: number) => n > SEGMENTS_LOST_MAX - 4 && n < SEGMENTS_LOST_MAX + 2;
	for (const [n, text] of said.entries()) {
		(isBobs(n) ? bob : alice).sync.send({ text });
		for (const { sync } of [alice, bob]) await expect.poll(() => sync.live, { interval: 5 }).toBe(n + 1);
	}
	await expect.poll(() => alice.device.device.unsent).toBe(0);
	await stop(alice.device, bob.device);

	const after = await startOne([ALICE, BOB], [], true, short);
	const fresh = await start(after, BOB, undefined, short);
	fresh.goOnline();
	await fresh.device.startConversation({ people: [ALICE], name: '' });
	await expect.poll(() => fresh.device.directory.conversations.has(DIRECT)).toBe(true);
	(await fresh.look(DIRECT)).send({ text: 'anew' });
	await expect.poll(() => fresh.device.unsent).toBe(0);
	const back = await online(after, ALICE, DIRECT, alice.device, short);
	await expect.poll(() => back.device.device.syncState).toBe('synced');
	back.sync.send({ text: 'here again' });
	await expect.poll(() => back.device.device.unsent).toBe(0);
	const other = await online(after, BOB, DIRECT, undefined, short);
	const seen = new Set<string>();
	await expect
		.poll(
			async () => {
				await other.sync.loadEarlier();
				for (const text of textsOf(other.sync)) seen.add(text);
				return seen.size;
			},
			{ timeout: 30_000, interval: 5 }
		)
		.toBe(said.length - 5 + 2);
}, 90_000);

it('who was put out, as their device has heard, does not bring the group back', async () => {
	const people = [ALICE, BOB];
	const before = await startOne(people, [GROUP]);
	const alice = await online(before, ALICE, GROUP);
	alice.sync.send({ text: 'hello' });
	await expect.poll(() => alice.device.device.unsent).toBe(0);
	await before.putOut(GROUP, ALICE.id);
	await expect.poll(() => alice.device.device.directory.conversations.has(GROUP)).toBe(false);
	alice.sync.send({ text: 'too late' });
	await expect.poll(() => alice.device.device.salvaged.all.map(({ text }) => text)).toEqual(['too late']);
	await stop(alice.device);

	const after = await startOne(people, [], true);
	const back = await start(after, ALICE, alice.device);
	back.goOnline();
	await expect.poll(() => back.device.syncState).toBe('synced');
	expect(back.device.forgotten.all).toEqual([]);
	expect(back.device.directory.conversations.size).toBe(0);
	expect(back.device.outbox.commands).toEqual([]);
});

it('who wrote in a group and left it alone, while the copy was put back, finds the text among what was not sent', async () => {
	const before = await startOne([ALICE], [GROUP!]);
	const alice = await online(before, ALICE, GROUP!);
	alice.sync.send({ text: 'hello' });
	await expect.poll(() => [alice.device.device.unsent, alice.device.device.syncState]).toEqual([0, 'synced']);
	alice.device.goOffline();
	alice.sync.send({ text: 'last words' });
	await expect.poll(() => alice.device.device.unsent).toBe(1);
	await alice.device.device.outbox.add({ type: 'leave-group', conversation: GROUP!, self: ALICE.id });
	await alice.device.close();
	const back = await start(await startOne([ALICE], [], true), ALICE, alice.device);
	back.goOnline();
	await expect.poll(() => back.device.salvaged.all.map(({ text }) => text)).toEqual(['last words']);
	await expect.poll(() => [back.device.unsent, back.device.syncState]).toEqual([0, 'synced']);
});
