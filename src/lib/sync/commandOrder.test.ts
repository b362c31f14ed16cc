import { expect, it, onTestFinished } from 'vitest';
import { createDevice } from './device';
import { createMemoryDisk } from './memoryStorage';
import { headlessPorts } from './headlessDevice';

const NAMES = ['Boats', 'Ships', 'Rafts', 'Canoes', 'Dinghies', 'Ferries', 'Punts', 'Yachts'];
const NOW_MS = 1_800_000_000_000;

/** A device without a network, whose clock stands still. */
async function openAt(now: number, disk = createMemoryDisk()) {
	const device = await createDevice({
		self: { id: 'aaaaaaaaaaaaaaaa', username: 'alice', displayName: 'Alice' },
		origin: 'http://kelp.example',
		ports: headlessPorts({ token: 'none', disk, now: () => now }),
		fetch: () => Promise.reject(new TypeError('there is no network'))
	});
	onTestFinished(() => device.close());
	const rename = (name: string) =>
		device.outbox.add({ type: 'change-group', conversation: 'one', change: { name }, was: {} });
	const names = () =>
		device.outbox.commands.map(({ command }) => command.type === 'change-group' && command.change.name);
	return { device, disk, rename, names };
}

it('commands that are given in one millisecond leave in the order they were given', async () => {
	const { rename, names } = await openAt(NOW_MS);
	await Promise.all(NAMES.map(rename));
	expect(names()).toEqual(NAMES);
});

it('a command leaves behind one that waits, though the clock was set back between them', async () => {
	const { device, disk, rename } = await openAt(NOW_MS);
	await rename('Boats');
	await device.close();
	const later = await openAt(NOW_MS - 3_600_000, disk);
	await later.rename('Ships');
	expect(later.names()).toEqual(['Boats', 'Ships']);
});
