/** A device that has nothing yet, in a conversation with a long history. */
import { expect, it, onTestFinished } from 'vitest';
import { ALICE, BOB, CONVERSATIONS } from './cast';
import { parseRoom } from '../../src/lib/protocol/rooms';
import { SimDevice } from './simDevice';
import { startHost, type Host } from './host.fixture';
import type { Person } from '../../src/lib/domain/people';

const [GROUP] = CONVERSATIONS;
const LIMITS = { segmentMessagesMax: 3, segmentEntriesMax: 30 };
const SAID = 200;

async function online(host: Host, self: Person): Promise<SimDevice> {
	const { origin } = host;
	const device = new SimDevice({
		name: self.username,
		self,
		origin,
		limits: LIMITS,
		fetch: host.fetchFor(self.id)
	});
	await device.start();
	onTestFinished(() => device.close());
	device.goOnline();
	await expect.poll(() => device.device.directory.conversations.has(GROUP)).toBe(true);
	return device;
}

it('takes the end of the history, with its newest message and what is unread there, and leaves the rest', async () => {
	const host = await startHost({ people: [ALICE, BOB], conversations: [GROUP], limits: LIMITS });
	onTestFinished(() => host.dispose());
	const writer = await online(host, ALICE);
	const writing = await writer.look(GROUP);
	for (let n = 0; n < SAID; n++) writing.send({ text: `said ${n}` });
	await expect.poll(() => writer.device.syncState).toBe('synced');
	await host.settled();
	const { device, disk } = await online(host, BOB);
	await expect.poll(() => device.summaries.get(GROUP)?.last?.text).toBe(`said ${SAID - 1}`);
	await expect.poll(() => device.syncState).toBe('synced');
	const asked = [...(disk.tables.get('acks')?.keys() ?? [])].flatMap((name) => {
		const room = parseRoom(name);
		return room?.type === 'segment' ? [room.segment] : [];
	});
	const last = Math.ceil(SAID / LIMITS.segmentMessagesMax) - 1;
	expect(asked).toContain(last);
	expect(Math.min(...asked)).toBeGreaterThan(last - 5);
	expect(device.summaries.get(GROUP)?.unread.length).toBeGreaterThan(0);
});
