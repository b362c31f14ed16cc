/** A person with a keyboard and nothing else: every step is a key, and after each one they must see where they are. */
import { expect, type Locator, type Page } from '@playwright/test';

/** Stops of Tab that a person would put up with on the way to anything on one screen. */
const STOPS_MAX = 60;

/**
 * What is wrong with where the focus is, if anything. It is seen by an outline of two pixels or more, on what has it or
 * on what is drawn around that, within what the window shows.
 */
const blindness = (page: Page): Promise<string | undefined> =>
	page.evaluate(() => {
		const at = document.activeElement;
		if (!at || at === document.body || at === document.documentElement) return 'the focus is nowhere';
		const named = `${at.tagName.toLowerCase()} “${at.getAttribute('aria-label') ?? at.textContent?.trim().slice(0, 40) ?? ''}”`;
		if (!at.matches(':focus-visible')) return `${named} does not count as focused by keys`;
		const { top, bottom, left, right } = at.getBoundingClientRect();
		if (bottom <= 0 || top >= innerHeight || right <= 0 || left >= innerWidth)
			return `${named} is out of sight`;
		const isRinged = (element: Element | null): boolean => {
			if (!element) return false;
			const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
			return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && outlineColor !== 'rgba(0, 0, 0, 0)';
		};
		const list = at.getAttribute('aria-activedescendant');
		const drawn = [at, at.parentElement, at.parentElement?.parentElement ?? null];
		if (list !== null) drawn.push(document.getElementById(list));
		return drawn.some(isRinged) ? undefined : `${named} shows no focus`;
	});

/** Where the focus is, it can be seen. */
export async function seesFocus(page: Page): Promise<void> {
	await expect.poll(() => blindness(page)).toBeUndefined();
}

/** Presses a key until the focus is there, and sees it at each stop on the way. */
async function stepTo(page: Page, key: 'Tab' | 'Shift+Tab', to: Locator): Promise<void> {
	const isThere = () => to.evaluate((element) => element === document.activeElement);
	await expect(to).toBeVisible();
	for (let stops = 0; stops < STOPS_MAX; stops++) {
		if (await isThere()) return;
		await page.keyboard.press(key);
		const problem = await blindness(page);
		// Past its last stop the page hands over to the browser's own controls, and comes back with the next key.
		if (problem !== undefined && problem !== 'the focus is nowhere') await seesFocus(page);
	}
	await expect(to, `reached with ${key}`).toBeFocused();
}

export const tabTo = (page: Page, to: Locator): Promise<void> => stepTo(page, 'Tab', to);
export const tabBackTo = (page: Page, to: Locator): Promise<void> => stepTo(page, 'Shift+Tab', to);

/** Closes what is open, and is then seen where it was opened. */
export async function escapeTo(page: Page, opener: Locator): Promise<void> {
	await page.keyboard.press('Escape');
	await expect(page.getByRole('dialog').or(page.getByRole('menu'))).toHaveCount(0);
	await expect(opener).toBeFocused();
	await seesFocus(page);
}
