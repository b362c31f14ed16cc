import type { Page } from '@playwright/test';
import { expect, test } from '../kit';
import { barriers } from '../kit/barriers';
import { doWith, openWide } from '../kit/group';
import * as screen from '../kit/screen';

for (const colorScheme of ['light', 'dark'] as const) {
	test(`every screen can be used by everybody, ${colorScheme}`, async ({ people, newDevice }) => {
		const alice = await people.register('alice');
		await people.register('bob');
		const phone = await newDevice('phone');
		await phone.open('/');
		await phone.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		await expect(phone.page.getByRole('heading', { level: 1 })).toBeVisible();
		expect(await barriers(phone.page)).toEqual([]);
		await phone.goTo('/register');
		await expect(phone.page.getByRole('button', { name: 'Create account' })).toBeVisible();
		expect(await barriers(phone.page)).toEqual([]);
		await phone.register('a', 'short');
		expect(await barriers(phone.page)).toEqual([]);

		await phone.logIn(alice);
		await expect(phone).toHaveSynced();
		await expect(
			phone.page.getByRole('heading', { level: 1, name: 'Write your first message' })
		).toBeVisible();
		expect(await barriers(phone.page)).toEqual([]);
		await phone.goTo('/begin');
		await expect(phone.page.getByRole('combobox', { name: 'People' })).toBeVisible();
		expect(await barriers(phone.page)).toEqual([]);
		await phone.goTo('/');
		await phone.startConversation(['bob']);
		await phone.write('hello');
		phone.goOffline();
		await phone.write('only here');
		await expect(phone).toBeOffline();
		await expect(phone.page.locator('[data-shown-state=offline]').first()).toBeVisible();
		expect(await barriers(phone.page)).toEqual([]);

		await phone.page.getByRole('button', { name: 'New conversation' }).first().click();
		await expect(phone.page.getByRole('dialog')).toBeVisible();
		expect(await barriers(phone.page)).toEqual([]);
		await phone.page.keyboard.press('Escape');
		await screen.accountButton(phone.page).click();
		await expect(phone.page.getByRole('menu')).toBeVisible();
		expect(await barriers(phone.page)).toEqual([]);
	});
}

test('the screens of settings and accounts, and the dialogs of a group, can be used by everybody, in more contrast too', async ({
	people
}) => {
	const alice = await people.register('alice');
	await people.register('bob');
	const [phone] = await alice.devices('phone');
	const { page } = phone;
	await page.emulateMedia({ reducedMotion: 'reduce' });
	for (const path of screen.OWN_PAGES) {
		await phone.goTo(path);
		await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
		expect(await barriers(page), path).toEqual([]);
	}
	await phone.goTo('/account/settings');
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	await page.keyboard.press('?');
	await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
	expect(await barriers(page)).toEqual([]);
	await page.keyboard.press('Escape');
	await page.getByRole('radio', { name: 'Dark' }).check();
	await page.getByRole('radio', { name: 'More' }).check();
	expect(await barriers(page)).toEqual([]);

	await phone.goTo('/');
	await phone.startConversation(['bob'], { name: 'Boats' });
	await phone.write('hello');
	await page.setViewportSize({ width: 390, height: 844 });
	await page.getByRole('button', { name: 'About this conversation', exact: true }).click();
	await expect(page.getByRole('dialog', { name: 'About this conversation' })).toBeVisible();
	expect(await barriers(page)).toEqual([]);
	await page.getByRole('button', { name: 'Invite by link…' }).click();
	await expect(page.getByRole('dialog', { name: 'Invite by link' })).toBeVisible();
	expect(await barriers(page)).toEqual([]);
});

/** A dialog of this name holds no barrier in either scheme; it is closed then. */
async function checkDialog(page: Page, title: string | RegExp): Promise<void> {
	const dialog = page.getByRole('dialog');
	await expect(dialog).toHaveAccessibleName(title);
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme });
		expect(await barriers(page), `${title}, ${colorScheme}`).toEqual([]);
	}
	await page.keyboard.press('Escape');
	await expect(dialog).toHaveCount(0);
}

