import { expect, test } from '../kit';
import { isAnywhereOnDisk } from '../kit/disk';
import * as screen from '../kit/screen';
import type { Device } from '../kit/device';
import type { Person } from '../kit/people';

const conversationsLeft = async (device: Device): Promise<number> =>
	Number(
		/([\d,]+) conversations? left/
			.exec(await screen.syncStatus(device.page).innerText())?.[1]
			?.replace(',', '') ?? 0
	);

/** Notes all that the connection line says from now on. Returns the way to read it. */
async function noteProgress(device: Device): Promise<() => Promise<string[]>> {
	const said = await screen.syncStatus(device.page).evaluateHandle((line) => {
		const all = [line.textContent];
		new MutationObserver(() => {
			if (all.at(-1) !== line.textContent) all.push(line.textContent);
		}).observe(line, { subtree: true, childList: true, characterData: true, attributes: true });
		return all;
	});
	return () => said.evaluate((all) => all.map(String));
}

async function groups(owner: Person, others: readonly Person[], count: number): Promise<string[]> {
	const ids: string[] = [];
	for (let i = 0; i < count; i++) ids.push(await owner.startConversation(others, `Survey ${i}`));
	return ids;
}

test('what changed meanwhile is brought onto the device though nobody opens it, with visible progress', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const ids = await groups(bob, [alice], 20);
	const [phone] = await alice.devices('phone');
	await expect(phone).toListConversation('Survey 19');
	await expect(phone).toHaveSynced();
	await phone.isInstalled();
	phone.goOffline();
	await expect(phone).toBeOffline();
	const boat = await bob.headless();
	for (const [i, id] of ids.entries()) await boat.write(id, [`kelp at ${i}`, `urchins at ${i}`]);
	await boat.sent();

	const progress = await noteProgress(phone);
	phone.throttle({ roundTripMs: 200 });
	phone.goOnline();
	await expect(phone).toHaveSynced();
	expect(await progress()).toContainEqual(expect.stringMatching(/Catching up.*\d+ conversations? left/));
	for (let i = 0; i < 20; i++) {
		const link = phone.page.getByRole('link').filter({ hasText: new RegExp(`urchins at ${i}(?!\\d)`) });
		await expect(link).toContainText('2 unread');
	}

	phone.goOffline();
	await expect(phone).toBeOffline();
	await phone.goTo(`/c/${ids[7]}`);
	await expect(phone).toShowInOrder(['kelp at 7', 'urchins at 7']);
	expect(phone.errors).toEqual([]);
});

test('on a slow line the open conversation comes first, while the others catch up in sight', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const ids = await groups(bob, [alice], 10);
	const open = ids[4] ?? '';
	const [phone] = await alice.devices('phone');
	await phone.goTo(`/c/${open}`);
	await expect(phone).toHaveSynced();
	await phone.isInstalled();
	phone.goOffline();
	await expect(phone).toBeOffline();
	const boat = await bob.headless();
	// Newer in all others than in the open one, and 60 kB in each.
	await boat.write(open, ['the open one']);
	for (const id of ids) {
		if (id === open) continue;
		await boat.write(
			id,
			Array.from({ length: 30 }, (_, i) => `${i} ${'wool '.repeat(400)}`)
		);
	}
	await boat.sent();

	const progress = await noteProgress(phone);
	phone.throttle({ roundTripMs: 300, bytesPerSecond: 100_000 });
	phone.goOnline();
	await expect(phone).toShowOnce('the open one');
	expect(await conversationsLeft(phone)).toBeGreaterThan(5);
	// It can be written to while the rest is on its way.
	await phone.write('seen');
	await expect(phone).toHaveState('seen', 'sent');
	expect(await conversationsLeft(phone)).toBeGreaterThan(0);

	await expect(phone).toHaveSynced();
	const counts = (await progress())
		.flatMap((said) => /(\d+) conversations? left/.exec(said)?.[1] ?? [])
		.map(Number);
	expect(new Set(counts).size).toBeGreaterThan(3);
	for (let i = 0; i < 10; i++)
		await expect(screen.conversationLink(phone.page, `Survey ${i}`)).toContainText(
			i === 4 ? 'seen' : '30 unread'
		);
});

test('a device that was away long catches up though the line goes and the relay restarts midway: deleted stays deleted, unread agree', async ({
	people,
	relay
}) => {
	const COUNT = 8;
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const ids = await groups(bob, [alice], COUNT);
	const boat = await bob.headless();
	const secrets: string[] = [];
	for (const [i, id] of ids.entries()) {
		const [secret] = await boat.write(id, [`secret ${i} of old`, `kept ${i}`]);
		secrets.push(secret ?? '');
	}
	await boat.sent();
	const [phone, laptop] = await alice.devices('phone', 'laptop');
	await expect(phone).toListConversation('Survey 7');
	await expect(phone).toHaveSynced();
	await phone.isInstalled();
	expect(await isAnywhereOnDisk(phone, 'of old')).toBe(true);

	phone.goOffline();
	await expect(phone).toBeOffline();
	for (const [i, id] of ids.entries()) {
		const sync = await boat.conversation(id);
		await sync.remove(secrets[i]!);
		await boat.write(
			id,
			Array.from({ length: 20 }, (_, at) => `${at} ${'wool '.repeat(300)}`)
		);
		await boat.write(id, [`urchins at ${i}`]);
	}
	await boat.sent();

	phone.throttle({ roundTripMs: 100, bytesPerSecond: 60_000 });
	phone.goOnline();
	await expect.poll(() => conversationsLeft(phone)).toBeGreaterThan(0);
	await expect.poll(() => conversationsLeft(phone)).toBeLessThan(COUNT - 1);
	phone.goOffline();
	await expect(phone).toBeOffline();
	phone.goOnline();
	await expect.poll(() => conversationsLeft(phone)).toBeGreaterThan(0);
	await expect.poll(() => conversationsLeft(phone)).toBeLessThan(COUNT - 3);
	await relay.kill();
	await relay.restart();
	phone.throttle();
	await expect(phone).toHaveSynced();
	await expect(laptop).toHaveSynced();
	for (const device of [phone, laptop])
		for (let i = 0; i < COUNT; i++) {
			const link = device.page.getByRole('link').filter({ hasText: new RegExp(`urchins at ${i}(?!\\d)`) });
			await expect(link).toContainText('22 unread');
		}
	await expect.poll(() => isAnywhereOnDisk(phone, 'of old')).toBe(false);

	phone.goOffline();
	await expect(phone).toBeOffline();
	await phone.goTo(`/c/${ids[3]}`);
	await expect(phone).toShow('kept 3');
	await expect(screen.messages(phone.page).filter({ hasText: 'Message deleted' })).toHaveCount(1);
	expect(phone.errors).toEqual([]);
});
