import { expect, it, onTestFinished } from 'vitest';
import { createDevice } from '../sync/device';
import { createMemoryDisk } from '../sync/memoryStorage';
import { headlessPorts } from '../sync/headlessDevice';
import { queuedRows } from './commandRows';
import { quietSummary } from '../sync/summary.fixture';

const BOATS = '018f0000-0000-7000-8000-000000000001';

async function offline() {
	const device = await createDevice({
		self: { id: 'aaaaaaaaaaaaaaaa', username: 'alice', displayName: 'Alice' },
		origin: 'http://kelp.example',
		ports: headlessPorts({ token: 'none', disk: createMemoryDisk(), now: () => 1_800_000_000_000 }),
		fetch: () => Promise.reject(new TypeError('there is no network'))
	});
	onTestFinished(() => device.close());
	return device;
}

it('a change is named after its group, though one is not in that any more', async () => {
	const device = await offline();
	device.summaries.set(BOATS, quietSummary());
	await device.outbox.add({
		type: 'change-group',
		conversation: BOATS,
		change: { name: 'Ships' },
		was: { name: 'Boats' }
	});
	device.summaries.delete(BOATS);
	expect(queuedRows(device)).toMatchObject([{ conversationName: 'Boats' }]);
});

it('a new group that waits is among what is lost with this device, and one with somebody alone is not', async () => {
	const device = await offline();
	const bob = { id: 'bbbbbbbbbbbbbbbb', username: 'bob', displayName: 'Bob' };
	await device.startConversation({ people: [bob], name: '' });
	expect(queuedRows(device)).toEqual([]);
	await device.startConversation({ people: [bob], name: 'Kelp survey' });
	const rows = queuedRows(device);
	expect(rows.map(({ conversationName, command }) => [conversationName, command.type])).toEqual([
		['Kelp survey', 'create-conversation']
	]);
	expect(rows[0]!.cancel).toBeUndefined();
});
