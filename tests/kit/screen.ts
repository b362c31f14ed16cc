/** What is on a screen, by the names that DESIGN section 12 promises. Tests speak of devices; only these know the DOM. */
import { expect, type Locator, type Page } from '@playwright/test';

/** After this long a step of several is begun anew, in milliseconds. */
const PATIENCE_MS = 1_500;

export const syncStatus = (page: Page): Locator => page.locator('[role=status][data-sync-state]');

export const conversations = (page: Page): Locator => page.getByRole('navigation', { name: 'Conversations' });

export const conversationLink = (page: Page, name: string): Locator =>
	conversations(page).getByRole('link').filter({ hasText: name });

export const log = (page: Page): Locator => page.getByRole('log', { name: 'Messages' });

export const messages = (page: Page): Locator =>
	log(page).locator('[role=article][data-message-id], article[data-message-id]');

/** The messages whose text is exactly this. */
export const message = (page: Page, text: string): Locator =>
	messages(page).filter({ has: page.getByText(text, { exact: true }) });

export const composer = (page: Page): Locator => page.getByRole('textbox', { name: 'Message', exact: true });

export const accountButton = (page: Page): Locator => page.getByRole('button', { name: 'Account' });

/** The texts among those wanted that the screen shows, in its order, as often as it shows them. Quotes aside. */
export async function textsInOrder(page: Page, wanted: readonly string[]): Promise<string[]> {
	const shown = await messages(page).evaluateAll((rows) =>
		rows.map((row) =>
			[...row.querySelectorAll<HTMLElement>('.text, header, .marks')].flatMap(({ innerText }) =>
				innerText.split('\n').map((line) => line.trim())
			)
		)
	);
	return shown.flatMap((lines) => wanted.filter((text) => lines.includes(text)));
}

/** The messages on the screen by their ids, in its order. */
export const messageIds = (page: Page): Promise<string[]> =>
	messages(page).evaluateAll((rows) => rows.map((row) => row.getAttribute('data-message-id') ?? ''));

export const messageById = (page: Page, id: string): Locator =>
	log(page).locator(`[data-message-id="${id}"]`);

/** Does something to a message through its menu, as a person with a mouse would: again, if it slips from under it. */
export async function choose(page: Page, text: string, action: string): Promise<void> {
	const row = message(page, text);
	const item = page.getByRole('menuitem', { name: action });
	await expect(async () => {
		await row.hover({ timeout: PATIENCE_MS });
		await row.getByRole('button', { name: 'More' }).click({ timeout: PATIENCE_MS });
		await item.click({ timeout: PATIENCE_MS });
	}).toPass({ timeout: 10 * PATIENCE_MS });
}

/** Presses Send, as a person would: again, if the button moved away from under the pointer and the text still stands there. */
export async function send(page: Page, text: string): Promise<void> {
	const field = composer(page);
	await expect(async () => {
		if ((await field.inputValue({ timeout: PATIENCE_MS })) === text)
			await page.getByRole('button', { name: 'Send' }).click({ timeout: PATIENCE_MS });
		await expect(field).not.toHaveValue(text, { timeout: PATIENCE_MS });
	}).toPass({ timeout: 10 * PATIENCE_MS });
}

/** Opens the menu of a message, as a person with a mouse would. */
export async function openMenu(page: Page, text: string): Promise<void> {
	const row = message(page, text);
	await expect(async () => {
		await row.hover({ timeout: PATIENCE_MS });
		await row.getByRole('button', { name: 'More' }).click({ timeout: PATIENCE_MS });
		await expect(page.getByRole('menu')).toBeVisible({ timeout: PATIENCE_MS });
	}).toPass({ timeout: 10 * PATIENCE_MS });
}

/** Pages of one's own besides the list, each with a heading. */
export const OWN_PAGES = [
	'/account/settings',
	'/account/login',
	'/account/profile',
	'/account/storage',
	'/queued'
] as const;