test('the dialogs about the people of a group can be used by everybody, in the dark too', async ({
	people
}) => {
	const [alice, bob] = [await people.register('alice'), await people.register('bob', 'Björn Ångström')];
	await alice.startConversation([bob], 'Boats');
	// Who is in the group already is not offered.
	await people.register('carol', 'Björk Ångström');
	const [desk] = await alice.devices('desk');
	const { page } = desk;
	await page.emulateMedia({ reducedMotion: 'reduce' });
	await openWide(desk, 'Boats');
	await doWith(desk, 'Björn Ångström', 'Hand over the group…');
	await checkDialog(page, /Hand the group over/);
	await doWith(desk, 'Björn Ångström', 'Remove…');
	await checkDialog(page, /Remove Björn/);
	await page.getByRole('button', { name: 'Leave group…' }).click();
	await checkDialog(page, 'Leave this group?');
	await page.getByRole('button', { name: 'Invite by link…' }).click();
	await page.getByRole('button', { name: 'Make and copy the link' }).click();
	await expect(page.getByRole('dialog').getByRole('button', { name: 'Revoke' })).toBeVisible();
	await checkDialog(page, 'Invite by link');
	await page.getByRole('button', { name: 'Add people' }).click();
	await page.getByRole('dialog').getByRole('combobox', { name: 'People' }).fill('bjo');
	await expect(page.getByRole('dialog').getByRole('option')).toHaveCount(1);
	await checkDialog(page, 'Add people');
});

test('the dialogs about reports, blocks and accounts can be used by everybody, in the dark too', async ({
	people
}) => {
	const [alice, bob] = [await people.register('alice'), await people.register('bob', 'Björn Ångström')];
	const group = await alice.startConversation([bob], 'Boats');
	await bob.api.call('POST', 'messages/send', { conversationId: group, text: 'buy my boat' });
	const [desk] = await alice.devices('desk');
	const { page } = desk;
	await page.emulateMedia({ reducedMotion: 'reduce' });
	await openWide(desk, 'Boats');
	await screen.choose(page, 'buy my boat', 'Report');
	await checkDialog(page, /Report this message/);
	await desk.goTo(`/people/${bob.id}`);
	await page.getByRole('button', { name: 'Report…' }).click();
	await checkDialog(page, /Report Björn/);
	await page.getByRole('button', { name: 'Block', exact: true }).click();
	await checkDialog(page, /Block Björn/);
	await desk.goTo('/account/login');
	await page.getByRole('button', { name: 'Delete for good' }).click();
	await checkDialog(page, 'Delete your account for good?');

	await desk.openConversation('Boats');
	desk.goOffline();
	await desk.write('only here');
	await alice.api.call('DELETE', 'me', { password: alice.password, erase: true, successor: bob.id });
	desk.goOnline();
	await expect(page.getByRole('dialog')).toHaveAccessibleName('This account was deleted');
	expect(await barriers(page)).toEqual([]);
});

test('a page begins in the colours that were chosen, before the app has started', async ({ people }) => {
	const alice = await people.register('alice');
	const [phone] = await alice.devices('phone');
	await phone.goTo('/account/settings');
	await phone.page.getByRole('radio', { name: 'Dark' }).check();
	await phone.page.getByRole('radio', { name: 'More' }).check();
	// The app's own scripts run after the page has been read; this one looks in that moment.
	await phone.page.addInitScript(() =>
		document.addEventListener('readystatechange', () => {
			const { theme, contrast } = document.documentElement.dataset;
			if (document.readyState === 'interactive') Object.assign(window, { began: { theme, contrast } });
		})
	);
	await phone.reload();
	expect(await phone.page.evaluate(() => Reflect.get(window, 'began') as unknown)).toEqual({
		theme: 'dark',
		contrast: 'more'
	});
});
