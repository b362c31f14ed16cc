/** Documents that the server writes anew, and is not through with when devices are back. */
import { expect, it, onTestFinished } from 'vitest';
import { ALICE } from './removed.fixture';
import { createDevice } from '../../src/lib/sync/device';
import { createMemoryDisk } from '../../src/lib/sync/memoryStorage';
import { directoryFacts } from '../../src/lib/domain/directory';
import { directoryRoom } from '../../src/lib/protocol/rooms';
import { headlessPorts } from '../../src/lib/sync/headlessDevice';
import { startRelay } from '../../sync-server/relay.fixture';

it('a device that was there before the server wrote its list follows that one alone', async () => {
	const disk = createMemoryDisk();
	const start = async () => {
		const { relay, url } = await startRelay({
			access: { access: async (_user, { type }) => (type === 'home' ? 'write' : 'read') },
			now: Date.now
		});
		const token = `${ALICE.id}-phone`;
		const device = await createDevice({
			self: ALICE,
			origin: url.replace(/^ws(.*)\/sync$/, 'http$1'),
			token,
			ports: headlessPorts({ token, disk, now: Date.now })
		});
		onTestFinished(() => device.close());
		const list = (ids: readonly string[]) => {
			const conversations = new Map(ids.map((id) => [id, { id, kind: 'group' as const }]));
			return relay.project(directoryRoom(ALICE.id), directoryFacts({ self: ALICE, conversations }));
		};
		return { device, list };
	};
	const [one, two] = [
		'018f0000-0000-7000-8000-000000000001',
		'018f0000-0000-7000-8000-000000000002'
	] as const;
	const before = await start();
	await before.list([one, two]);
	before.device.connect();
	await expect.poll(() => before.device.directory.conversations.size).toBe(2);
	await before.device.close();

	const { device, list } = await start();
	device.connect();
	await expect.poll(() => device.directoryKnown).toBe(true);
	expect(device.directory.conversations.size).toBe(2);
	await list([one]);
	await expect.poll(() => [...device.directory.conversations.keys()]).toEqual([one]);
	// And no later word of its own takes it back.
	await list([one, two]);
	await expect.poll(() => device.directory.conversations.size).toBe(2);
});
