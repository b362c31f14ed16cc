import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from '../kit';
import * as screen from '../kit/screen';

/** What breaks WCAG 2.2 AA on the page, as rule and place. */
async function barriers(page: Page): Promise<string[]> {
	const { violations } = await new AxeBuilder({ page })
		.withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
		.analyze();
	return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

for (const colorScheme of ['light', 'dark'] as const) {
	test(`every screen can be used by everybody, ${colorScheme}`, async ({ people, newDevice }) => {
		const alice = await people.register('alice');
		await people.register('bob');
		const phone = await newDevice('phone');
		await phone.open('/register');
		await phone.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
		expect(await barriers(phone.page)).toEqual([]);
		await phone.register('a', 'short');
		expect(await barriers(phone.page)).toEqual([]);

		await phone.logIn(alice);
		await expect(phone).toHaveSynced();
		expect(await barriers(phone.page)).toEqual([]);
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
