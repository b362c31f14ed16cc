import type { Page } from '@playwright/test';
import { ar } from '../../src/lib/ui/text/ar';
import { de } from '../../src/lib/ui/text/de';
import { en } from '../../src/lib/ui/text/en';
import { expect, test } from '../kit';
import type { Device } from '../kit/device';
import { headerFaults } from '../kit/headerFit';
import * as screen from '../kit/screen';

const LANGUAGES = { en, de, ar } as const;
const WIDTHS = [320, 360, 390] as const;

async function speak(page: Page, language: string): Promise<void> {
	await page.evaluate((language) => {
		localStorage.setItem('skein.preferences', JSON.stringify({ language }));
	}, language);
	await page.reload();
	await expect(page.locator('html')).toHaveAttribute('lang', language);
}

/** What is wrong at any of the widths in any of the conversations, each with all that. */
async function faultsIn({ page }: Device, conversations: Readonly<Record<string, string>>, state: string) {
	const faults: string[] = [];
	for (const [kind, id] of Object.entries(conversations)) {
		await page.locator('main > header .back').click();
		await page.locator(`nav a[href$="${id}"]`).click();
		await page.waitForURL(`**/c/${id}`);
		await expect(page.locator('main.talk > header')).toBeVisible();
		await expect(page.locator('main > header .tool.pins')).toHaveCount(kind === 'with pins' ? 1 : 0);
		for (const width of WIDTHS) {
			await page.setViewportSize({ width, height: 700 });
			faults.push(...(await headerFaults(page)).map((fault) => `${width}, ${kind}, ${state}: ${fault}`));
		}
	}
	return faults;
}

test('a name of two words has room on the narrowest phone, with pins and the mark of the connection', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const id = await bob.startConversation([alice], 'Kelp survey');
	const boat = await bob.headless();
	const [first] = await boat.write(id, ['pinned']);
	await (await boat.conversation(id)).pin(first!, true);
	await boat.sent();
	const [phone] = await alice.devices('phone');
	const { page } = phone;
	await page.setViewportSize({ width: 320, height: 568 });
	await screen.conversationLink(page, 'Kelp survey').click();
	await expect(page.locator('main > header .tool.pins')).toBeVisible();
	await expect(phone).toHaveSynced();
	const name = page.getByRole('heading', { level: 1 }).locator('bdi');
	await expect(name).toHaveText('Kelp survey');
	expect(await name.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
	await expect(page.locator('main > header p')).toContainText('2 people');
	expect(await headerFaults(page)).toEqual([]);
});

for (const [language, words] of Object.entries(LANGUAGES))
	test(`all in a phone’s header has room, in each state of the connection: ${language}`, async ({
		people,
		relay
	}) => {
		const alice = await people.register('alice');
		const bob = await people.register('bob', 'Björn Ångström-Katzenellenbogen');
		const pinned = await bob.startConversation([alice]);
		const others: string[] = [];
		for (let i = 0; i < 5; i++) others.push(await bob.startConversation([alice], `Survey ${i}`));
		const boat = await bob.headless();
		const [first] = await boat.write(pinned, ['pinned']);
		await (await boat.conversation(pinned)).pin(first!, true);
		await boat.sent();
		const [phone] = await alice.devices('phone');
		const { page } = phone;
		await page.setViewportSize({ width: 390, height: 700 });
		await phone.goTo(`/c/${pinned}`);
		await speak(page, language);
		await expect(phone).toHaveSynced();
		await phone.isInstalled();
		const line = screen.syncStatus(page);
		const shows = (state: string) => expect(line).toHaveAttribute('data-shown-state', state);
		const faults: string[] = [];
		const look = async (state: string) => {
			faults.push(...(await faultsIn(phone, { 'with pins': pinned, 'without pins': others[4]! }, state)));
		};
		const write = async (said: string) => {
			await page.getByRole('textbox', { name: words.composer.label, exact: true }).fill(said);
			await page.getByRole('button', { name: words.composer.send, exact: true }).click();
			await expect(page.locator('[data-message-id]').filter({ hasText: said })).toHaveCount(1);
		};

		await shows('synced');
		await look('synced');
		phone.goOffline();
		await shows('offline');
		await look('offline');
		for (const id of others)
			await boat.write(
				id,
				Array.from({ length: 30 }, () => 'wool '.repeat(400))
			);
		await boat.sent();
		phone.throttle({ roundTripMs: 100, bytesPerSecond: 10_000 });
		phone.goOnline();
		await shows('catching-up');
		await expect(line.locator('.more')).toHaveText(/\p{Nd}/u);
		await look('catching up');
		phone.throttle();
		await shows('synced');
		phone.holdUploads();
		await write('held back');
		await expect(line).toContainText(words.connection.onlyHere(1));
		await look('one only here');
		phone.goOffline();
		await shows('offline');
		for (let i = 1; i < 12; i++) await write(`more ${i}.`);
		await expect(line).toContainText(words.connection.onlyHere(12));
		await look('offline, twelve only here');
		phone.goOnline();
		await page.getByRole('button', { name: words.tryNow }).click();
		await shows('connecting');
		await look('connecting, twelve only here');
		phone.goOffline();
		relay.endSessionsOf(alice.id);
		phone.releaseUploads();
		phone.goOnline();
		await expect(line.locator('.login')).toBeVisible();
		await look('signed out');
		expect(faults).toEqual([]);
	});
