import type { Page } from '@playwright/test';
import { expect, test } from '../kit';
import { barriers } from '../kit/barriers';
import * as screen from '../kit/screen';
import type { Device } from '../kit/device';

/**
 * What the system shows of Skein, from any tab of the browser. Not while one is being shown: Chromium forgets what it has
 * written down and not shown yet when it is asked in between (10 of 60, measured). `tellings` says when that is over.
 */
const notes = (page: Page) => () =>
	page.evaluate(async () => {
		const shown = await (await navigator.serviceWorker.ready).getNotifications();
		return shown.map(({ title, body }) => `${title}: ${body}`).sort();
	});

/** What this tab tells the system from now on, once it is shown. */
async function tellings(page: Page): Promise<() => Promise<string[]>> {
	const told = await page.evaluateHandle(() => {
		const bodies: string[] = [];
		const { prototype } = ServiceWorkerRegistration;
		const show = prototype.showNotification;
		prototype.showNotification = async function (title, options) {
			await show.call(this, title, options);
			bodies.push(options?.body ?? '');
		};
		return bodies;
	});
	return async () => (await told.jsonValue()).sort();
}

/** The tab believes that somebody looks at it, or not: the browser of a test always has the focus. */
const look = (page: Page, looks: boolean) =>
	page.evaluate((focused) => {
		document.hasFocus = () => focused;
		dispatchEvent(new Event(focused ? 'focus' : 'blur'));
	}, looks);

/** The browser asks the person, who says yes. */
async function allow(device: Device): Promise<void> {
	const { page } = device;
	await device.isInstalled();
	await device.goTo('/account/settings');
	await page.context().grantPermissions(['notifications'], { origin: device.address });
	await expect(page.getByRole('checkbox', { name: 'Show notifications on this device' })).toBeChecked();
}

const rule = (page: Page, name: string) => page.getByRole('combobox', { name: `Notifications for ${name}` });

test.use({ ownBrowsers: true });

test('one is asked for notifications only where one looks for them, and decides for each conversation on all devices', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	await alice.startConversation([bob], 'Harbour');
	const [desk, phone] = await alice.devices('desk', 'phone');
	await desk.goTo('/account/settings');
	await expect(desk.page.getByRole('button', { name: 'Allow notifications' })).toBeVisible();

	await screen.conversationLink(phone.page, 'Harbour').hover();
	await phone.page.getByRole('button', { name: 'More about Harbour' }).click();
	await phone.page.getByRole('menuitem', { name: 'Notify for mentions only' }).click();
	await expect(screen.conversationLink(phone.page, 'Harbour')).toContainText('Mentions only');
	await expect(rule(desk.page, 'Harbour')).toHaveValue('mentions');
	await expect(rule(desk.page, 'Harbour')).toHaveCSS('font-family', /^"Commissioner/);
	await rule(desk.page, 'Harbour').selectOption('Nothing');
	await expect(screen.conversationLink(phone.page, 'Harbour')).toContainText('Muted');
	await rule(desk.page, 'Harbour').selectOption('All messages');
	await expect(screen.conversationLink(phone.page, 'Harbour')).not.toContainText(/Muted|Mentions/);
});

test('what arrives while nobody looks is told once for each conversation, and taken back when it is read elsewhere', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob', 'Bob Olsen');
	const harbour = await alice.startConversation([bob], 'Harbour');
	const boats = await alice.startConversation([bob], 'Boats');
	const say = (conversationId: string, text: string) =>
		bob.api.call('POST', 'messages/send', { conversationId, text });
	const [desk, phone] = await alice.devices('desk', 'phone');
	await expect(desk).toHaveSynced();
	await allow(desk);
	const tab = await desk.openTab('/');
	await expect(tab).toListConversation('Harbour');
	await expect(tab).toHaveSynced();
	await expect(screen.conversationLink(tab.page, 'Boats')).toBeVisible();
	await look(desk.page, false);
	await say(harbour, 'seen in the other tab');
	await expect(screen.conversationLink(tab.page, 'Harbour')).toContainText('1 unread');
	await expect(screen.conversationLink(desk.page, 'Harbour')).toContainText('1 unread');
	expect(await notes(desk.page)()).toEqual([]);

	const toldByDesk = await tellings(desk.page);
	await look(tab.page, false);
	await say(harbour, 'low water at noon');
	await expect.poll(toldByDesk).toEqual(['Bob Olsen: low water at noon']);
	expect(await notes(desk.page)()).toEqual(['Harbour: Bob Olsen: low water at noon']);
	await say(harbour, 'bring the blue rope');
	await say(boats, 'the trailer is back');
	await expect
		.poll(toldByDesk)
		.toEqual([
			'Bob Olsen: bring the blue rope',
			'Bob Olsen: low water at noon',
			'Bob Olsen: the trailer is back'
		]);
	expect(await notes(desk.page)()).toEqual([
		'Boats: Bob Olsen: the trailer is back',
		'Harbour: Bob Olsen: bring the blue rope'
	]);
	await expect(desk.page).toHaveTitle(/^\(4\)/);

	await phone.openConversation('Harbour');
	await expect(phone).toShow('bring the blue rope');
	await expect.poll(notes(desk.page)).toEqual(['Boats: Bob Olsen: the trailer is back']);

	const toldByTab = await tellings(tab.page);
	await desk.page.close();
	await say(boats, 'and washed');
	await expect.poll(toldByTab).toEqual(['Bob Olsen: and washed']);
	expect(await notes(tab.page)()).toEqual(['Boats: Bob Olsen: and washed']);

	await tab.logOut();
	await expect.poll(notes(tab.page)).toEqual([]);
});

