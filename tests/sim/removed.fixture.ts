/** Alice and Bob in a group at a real relay; Alice is put out of it and let in again. */
import { onTestFinished, vi, expect } from 'vitest';
import { createDevice, type Device } from '../../src/lib/sync/device';
import { createMemoryDisk, type MemoryDisk } from '../../src/lib/sync/memoryStorage';
import { directConversationId } from '../../src/lib/domain/ids';
import { directoryFacts } from '../../src/lib/domain/directory';
import { directoryRoom, infoRoom, segmentRoom } from '../../src/lib/protocol/rooms';
import { encodeSystemBody } from '../../src/lib/domain/bodies';
import { KIND, type EntryId } from '../../src/lib/domain/entry';
import { headlessPorts } from '../../src/lib/sync/headlessDevice';
import { infoFacts } from '../../src/lib/domain/info';
import { startRelay } from '../../sync-server/relay.fixture';
import type { ConversationSync } from '../../src/lib/sync/conversationSync';
import type { RelayAccess } from '../../sync-server/ports';
import type { SegmentLimits } from '../../src/lib/domain/limits';

process.setMaxListeners(0);

const person = (letter: string, displayName: string) => ({
	id: letter.repeat(16),
	username: letter,
	displayName
});
export const [ALICE, BOB] = [person('a', 'Alice'), person('b', 'Bob')];
export const CONVERSATION = directConversationId(ALICE.id, BOB.id);

/** `limits`: when a segment is full, if not as everywhere. */
export async function setup(limits?: SegmentLimits) {
	let isMember = true;
	let writesSince = 0;
	const access: Partial<RelayAccess> = {
		access: async (user, room) => {
			if (room.type === 'home') return 'write';
			if (room.type === 'directory') return 'read';
			if (user === ALICE.id && !isMember) return room.type === 'segment' ? 'gone' : 'none';
			return room.type === 'segment' ? 'write' : 'read';
		},
		conversationsOf: async () => [CONVERSATION],
		writesSince: async (user) => (user === ALICE.id ? writesSince : 0)
	};
	const { relay, url } = await startRelay({ access, now: Date.now, limits });
	const origin = url.replace(/^ws(.*)\/sync$/, 'http$1');
	const people = new Map([ALICE, BOB].map((each) => [each.id, each]));
	const members = new Map([...people.keys()].map((id) => [id, 'member' as const]));
	await relay.project(
		infoRoom(CONVERSATION),
		infoFacts({ kind: 'group', name: 'Kelp survey', live: 0, members, people })
	);
	const list = async (self: typeof ALICE, isListed: boolean) => {
		const id = CONVERSATION;
		const conversations = new Map(isListed ? [[id, { id, kind: 'group' as const }]] : []);
		const facts = directoryFacts({ self, conversations });
		if (!isListed) facts.set(`conversation/${id}`, null);
		await relay.project(directoryRoom(self.id), facts);
	};
	await list(ALICE, true);
	await list(BOB, true);

	async function openDevice(
		self: typeof ALICE,
		disk: MemoryDisk = createMemoryDisk(),
		now: () => number = Date.now
	) {
		const token = `${self.id}-phone`;
		const ports = headlessPorts({ token, disk, now });
		const device = await createDevice({ self, origin, token, ports, segmentLimits: limits });
		onTestFinished(() => device.close());
		return device;
	}
	async function open(self: typeof ALICE, disk?: MemoryDisk, now?: () => number) {
		const device = await openDevice(self, disk, now);
		const conversation = device.conversations.use(CONVERSATION).sync;
		await conversation.whenLoaded;
		return { device, conversation };
	}
	return {
		open,
		openDevice,
		/** Alice is out, as the server does it: membership, what is open, and the list. */
		async remove() {
			isMember = false;
			relay.dropMember(CONVERSATION, ALICE.id);
			await list(ALICE, false);
		},
		/** Bob has a message of Alice's deleted. */
		async moderate(target: EntryId) {
			const body = encodeSystemBody({ key: `moderated/${target}`, event: 'moderated', by: BOB.id, target });
			const room = segmentRoom(CONVERSATION, 0);
			await relay.erase(room, { author: ALICE.id, message: target }, { kind: KIND.system, body });
		},
		async addAgain() {
			isMember = true;
			writesSince = Date.now();
			await list(ALICE, true);
		}
	};
}

export const texts = ({ items }: ConversationSync) =>
	items.flatMap((item) => (item.type === 'message' ? [item.text] : []));
export const kept = ({ salvaged }: Device) => salvaged.all.map(({ text }) => text);
export const synced = (device: Device) => vi.waitFor(() => expect(device.syncState).toBe('synced'), 8_000);
/** Settles once the device has heard whether its user is in the conversation. */
export const hears = (device: Device, isIn: boolean) =>
	vi.waitFor(() => expect(device.directory.conversations.has(CONVERSATION)).toBe(isIn), 8_000);
