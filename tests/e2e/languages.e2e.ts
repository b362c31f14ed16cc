import type { Page } from '@playwright/test';
import { ar } from '../../src/lib/ui/text/ar';
import { later as arLater } from '../../src/lib/ui/text/ar/later';
import { de } from '../../src/lib/ui/text/de';
import { later as deLater } from '../../src/lib/ui/text/de/later';
import { expect, test } from '../kit';
import { barriers } from '../kit/barriers';
import * as screen from '../kit/screen';

const chooseLanguage = async (page: Page, own: string): Promise<void> => {
	await screen.accountButton(page).click();
	await page.getByRole('menuitem', { name: 'Settings' }).click();
	await page.getByRole('radio', { name: own }).click();
};

const log = (page: Page) => page.getByRole('log', { name: ar.conversation.messages });
const ownState = (page: Page) => log(page).locator('[data-state]').last();

async function isArabic(page: Page): Promise<void> {
	await expect(page.locator('html')).toHaveAttribute('lang', 'ar');
	await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
}

async function openWith(page: Page, name: string): Promise<void> {
	const list = page.getByRole('navigation', { name: ar.conversations.label });
	await list.getByRole('link').filter({ hasText: name }).click();
	await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

async function write(page: Page, words: string): Promise<void> {
	await page.getByRole('textbox', { name: ar.composer.label, exact: true }).fill(words);
	await page.getByRole('button', { name: ar.composer.send, exact: true }).click();
}

test('the language changes at once, and what was typed stays', async ({ people }) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	await alice.startConversation([bob]);
	const [desk] = await alice.devices('desk');
	const { page } = desk;
	await desk.openConversation('bob');
	await screen.composer(page).fill('half a thought');

	await chooseLanguage(page, 'Deutsch');
	await expect(page.getByRole('heading', { level: 1, name: deLater.account.settings })).toBeVisible();
	await expect(page.locator('html')).toHaveAttribute('lang', 'de');
	const list = page.getByRole('navigation', { name: de.conversations.label });
	await list.getByRole('link').filter({ hasText: 'bob' }).click();
	const composer = page.getByRole('textbox', { name: de.composer.label, exact: true });
	await expect(composer).toHaveValue('half a thought');
	await page.getByRole('button', { name: de.composer.send, exact: true }).click();
	await expect(page.getByRole('log', { name: de.conversation.messages })).toContainText('half a thought');
});

test.describe('from right to left', () => {
	test.use({ ownBrowsers: true });

	test('one logs in, writes and opens again without a network in Arabic', async ({ people, newDevice }) => {
		const alice = await people.register('alice');
		const bob = await people.register('bob');
		await alice.startConversation([bob]);
		const [desk] = await bob.devices('desk');
		const phone = await newDevice('phone');
		await phone.open('/login');
		await phone.page.getByRole('button', { name: 'العربية' }).click();
		await isArabic(phone.page);
		expect(await barriers(phone.page)).toEqual([]);

		await phone.page.getByLabel(arLater.entry.username).fill('alice');
		await phone.page.getByLabel(arLater.entry.password, { exact: true }).fill(alice.password);
		await phone.page.getByRole('button', { name: arLater.entry.logIn, exact: true }).click();
		await expect(phone.page.getByRole('button', { name: ar.account.label })).toBeVisible();
		await phone.isInstalled();
		await openWith(phone.page, 'bob');
		await write(phone.page, 'من اليمين إلى اليسار');
		await desk.openConversation('alice');
		await expect(desk).toShow('من اليمين إلى اليسار');
		await expect(ownState(phone.page)).toContainText(new RegExp(`${ar.state.sent}|${ar.state.read}`));
		expect(await barriers(phone.page)).toEqual([]);

		phone.goOffline();
		await phone.close();
		await phone.reopen();
		await isArabic(phone.page);
		await openWith(phone.page, 'bob');
		await expect(log(phone.page)).toContainText('من اليمين إلى اليسار');
		await write(phone.page, 'بلا شبكة');
		await expect(log(phone.page)).toContainText(ar.state.queued);
		await expect(phone.page.getByText(ar.composer.offline)).toBeVisible();
		expect(await barriers(phone.page)).toEqual([]);
	});
});