test('where mentions alone call, the rest is quiet', async ({ people }) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const harbour = await alice.startConversation([bob], 'Harbour');
	const say = (text: string) => bob.api.call('POST', 'messages/send', { conversationId: harbour, text });
	const [desk] = await alice.devices('desk');
	const { page } = desk;
	await expect(desk).toHaveSynced();
	await allow(desk);
	await screen.conversationLink(page, 'Harbour').hover();
	await page.getByRole('button', { name: 'More about Harbour' }).click();
	await page.getByRole('menuitem', { name: 'Notify for mentions only' }).click();
	const told = await tellings(page);
	await look(page, false);
	await say('talk of this and that');
	await expect(screen.conversationLink(page, 'Harbour')).toContainText('1 unread');
	await say('and what do you think, @alice?');
	await expect.poll(told).toEqual(['bob: and what do you think, @alice?']);
	expect(await notes(page)()).toEqual(['Harbour: bob: and what do you think, @alice?']);
	await expect(page).toHaveTitle(/^\(1\)/);
});

test('a notification that is pressed leads to its conversation, in the window that is open', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const harbour = await alice.startConversation([bob], 'Harbour');
	const [desk] = await alice.devices('desk');
	const { page } = desk;
	await expect(desk).toHaveSynced();
	await allow(desk);
	const told = await tellings(page);
	await look(page, false);
	await bob.api.call('POST', 'messages/send', { conversationId: harbour, text: 'low water at noon' });
	await expect.poll(told).toHaveLength(1);
	const worker = () =>
		page
			.context()
			.serviceWorkers()
			.find((each) => each.url().startsWith(desk.address));
	await expect.poll(worker).toBeDefined();
	const press = () =>
		worker()!.evaluate(async () => {
			const { registration, NotificationEvent } = globalThis as unknown as {
				registration: ServiceWorkerRegistration;
				NotificationEvent: new (type: string, of: { notification: Notification }) => Event;
			};
			const [notification] = await registration.getNotifications();
			if (notification) dispatchEvent(new NotificationEvent('notificationclick', { notification }));
			return notification !== undefined;
		});
	await expect.poll(press).toBe(true);
	await expect(page.getByRole('heading', { level: 1, name: 'Harbour' })).toBeVisible();
	await expect.poll(notes(page)).toEqual([]);
});

test('a mention is completed from the people of the group, by keys and by pointer', async ({ people }) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob', 'Bob Olsen');
	const carol = await people.register('carol');
	await alice.startConversation([bob, carol], 'Harbour');
	const [desk] = await alice.devices('desk');
	const { page } = desk;
	await desk.openConversation('Harbour');
	const field = screen.composer(page);
	const offered = page.getByRole('listbox', { name: 'Whom to mention' });
	await field.pressSequentially('ask @ol');
	await expect(offered.getByRole('option')).toHaveCount(1);
	expect(await barriers(page)).toEqual([]);
	await page.keyboard.press('Enter');
	await expect(field).toHaveValue('ask @Bob Olsen ');
	await expect(offered).toBeHidden();
	await field.pressSequentially('and @');
	await offered.getByRole('option', { name: /carol/ }).click();
	await expect(field).toHaveValue('ask @Bob Olsen and @carol ');
	await field.pressSequentially('or @b');
	await expect(offered).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(offered).toBeHidden();
	await page.keyboard.press('Enter');
	await expect(screen.message(page, 'ask @Bob Olsen and @carol or @b')).toHaveCount(1);
});
