import { expect, it, onTestFinished } from 'vitest';
import { createDevice } from '../sync/device';
import { createMemoryDisk } from '../sync/memoryStorage';
import { headlessPorts } from '../sync/headlessDevice';
import { queuedRows } from './commandRows';
import { quietSummary } from '../sync/summary.fixture';

const BOATS = '018f0000-0000-7000-8000-000000000001';

it('a change is named after its group, though one is not in that any more', async () => {
	const device = await createDevice({
		self: { id: 'aaaaaaaaaaaaaaaa', username: 'alice', displayName: 'Alice' },
		origin: 'http://kelp.example',
		ports: headlessPorts({ token: 'none', disk: createMemoryDisk(), now: () => 1_800_000_000_000 }),
		fetch: () => Promise.reject(new TypeError('there is no network'))
	});
	onTestFinished(() => device.close());
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
