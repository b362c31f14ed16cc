import type { Locator } from '@playwright/test';
import { expect, test } from '../kit';
import type { Device } from '../kit/device';
import { seesFocus, tabTo } from '../kit/keyboard';
import type { Person } from '../kit/people';
import * as screen from '../kit/screen';

const WIDE = { width: 1440, height: 900 };

/** A group of alice's where people have to ask, and the path of a link into it. */
async function groupToAsk(alice: Person, bob: Person): Promise<string> {
	const id = await alice.startConversation([bob], 'Boats');
	await alice.api.call('PATCH', `conversations/${id}`, { joining: 'request' });
	await alice.api.call('POST', 'messages/send', { conversationId: id, text: 'hello' });
	const { token } = await alice.api.call<{ token: string }>('POST', `conversations/${id}/invites`, {});
	return `/invite/${token}`;
}

const asked = ({ page }: Device) => screen.conversations(page).getByRole('list', { name: 'Asked to join' });
const heading = ({ page }: Device, name: string) => page.getByRole('heading', { level: 1, name });
const requests = ({ page }: Device) => page.getByRole('list', { name: 'Join requests' });

/** Begins to note the main headings that come into sight, for however short; returns the way to read them. */
async function headingsFromNow({ page }: Device): Promise<() => Promise<string[]>> {
	const seen = await page.evaluateHandle(() => {
		const all: string[] = [];
		const look = () => document.querySelectorAll('h1').forEach((h1) => all.push(h1.textContent.trim()));
		new MutationObserver(look).observe(document.body, {
			subtree: true,
			childList: true,
			characterData: true
		});
		return all;
	});
	return () => seen.jsonValue();
}

test('who asks to join waits in sight on all of their devices, and is led into the group once let in', async ({
	people
}) => {
	const [alice, bob, carol] = [
		await people.register('alice'),
		await people.register('bob'),
		await people.register('carol')
	];
	const link = await groupToAsk(alice, bob);
	const [owner] = await alice.devices('desk');
	const [phone, tablet] = await carol.devices('phone', 'tablet');
	await expect(owner).toListConversation('Boats');
	await expect(owner).toHaveSynced();
	await phone.goTo(link);
	const headings = await headingsFromNow(phone);
	await phone.page.getByRole('button', { name: 'Ask to join' }).click();
	await expect(heading(phone, 'You have asked to join Boats')).toBeVisible();
	expect(await headings()).not.toContain('No such conversation');
	for (const device of [phone, tablet]) await expect(asked(device)).toContainText('Waiting to be let in');
	// The list says so, though the group is not open.
	await expect(screen.conversationLink(owner.page, 'Boats')).toContainText('1 person asks to join');
	await owner.openConversation('Boats');
	// Where the details have no pane of their own, their button says that somebody waits.
	await owner.page.setViewportSize({ width: 390, height: 844 });
	const details = owner.page.getByRole('button', { name: 'About this conversation: 1 person asks to join' });
	await expect(details).toBeVisible();
	await owner.page.setViewportSize(WIDE);
	// The link leads back to where one waits.
	await phone.goTo(link);
	await expect(heading(phone, 'You have asked to join Boats')).toBeVisible();

	await requests(owner).getByRole('button', { name: 'Let carol in' }).click();
	await expect(screen.conversationLink(owner.page, 'Boats')).not.toContainText('asks to join');
	await expect(phone).toShow('hello');
	for (const device of [phone, tablet]) {
		await expect(device).toListConversation('Boats');
		await expect(asked(device)).toHaveCount(0);
	}
	await phone.write('thank you');
	await expect(owner).toShow('thank you');
	expect([phone.errors, tablet.errors, owner.errors]).toEqual([[], [], []]);
});

