import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '../kit';
import * as screen from '../kit/screen';
import type { Device } from '../kit/device';

const dialog = (device: Device) => device.page.getByRole('dialog', { name: 'Find people and groups' });
const field = (device: Device) => dialog(device).getByRole('searchbox', { name: 'Name or username' });
const found = (device: Device) =>
	dialog(device).getByRole('list', { name: 'People found' }).getByRole('link');

async function find(device: Device, query: string): Promise<void> {
	if (!(await dialog(device).isVisible()))
		await device.page.getByRole('button', { name: 'Find people and groups' }).first().click();
	await field(device).fill(query);
}

const shared = (device: Device) =>
	device.page.getByRole('region', { name: 'Conversations you share' }).getByRole('link');

test('a person is found by any of their names, and written to from their own screen', async ({ people }) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob', 'Björn Ångström');
	await people.register('carol', 'Carol');
	const [desk] = await alice.devices('desk');
	const [phone] = await bob.devices('phone');

	await find(desk, 'angstr');
	await expect(found(desk)).toHaveCount(1);
	await expect(found(desk)).toContainText('bob');
	await find(desk, 'nobody of that name');
	await expect(dialog(desk)).toContainText('Nobody found for “nobody of that name”');
	await find(desk, 'BJORN');
	await found(desk).click();
	await expect(dialog(desk)).toBeHidden();
	await expect(desk.page).toHaveURL(`${desk.address}/people/${bob.id}`);
	await expect(desk.page.getByRole('heading', { name: 'Björn Ångström', level: 1 })).toBeVisible();
	await expect(desk.page.getByText('None that this device knows')).toBeVisible();

	await desk.page.getByRole('button', { name: 'Message', exact: true }).click();
	await expect(screen.composer(desk.page)).toBeVisible();
	await desk.write('hello from your page');
	await phone.openConversation('alice');
	await expect(phone).toShow('hello from your page');

	await phone.page.getByRole('heading', { level: 1 }).getByRole('link', { name: 'alice' }).click();
	await expect(phone.page.getByRole('heading', { name: 'alice', level: 1 })).toBeVisible();
	await expect(shared(phone)).toHaveCount(1);
	for (const device of [desk, phone]) expect(device.errors).toEqual([]);
});

test('more than one page of people comes page by page', async ({ people }) => {
	const alice = await people.register('alice');
	await Promise.all(Array.from({ length: 23 }, (_, i) => people.register(`diver${i + 10}`, `Diver ${i}`)));
	const [desk] = await alice.devices('desk');
	await find(desk, 'diver');
	await expect(found(desk)).toHaveCount(20);
	await expect(dialog(desk)).toContainText('The first 20 people');
	await dialog(desk).getByRole('button', { name: 'Show more' }).click();
	await expect(found(desk)).toHaveCount(23);
	await expect(dialog(desk)).toContainText('23 people found');
	expect(new Set(await found(desk).allInnerTexts()).size).toBe(23);
});

test('without a connection those whom the device knows are found, and it says so', async ({ people }) => {
	const [alice, bob, carol] = [
		await people.register('alice'),
		await people.register('bob', 'Björn'),
		await people.register('carol', 'Carola')
	];
	await people.register('dave', 'Dave');
	await alice.startConversation([bob, carol], 'Boats');
	const [phone] = await alice.devices('phone');
	await phone.openConversation('Boats');
	await expect(phone).toHaveSynced();
	await phone.isInstalled();
	phone.goOffline();
	await expect(phone).toBeOffline();

	await find(phone, 'caro');
	await expect(found(phone)).toHaveCount(1);
	await expect(dialog(phone)).toContainText('Offline: only people known on this device are searched');
	await find(phone, 'dave');
	await expect(dialog(phone)).toContainText('Nobody known on this device matches “dave”');
	await find(phone, 'bjo');
	await found(phone).click();
	await expect(phone.page.getByRole('heading', { name: 'Björn', level: 1 })).toBeVisible();
	await expect(shared(phone)).toContainText('Boats');
	await phone.reload();
	await expect(shared(phone)).toContainText('Boats');

	phone.goOnline();
	await expect(phone).toHaveSynced();
	await find(phone, 'dave');
	await expect(found(phone)).toHaveCount(1);
});

test('a person’s screen can be used by everybody, and one of nobody says so', async ({ people }) => {
	const [alice, bob] = [await people.register('alice'), await people.register('bob', 'Björn Ångström')];
	await alice.startConversation([bob], 'Boats');
	const [desk] = await alice.devices('desk');
	await desk.goTo(`/people/${bob.id}`);
	await expect(shared(desk)).toContainText('Boats');
	const barriers = async () =>
		(
			await new AxeBuilder({ page: desk.page })
				.withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
				.analyze()
		).violations;
	expect(await barriers()).toEqual([]);
	await find(desk, 'b');
	await expect(found(desk)).toHaveCount(1);
	expect(await barriers()).toEqual([]);
	await desk.goTo('/people/aaaaaaaaaaaaaaaa');
	await expect(desk.page.getByText('No such person')).toBeVisible();
	await desk.goTo(`/people/${alice.id}`);
	await expect(desk.page.getByRole('button', { name: 'Notes to yourself' })).toBeVisible();
});

test('a group that one is in is found by its name where people are, so that one needs no keyboard to jump there', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob', 'Bob Boatman');
	await alice.startConversation([bob], 'Boats and trailers');
	await alice.startConversation([bob], 'Choir');
	const [phone] = await alice.devices('phone');
	await expect(phone).toHaveSynced();
	await phone.page.setViewportSize({ width: 390, height: 844 });
	await phone.isInstalled();
	phone.goOffline();
	await find(phone, 'boat');
	const groups = dialog(phone).getByRole('list', { name: 'Groups found' }).getByRole('link');
	await expect(groups).toHaveCount(1);
	await expect(groups).toContainText('Boats and trailers');
	await expect(found(phone)).toContainText('Bob Boatman');
	await groups.click();
	await expect(dialog(phone)).toBeHidden();
	await expect(phone.page.getByRole('heading', { level: 1, name: 'Boats and trailers' })).toBeVisible();
	expect(phone.errors).toEqual([]);
});
