import { expect, test } from '../kit';
import { shiftsOf } from '../kit/shifts';
import * as screen from '../kit/screen';

const SIZES = [
	{ width: 1280, height: 800 },
	{ width: 390, height: 844 }
] as const;
/** A tenth of what counts as good (0.1): a word in the header may be longer than the one before it. */
const STEADY = 0.01;

test('nothing moves by itself while a page loads', async ({ people }) => {
	// Many pages at two sizes.
	test.slow();
	const [alice, bob] = [await people.register('alice'), await people.register('bob')];
	const boats = await alice.startConversation([bob], 'Boats');
	for (let at = 0; at < 40; at++)
		await bob.api.call('POST', 'messages/send', { conversationId: boats, text: `line ${at} of it` });
	const [desk] = await alice.devices('desk');
	const { page } = desk;
	await desk.openConversation('Boats');
	await expect(desk).toHaveSynced();
	await desk.isInstalled();
	for (const size of SIZES)
		for (const path of [`/c/${boats}`, '/', '/admin', ...screen.OWN_PAGES]) {
			await page.setViewportSize(size);
			await desk.goTo(path);
			// On a phone the front is the list alone.
			await expect(page.getByRole('main').or(screen.conversations(page)).first()).toBeVisible();
			await expect(desk).toHaveSynced();
			await expect(page.getByText('Asking the server…')).toHaveCount(0);
			const { score, moved } = await shiftsOf(page);
			expect(score, `${path} at ${size.width}: ${moved.join('\n')}`).toBeLessThan(STEADY);
		}
});

test('nothing moves in the header of a phone as the connection comes up behind it', async ({ people }) => {
	const alice = await people.register('alice');
	const [phone] = await alice.devices('phone');
	const { page } = phone;
	await page.setViewportSize(SIZES[1]);
	await phone.isInstalled();
	phone.throttle({ roundTripMs: 800 });
	for (const path of screen.OWN_PAGES) {
		await phone.goTo(path);
		// It has been seen before it is over.
		await expect(page.getByRole('main')).toBeVisible();
		await expect(screen.syncStatus(page).first()).toHaveAttribute('data-shown-state', 'connecting');
		await expect(phone).toHaveSynced();
		const { score, moved } = await shiftsOf(page);
		expect(score, `${path}: ${moved.join('\n')}`).toBeLessThan(STEADY / 5);
	}
});

test('what moves by itself is found', async ({ newDevice }) => {
	const visitor = await newDevice('visitor');
	await visitor.open('/login');
	const { page } = visitor;
	await expect(page.getByRole('button', { name: 'Log in' })).toBeVisible();
	expect((await shiftsOf(page)).score).toBeLessThan(STEADY);
	await page.getByRole('main').evaluate((main) => (main.style.paddingBlockStart = '300px'));
	const { score, moved } = await shiftsOf(page);
	expect(score).toBeGreaterThan(STEADY);
	expect(moved.length).toBeGreaterThan(0);
});