test('who is declined is told so, also on a device that was away, until they put it away on one', async ({
	people
}) => {
	const [alice, bob, carol] = [
		await people.register('alice'),
		await people.register('bob'),
		await people.register('carol')
	];
	const link = await groupToAsk(alice, bob);
	const [owner] = await alice.devices('desk');
	const [phone, tablet] = await carol.devices('phone', 'tablet');
	await owner.openConversation('Boats');
	await owner.page.setViewportSize(WIDE);
	await phone.goTo(link);
	await phone.page.getByRole('button', { name: 'Ask to join' }).click();
	await expect(asked(tablet)).toContainText('Waiting to be let in');
	tablet.goOffline();
	await requests(owner).getByRole('button', { name: 'Refuse carol' }).click();
	await expect(requests(owner)).toHaveCount(0);
	await expect(heading(phone, 'You were not let into Boats')).toBeVisible();
	await expect(asked(phone)).toContainText('You were not let in');
	tablet.goOnline();
	await expect(asked(tablet)).toContainText('You were not let in');

	await asked(tablet).getByRole('link').click();
	await tablet.page.getByRole('button', { name: 'Dismiss' }).click();
	for (const device of [phone, tablet]) await expect(asked(device)).toHaveCount(0);
	// One may ask again some days later.
	await phone.goTo(link);
	await expect(phone.page.getByText('You can ask again from')).toBeVisible();
	await expect(phone.page.getByRole('button', { name: 'Ask to join' })).toHaveCount(0);
});

test('who is declined while the invitation is open is told when to ask again', async ({ people }) => {
	const [alice, bob, carol] = [
		await people.register('alice'),
		await people.register('bob'),
		await people.register('carol')
	];
	const link = await groupToAsk(alice, bob);
	const [phone] = await carol.devices('phone');
	await phone.goTo(link);
	await expect(phone.page.getByRole('button', { name: 'Ask to join' })).toBeVisible();
	const { conversationId } = await carol.api.call<{ conversationId: string }>(
		'POST',
		`invites/${link.slice(8)}/accept`
	);
	await alice.api.call('DELETE', `conversations/${conversationId}/requests/${carol.id}`);
	await phone.page.getByRole('button', { name: 'Ask to join' }).click();
	await expect(phone.page.getByText('You can ask again from')).toBeVisible();
});

test('the link of an admin who was removed says plainly that it no longer holds', async ({ people }) => {
	const [alice, bob, carol] = [
		await people.register('alice'),
		await people.register('bob'),
		await people.register('carol')
	];
	const id = await alice.startConversation([bob], 'Boats');
	await alice.api.call('PATCH', `conversations/${id}/members/${bob.id}`, { role: 'admin' });
	const { token } = await bob.api.call<{ token: string }>('POST', `conversations/${id}/invites`, {});
	const [phone] = await carol.devices('phone');
	await phone.goTo(`/invite/${token}`);
	await expect(phone.page.getByRole('button', { name: 'Join' })).toBeVisible();
	await alice.api.call('DELETE', `conversations/${id}/members/${bob.id}`);
	await phone.page.getByRole('button', { name: 'Join' }).click();
	await expect(phone.page.getByText('This invitation does not exist or has expired.')).toBeVisible();
});

test('a request is taken back offline at once, and with the group at the next connection', async ({
	people
}) => {
	const [alice, bob, carol] = [
		await people.register('alice'),
		await people.register('bob'),
		await people.register('carol')
	];
	const link = await groupToAsk(alice, bob);
	const [owner] = await alice.devices('desk');
	const [phone] = await carol.devices('phone');
	await owner.openConversation('Boats');
	await owner.page.setViewportSize(WIDE);
	await phone.goTo(link);
	await phone.page.getByRole('button', { name: 'Ask to join' }).click();
	await expect(requests(owner)).toContainText('carol');
	await expect(phone).toHaveSynced();
	phone.goOffline();
	await expect(phone).toBeOffline();
	await phone.page.getByRole('button', { name: 'Withdraw the request' }).click();
	await expect(asked(phone)).toHaveCount(0);
	await expect(requests(owner)).toContainText('carol');
	phone.goOnline();
	await expect(requests(owner)).toHaveCount(0);
	await expect(phone).toHaveSynced();
	await expect(asked(phone)).toHaveCount(0);
});

