/** What is touched, and what must not move away from under a finger or what is typed. */
import { expect, test } from '../kit';
import type { Device } from '../kit/device';
import * as screen from '../kit/screen';

/** Of what can be touched in a pane, in CSS pixels. */
const TARGET = 44;

/** From here on the browser says that it is pointed at with fingers. */
async function touch({ page }: Device): Promise<void> {
	const browser = await page.context().newCDPSession(page);
	await browser.send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 5 });
}

test('a dialog stands still while somebody looks for people in it, and offers nobody who is there already', async ({
	people
}) => {
	const alice = await people.register('alice');
	const [bob, carol] = [await people.register('bob'), await people.register('carol')];
	await alice.startConversation([bob], 'Boats');
	const [desk] = await alice.devices('desk');
	const { page } = desk;
	await page.setViewportSize({ width: 1440, height: 900 });
	await desk.openConversation('Boats');
	const pane = page.getByRole('complementary', { name: 'About this conversation' });
	await pane.getByRole('button', { name: 'Add people' }).click();
	const dialog = page.getByRole('dialog', { name: 'Add people' });
	const offered = dialog.getByRole('option');
	await expect(offered).toHaveText([new RegExp(carol.username)]);
	const before = await dialog.boundingBox();
	const field = dialog.getByRole('combobox', { name: 'People' });
	await field.fill('nobody of this name');
	await expect(offered).toHaveCount(0);
	expect(await dialog.boundingBox()).toEqual(before);
	await field.fill('carol');
	await expect(offered).toHaveCount(1);
	expect(await dialog.boundingBox()).toEqual(before);
});

test('what stands by itself is large enough for a finger on a tablet too', async ({ people }) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	await alice.startConversation([bob], 'Boats');
	const [tablet] = await alice.devices('tablet');
	const { page } = tablet;
	await touch(tablet);
	await page.setViewportSize({ width: 820, height: 1180 });
	await tablet.openConversation('Boats');
	await tablet.write('hello');
	await screen.choose(page, 'hello', 'React');
	await page.getByRole('dialog').getByRole('button').first().click();
	const chip = screen.log(page).locator('[aria-pressed=true]');
	const { width, height } = await chip.evaluate((each) => {
		const { width, height } = each.getBoundingClientRect();
		const around = getComputedStyle(each, '::after');
		return { width, height: height - Number.parseFloat(around.top) - Number.parseFloat(around.bottom) };
	});
	expect([width >= TARGET, height >= TARGET]).toEqual([true, true]);
	await page.getByRole('button', { name: 'About this conversation', exact: true }).click();
	const dialog = page.getByRole('dialog', { name: 'About this conversation' });
	await expect(dialog.getByRole('button', { name: 'Rename' })).toBeVisible();
	const heights = (of: Device) =>
		of.page
			.locator('button:visible, input:visible, textarea:visible')
			.evaluateAll((all) =>
				all
					.filter((each) => !each.closest('fieldset, [role="log"]'))
					.map((each) => [
						each.getBoundingClientRect().height,
						each.getAttribute('aria-label') ?? each.textContent
					])
			);
	expect((await heights(tablet)).filter(([height]) => Number(height) < TARGET)).toEqual([]);
});

test('a name that is too long for the list is cut at its own end, also where the page runs the other way', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const name = `Beginning ${'of a name so long '.repeat(3)}that it ends`;
	await alice.startConversation([bob], name);
	const [phone] = await alice.devices('phone');
	const { page } = phone;
	await page.setViewportSize({ width: 390, height: 844 });
	await page.evaluate(() => localStorage.setItem('skein.preferences', '{"language":"ar"}'));
	await page.reload();
	const shown = page.getByRole('link').filter({ hasText: name }).locator('bdi').first();
	await expect(shown).toBeVisible();
	/** Pixels by which the first letter stands outside of what is seen of the name. */
	const hidden = await shown.evaluate((bdi) => {
		const first = document.createRange();
		first.setStart(bdi.firstChild!, 0);
		first.setEnd(bdi.firstChild!, 1);
		const link = bdi.closest('a')!.getBoundingClientRect();
		return link.left - first.getBoundingClientRect().left;
	});
	expect(hidden).toBeLessThan(0);
});

test('the name over a quote is whole where there is room for it, and else cut at its own end', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	await alice.startConversation([bob]);
	const [phone] = await alice.devices('phone');
	const { page } = phone;
	await page.setViewportSize({ width: 390, height: 844 });
	for (const [language, name] of [
		['en', 'Mira Sund'],
		['ar', `Beginning ${'of a name so long '.repeat(3)}`]
	] as const) {
		await alice.api.call('PATCH', 'me', { displayName: name });
		await page.evaluate((to) => localStorage.setItem('skein.preferences', `{"language":"${to}"}`), language);
		await phone.goTo('/');
		await page.getByRole('link').filter({ hasText: 'bob' }).click();
		if (language === 'en') {
			await phone.write('ok');
			await screen.message(page, 'ok').hover();
			await page.getByRole('button', { name: 'Reply' }).click();
			await phone.write('so be it');
		}
		const shown = page.locator('.quote bdi').filter({ hasText: name }).first();
		await expect(shown).toBeVisible();
		/** Pixels of the name's first letter that are not seen, and of the whole name. */
		const [start, all] = await shown.evaluate((bdi) => {
			const first = document.createRange();
			first.setStart(bdi.firstChild!, 0);
			first.setEnd(bdi.firstChild!, 1);
			const seen = bdi.getBoundingClientRect();
			return [seen.left - first.getBoundingClientRect().left, bdi.scrollWidth - bdi.clientWidth];
		});
		expect(start).toBeLessThan(1);
		expect(all > 0).toBe(language === 'ar');
	}
});

test('nothing reaches beyond the edge of a phone while it is offline, whichever way the page runs', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	await alice.startConversation([bob]);
	const [phone] = await alice.devices('phone');
	const { page } = phone;
	await page.setViewportSize({ width: 390, height: 844 });
	await expect(phone).toHaveSynced();
	await phone.isInstalled();
	phone.goOffline();
	for (const language of ['en', 'ar']) {
		await page.evaluate((to) => localStorage.setItem('skein.preferences', `{"language":"${to}"}`), language);
		for (const path of screen.OWN_PAGES) {
			await phone.goTo(path);
			await expect(page.locator('[data-shown-state=offline]')).toBeVisible();
			const width = await page.evaluate(() => document.documentElement.scrollWidth);
			expect(width, `${path} in ${language}`).toBe(390);
		}
	}
});
