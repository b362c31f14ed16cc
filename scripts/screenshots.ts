/**
 * Takes the pictures of the documentation from the built app: `npm run screenshots`. Three people plan a day at sea;
 * one of them has no network.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Device } from '../tests/kit/device';
import { expect } from '../tests/kit/expect';
import { People, type Person } from '../tests/kit/people';
import { Profile } from '../tests/kit/profile';
import { startProxy } from '../tests/kit/proxy';
import { RelayProcess } from '../tests/kit/relayProcess';
import { findChromium } from './findChromium.mjs';
import { build, root } from './prepare.mjs';

const folder = join(root, 'docs/images');
const ending: (() => Promise<void>)[] = [];

/** A device that ends with this program. */
async function newDevice(name: string, executablePath: string, relay: RelayProcess): Promise<Device> {
	const wire = await startProxy(() => relay.port);
	const profile = await Profile.create(executablePath);
	const device = new Device(name, profile, wire);
	ending.push(async () => {
		await device.close();
		await wire.close();
		await profile.dispose();
	});
	await device.open('/login');
	return device;
}

const say = (who: Person, conversationId: string, text: string): Promise<unknown> =>
	who.api.call('POST', 'messages/send', { conversationId, text });

async function takePictures(): Promise<void> {
	const chromium = await findChromium();
	if ('problem' in chromium) throw new Error(chromium.problem);
	await build();
	mkdirSync(folder, { recursive: true });
	const relay = await RelayProcess.start();
	ending.unshift(() => relay.dispose());
	const people = new People(relay, (name) => newDevice(name, chromium.path, relay));

	const mira = await people.register('mira', 'Mira Sund');
	const amina = await people.register('amina', 'Amina Haddad');
	const tomas = await people.register('tomas', 'Tomás Ferreira');
	const members = [amina.id, tomas.id];
	const group = { kind: 'group', name: 'Kelp survey', members };
	const { conversation } = await mira.api.call<{ conversation: { id: string } }>(
		'POST',
		'conversations',
		group
	);
	await mira.api.call('POST', 'messages/send', {
		userId: amina.id,
		text: 'See you at the harbour wall at seven.'
	});
	await say(
		tomas,
		conversation.id,
		'Weather window is nine to about two, then the swell comes round the point.'
	);
	await say(
		amina,
		conversation.id,
		'Both loggers are in. Transect 4 has a hole from 11:42, so that one again first.'
	);
	await say(tomas, conversation.id, 'Fuel is done. Engine warm, lines in five minutes.');

	const [laptop] = await mira.devices('laptop');
	await laptop.openConversation('Kelp survey');
	await laptop.write('No coverage past the harbour wall, so write as usual and I will catch up.');
	await expect(laptop).toHaveSynced();
	laptop.goOffline();
	await expect(laptop).toBeOffline();
	await laptop.write('On station at the north end of 4. Visibility 8 m, hardly any swell yet.');
	await laptop.write('Kelp line has moved about 40 m seaward since March. Photos when we are in.');
	await expect(laptop.page.locator('[data-shown-state=offline]').first()).toBeVisible();
	await laptop.page.screenshot({ path: join(folder, 'conversation.png') });
}

try {
	await takePictures();
} finally {
	for (const end of ending.reverse()) await end();
}
