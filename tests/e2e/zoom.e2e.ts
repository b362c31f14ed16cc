import { expect, test } from '../kit';
import { cutOff } from '../kit/reflow';
import * as screen from '../kit/screen';

/** What a window of 1280 × 1024 shows at 200 %, and the narrowest that WCAG 1.4.10 asks for, in CSS pixels. */
const SIZES = [
	{ width: 640, height: 512 },
	{ width: 320, height: 512 },
	{ width: 320, height: 256 }
] as const;

for (const size of SIZES)
	test(`nothing is cut off or scrolls both ways at ${size.width} × ${size.height}`, async ({
		people,
		newDevice
	}) => {
		const alice = await people.register('alice');
		const bob = await people.register('bob', 'Björn Ångström');
		await alice.startConversation([bob], 'Boats of the harbour and everything that belongs to them');
		const visitor = await newDevice('visitor');
		await visitor.open('/');
		await visitor.page.setViewportSize(size);
		for (const path of ['/', '/register', '/login', '/forgot']) {
			await visitor.goTo(path);
			await expect(visitor.page.getByRole('heading', { level: 1 })).toBeVisible();
			expect(await cutOff(visitor.page), path).toEqual([]);
		}
		const [phone] = await alice.devices('phone');
		const { page } = phone;
		await page.setViewportSize(size);
		await expect(phone).toHaveSynced();
		for (const path of ['/begin', ...screen.OWN_PAGES]) {
			await phone.goTo(path);
			await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
			expect(await cutOff(page), path).toEqual([]);
		}
		await phone.goTo('/');
		await expect(screen.conversations(page).getByRole('link', { name: /Boats/ })).toBeVisible();
		expect(await cutOff(page), 'the list').toEqual([]);
		for (const opener of ['New conversation', 'Find people and groups']) {
			await page.getByRole('button', { name: opener }).first().click();
			await expect(page.getByRole('dialog')).toBeVisible();
			expect(await cutOff(page), opener).toEqual([]);
			await page.keyboard.press('Escape');
			await expect(page.getByRole('dialog')).toHaveCount(0);
		}
		await page.keyboard.press('?');
		await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
		expect(await cutOff(page), 'shortcuts').toEqual([]);
		await page.keyboard.press('Escape');
		await screen.conversations(page).getByRole('link', { name: /Boats/ }).click();
		await phone.write(`https://example.org/${'long'.repeat(60)}`);
		await phone.write(Array.from({ length: 40 }, (_, at) => `word ${at}`).join(' '));
		expect(await cutOff(page), 'the conversation').toEqual([]);
		// A long draft leaves room for the conversation, and its end and the button stay in sight.
		await screen.composer(page).fill(Array.from({ length: 40 }, (_, at) => `line ${at}`).join('\n'));
		await expect(page.getByRole('button', { name: 'Send' })).toBeInViewport({ ratio: 1 });
		await expect(screen.composer(page)).toBeInViewport({ ratio: 1 });
		expect((await screen.log(page).boundingBox())!.height).toBeGreaterThan(80);
		expect(await cutOff(page), 'a long draft').toEqual([]);
		await screen.composer(page).fill('');
		await page.getByRole('button', { name: 'About this conversation', exact: true }).click();
		const about = page.getByRole('dialog', { name: 'About this conversation' });
		await expect(about).toBeVisible();
		expect(await cutOff(page), 'about').toEqual([]);
		expect(phone.errors).toEqual([]);
	});

test('at 400 % the messages have most of the room, and nothing floats before them', async ({ people }) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob', 'Björn Ångström');
	await alice.startConversation([bob], 'Boats of the harbour');
	const [phone] = await alice.devices('phone');
	const { page } = phone;
	// What a window of 1280 × 1024 shows then.
	await page.setViewportSize({ width: 320, height: 256 });
	await screen.conversationLink(page, 'Boats').click();
	for (let at = 0; at < 6; at++) await phone.write(`${at} of the many words of a long message `.repeat(4));
	const log = screen.log(page);
	const latest = page.getByRole('button', { name: 'Latest' });
	await log.evaluate((element) => element.scrollTo(0, 0));
	await expect(latest).toBeVisible();
	const height = async () => (await log.boundingBox())!.height;
	expect(await height()).toBeGreaterThan(256 / 2);
	const { x } = (await latest.boundingBox())!;
	for (const body of await page.locator('[data-message-id] .body').all()) {
		const said = (await body.boundingBox())!;
		expect(said.x + said.width).toBeLessThanOrEqual(x);
	}
	expect(await cutOff(page)).toEqual([]);
	// An answer, a long draft and what is said about them leave some lines, and the field is within reach.
	await screen.choose(page, await screen.messages(page).first().locator('.text').innerText(), 'Reply');
	await screen.composer(page).fill(Array.from({ length: 40 }, (_, at) => `line ${at}`).join('\n'));
	expect(await height()).toBeGreaterThanOrEqual(96);
	const send = page.getByRole('button', { name: 'Send' });
	await send.scrollIntoViewIfNeeded();
	// Parts of a pixel aside.
	await expect(send).toBeInViewport({ ratio: 0.98 });
	expect(await cutOff(page), 'with a long answer').toEqual([]);
	expect(phone.errors).toEqual([]);
});

test('what is cut off, out of reach or scrolls sideways is found', async ({ newDevice }) => {
	const visitor = await newDevice('visitor');
	await visitor.open('/login');
	const { page } = visitor;
	await expect(page.getByRole('button', { name: 'Log in' })).toBeVisible();
	expect(await cutOff(page)).toEqual([]);
	const button = page.getByRole('button', { name: 'Log in' });
	await button.evaluate(
		(element) => (element.style.cssText = 'position: fixed; bottom: -200px; left: -20px')
	);
	expect(await cutOff(page)).toEqual([
		'button “Log in” is cut at the side',
		'button “Log in” is out of reach above or below'
	]);
	await button.evaluate((element) => (element.style.cssText = 'min-width: 200vw'));
	expect(await cutOff(page)).toContain('button “Log in” is cut at the side');
});