test('a request that was taken back too late says so, and the group is there', async ({ people }) => {
	const [alice, bob, carol] = [
		await people.register('alice'),
		await people.register('bob'),
		await people.register('carol')
	];
	const link = await groupToAsk(alice, bob);
	const [owner] = await alice.devices('desk');
	const [phone] = await carol.devices('phone');
	await owner.openConversation('Boats');
	await owner.page.setViewportSize(WIDE);
	await phone.goTo(link);
	await phone.page.getByRole('button', { name: 'Ask to join' }).click();
	await expect(requests(owner)).toContainText('carol');
	await expect(phone).toHaveSynced();
	phone.goOffline();
	await expect(phone).toBeOffline();
	await phone.page.getByRole('button', { name: 'Withdraw the request' }).click();
	await requests(owner).getByRole('button', { name: 'Let carol in' }).click();
	await expect(requests(owner)).toHaveCount(0);
	phone.goOnline();
	await expect(phone.page.getByText('was not withdrawn. It has been answered')).toBeVisible();
	await expect(phone).toListConversation('Boats');
});

test('who answers requests by keys goes on to the next, and from the last to those who are in', async ({
	people
}) => {
	const [alice, bob] = [await people.register('alice'), await people.register('bob')];
	const link = await groupToAsk(alice, bob);
	const askers = ['carol', 'dora', 'emil', 'fay'] as const;
	for (const name of askers) {
		const asker = await people.register(name);
		await asker.api.call('POST', `invites/${link.slice(8)}/accept`);
	}
	const [owner] = await alice.devices('desk');
	const { page } = owner;
	await owner.openConversation('Boats');
	const answer = async (name: string) => {
		await tabTo(page, requests(owner).getByRole('button', { name }));
		await page.keyboard.press('Enter');
	};
	const next = (name: string) => requests(owner).getByRole('link', { name });
	const members = (within: Locator) => within.getByRole('heading', { name: 'People', exact: true });

	// On a phone they stand in a dialog, which would have the focus at its top.
	await page.setViewportSize({ width: 390, height: 844 });
	await page.getByRole('button', { name: /^About this conversation/ }).click();
	const dialog = page.getByRole('dialog', { name: 'About this conversation' });
	await answer('Let carol in');
	await expect(next('dora')).toBeFocused();
	await seesFocus(page);
	await answer('Refuse dora');
	await expect(next('emil')).toBeFocused();
	await page.keyboard.press('Escape');
	await expect(dialog).toHaveCount(0);

	await page.setViewportSize(WIDE);
	await answer('Let emil in');
	await expect(next('fay')).toBeFocused();
	await answer('Let fay in');
	await expect(requests(owner)).toHaveCount(0);
	await expect(members(page.getByRole('complementary'))).toBeFocused();
	await seesFocus(page);
	const gus = await people.register('gus');
	await gus.api.call('POST', `invites/${link.slice(8)}/accept`);
	await page.setViewportSize({ width: 390, height: 844 });
	await page.getByRole('button', { name: /^About this conversation/ }).click();
	await answer('Let gus in');
	await expect(members(dialog)).toBeFocused();
	await seesFocus(page);
	expect(owner.errors).toEqual([]);
});

test('who is not logged in reads of a link into a group that lets people in that they can ask', async ({
	people,
	newDevice
}) => {
	const [alice, bob] = [await people.register('alice'), await people.register('bob')];
	const link = await groupToAsk(alice, bob);
	const visitor = await newDevice('visitor');
	await visitor.open(link);
	const way = (name: string) => visitor.page.getByRole('link', { name });
	await expect(way('Create an account to ask to join')).toBeVisible();
	await expect(way('Log in to ask to join')).toBeVisible();
	await expect(visitor.page.getByText('Somebody in the group has to say yes.')).toBeVisible();
});
