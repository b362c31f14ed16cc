import type { Page } from '@playwright/test';
import { expect, test } from '../kit';
import * as screen from '../kit/screen';

/** Longer than this is seen to move, in milliseconds. */
const MOTION_MS = 10;

/** Notes from now on, in every page that is opened, what moves by itself: what, and for how many milliseconds. */
async function watchMotion(page: Page): Promise<void> {
	await page.addInitScript(() => {
		const moved: { what: string; ms: number }[] = [];
		Object.assign(window, { moved });
		const note = ({ target }: Event) => {
			if (!(target instanceof Element)) return;
			for (const animation of target.getAnimations({ subtree: true })) {
				const name = animation instanceof CSSTransition ? animation.transitionProperty : animation.id;
				const ms = Number(animation.effect?.getComputedTiming().duration ?? 0);
				moved.push({ what: `${target.tagName.toLowerCase()}.${target.className} ${name}`, ms });
			}
		};
		for (const began of ['transitionrun', 'animationstart']) addEventListener(began, note, true);
	});
}

const motion = (page: Page): Promise<string[]> =>
	page.evaluate((least) => {
		const moved = Reflect.get(window, 'moved') as { what: string; ms: number }[];
		return moved.filter(({ ms }) => ms > least).map(({ what, ms }) => `${what}, ${ms} ms`);
	}, MOTION_MS);

for (const [asked, reducedMotion] of [
	['whoever asks for less motion sees none', 'reduce'],
	['whoever does not sees a message leave', 'no-preference']
] as const)
	test(asked, async ({ people }) => {
		const alice = await people.register('alice');
		const bob = await people.register('bob');
		await alice.startConversation([bob], 'Boats');
		const [phone] = await alice.devices('phone');
		const { page } = phone;
		await watchMotion(page);
		await page.emulateMedia({ reducedMotion });
		await phone.goTo('/');
		await expect(phone).toHaveSynced();
		await phone.openConversation('Boats');
		phone.goOffline();
		await phone.write('waits');
		await expect(phone).toHaveState('waits', 'queued');
		phone.goOnline();
		await expect(phone).toHaveState('waits', 'sent');
		await screen.choose(page, 'waits', 'Copy link');
		await expect(page.locator('.toast')).toBeVisible();
		await page.keyboard.press('Control+k');
		await expect(page.getByRole('dialog', { name: 'Jump to…' })).toBeVisible();
		await page.keyboard.press('Escape');
		await expect(page.getByRole('dialog')).toHaveCount(0);
		await screen.accountButton(page).click();
		await expect(page.getByRole('menu')).toBeVisible();
		await page.keyboard.press('Escape');
		await expect(page.getByRole('menu')).toHaveCount(0);
		// What moves here at most is the thread that is drawn away as a message leaves.
		if (reducedMotion === 'reduce') expect(await motion(page)).toEqual([]);
		else await expect.poll(() => motion(page)).not.toEqual([]);
		expect(phone.errors).toEqual([]);
	});
