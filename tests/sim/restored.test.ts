/** The server's database was put back from a copy that lacks segments, and who filled them is away. */
import { expect, it, onTestFinished } from 'vitest';
import { ALICE, BOB } from './cast';
import { SimDevice } from './simDevice';
import { startHost } from './host.fixture';
import type { ConversationSync } from '../../src/lib/sync/conversationSync';
import type { MemoryDisk } from '../../src/lib/sync/memoryStorage';

process.setMaxListeners(0);

const ID = `d-${ALICE.id}-${BOB.id}`;
const LIMITS = { segmentMessagesMax: 3, segmentEntriesMax: 30 };

/** All that there is, though the window has gone on from it meanwhile. */
async function readAll(sync: ConversationSync): Promise<string[]> {
	await sync.loadEarlier();
	return textsOf(sync);
}

const textsOf = ({ heldItems }: ConversationSync) =>
	heldItems.flatMap((item) => (item.type === 'message' ? [item.text] : []));

async function startOne() {
	const host = await startHost({ people: [ALICE, BOB], conversations: [ID], limits: LIMITS });
	onTestFinished(() => host.dispose());
	return {
		disk: host.disk,
		async device(self: typeof ALICE, disk?: MemoryDisk) {
			const device = new SimDevice({ name: self.username, self, origin: host.origin, limits: LIMITS, disk });
			await device.start();
			onTestFinished(() => device.close());
			device.goOnline();
			await expect.poll(() => device.device.directory.conversations.has(ID)).toBe(true);
			return { device, sync: await device.look(ID) };
		}
	};
}

/** What Alice had said filled two segments, and Bob has it. The copy is from before; he comes back alone. */
async function putBack() {
	const before = await startOne();
	const [alice, bob] = [await before.device(ALICE), await before.device(BOB)];
	const said = Array.from({ length: 7 }, (_, n) => `line ${n}`);
	for (const text of said) alice.sync.send({ text });
	await expect.poll(() => readAll(bob.sync)).toEqual(said);
	expect(bob.sync.live).toBe(2);
	alice.device.goOffline();
	bob.device.goOffline();
	await bob.device.close();
	const after = await startOne();
	after.disk.ahead = async () => 32;
	const later = await after.device(BOB, bob.device.disk);
	return { after, alice, later, said };
}

it('who is there goes on where the conversation was, and who comes back later brings what is missing', async () => {
	const { after, alice, later, said } = await putBack();
	const id = later.sync.send({ text: 'who is there?' });
	expect(id.startsWith('2.')).toBe(true);
	await expect.poll(() => later.device.hasSent(ID, id)).toBe(true);
	const fresh = await after.device(BOB);
	await expect.poll(() => textsOf(fresh.sync)).toEqual(['who is there?']);

	await alice.device.close();
	const back = await after.device(ALICE, alice.device.disk);
	const all = [...said, 'who is there?'];
	for (const { sync } of [fresh, back]) await expect.poll(() => readAll(sync)).toEqual(all);
});

it('who comes back alone, and has nothing of their own at the end, comes to rest', async () => {
	const { later } = await putBack();
	expect(later.sync.live).toBe(2);
	await expect.poll(() => later.device.device.syncState).toBe('synced');
});
