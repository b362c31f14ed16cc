/**
 * Pictures of a page under its own policy, which lets no style of Playwright's in: what a picture needs comes as a sheet
 * that a script has made (CSSOM), of which the policy has nothing to say.
 */
import type { Page } from '@playwright/test';

const STILL = '* { caret-color: transparent !important; }';

/** For `screenshot` and `toHaveScreenshot`: they add no style of their own. */
export const OWN_STYLE = { caret: 'initial' } as const;

/** Hides what blinks, and does as `css` says, until the page is left. Done again, it changes nothing. */
export const holdStill = (page: Page, css = ''): Promise<void> =>
	page.evaluate((text) => {
		const held = document as Document & { heldStill?: CSSStyleSheet };
		held.heldStill ??= new CSSStyleSheet();
		held.heldStill.replaceSync(text);
		if (!document.adoptedStyleSheets.includes(held.heldStill))
			document.adoptedStyleSheets.push(held.heldStill);
	}, `${STILL}\n${css}`);

export async function takePicture(page: Page, path: string): Promise<void> {
	await holdStill(page);
	await page.screenshot({ path, ...OWN_STYLE });
}
