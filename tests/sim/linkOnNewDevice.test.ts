/** A link leads into the midst of a conversation that the device has never seen. */
import { expect, it, onTestFinished } from 'vitest';
import { findInSegment } from '../../src/lib/state/findInSegment';
import { formatEntryId } from '../../src/lib/domain/entry';
import { SimDevice } from './simDevice';
import { startHost } from './host.fixture';

process.setMaxListeners(0);

const ALICE = { id: 'a'.repeat(16), username: 'alice', displayName: 'Alice' };
const BOB = { id: 'b'.repeat(16), username: 'bob', displayName: 'Bob' };
const ID = `d-${ALICE.id}-${BOB.id}`;
const LIMITS = { segmentMessagesMax: 5, segmentEntriesMax: 20 };

it('a message of an older segment is found, and one that there is not is known to be nowhere', async () => {
	const host = await startHost({ people: [ALICE, BOB], conversations: [ID], limits: LIMITS });
	onTestFinished(() => host.dispose());
	const device = async (name: string) => {
		const made = new SimDevice({ name, self: ALICE, origin: host.origin, limits: LIMITS });
		await made.start();
		onTestFinished(() => made.close());
		made.goOnline();
		return made;
	};
	const phone = await device('phone');
	await expect.poll(() => phone.device.directory.conversations.has(ID)).toBe(true);
	const written = await phone.look(ID);
	const ids = [];
	for (let n = 0; n < 23; n++) ids.push(written.send({ text: `line ${n}` }));
	await expect.poll(() => phone.device.syncState).toBe('synced');
	await expect.poll(() => written.live).toBeGreaterThanOrEqual(4);

	const desk = await device('desk');
	const { sync, release } = desk.device.conversations.use(ID);
	onTestFinished(release);
	await sync.whenLoaded;
	expect(sync.live).toBe(0);
	const { link } = desk.device;
	const look = (segment: number, id: string) =>
		findInSegment(sync, segment, {
			link,
			fetch: true,
			find: () => sync.message(id),
			show: async ({ text }) => text
		});
	const [found, missing] = await Promise.all([
		look(2, ids[12] ?? ''),
		look(3, formatEntryId({ segment: 3, client: 77, s: 0 }))
	]);
	expect([found, missing]).toEqual(['line 12', undefined]);
});
