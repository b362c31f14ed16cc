import { expect, test } from '../kit';
import * as screen from '../kit/screen';
import { seesFocus, tabTo } from '../kit/keyboard';

test('whoever takes back by keys what waits on this device goes on at the next, and at last at what is left to read', async ({
	people
}) => {
	const alice = await people.register('alice');
	await people.register('bob');
	const [desk] = await alice.devices('desk');
	const { page } = desk;
	await desk.startConversation(['bob']);
	await desk.write('hello');
	await expect(desk).toHaveSynced();
	await desk.isInstalled();
	desk.goOffline();
	await expect(desk).toBeOffline();
	for (const text of ['the first', 'the second', 'the third']) await desk.write(text);
	await page.getByRole('link', { name: '3 only here' }).click();
	const waiting = page.getByRole('list', { name: 'Messages only on this device' }).getByRole('listitem');
	const act = (text: string, name: string) => waiting.filter({ hasText: text }).getByRole('button', { name });

	await tabTo(page, act('the second', 'Cancel sending'));
	await page.keyboard.press('Enter');
	await expect(act('the third', 'Edit')).toBeFocused();
	await seesFocus(page);
	await tabTo(page, act('the third', 'Cancel sending'));
	await page.keyboard.press('Enter');
	await expect(act('the first', 'Edit')).toBeFocused();
	await tabTo(page, act('the first', 'Cancel sending'));
	await page.keyboard.press('Enter');
	await expect(page.getByRole('heading', { name: 'Nothing waits here' })).toBeFocused();
	await seesFocus(page);
});

test('on the pages of an account the focus goes on to what is beside a row that was ended by keys, and to a secret that is shown once', async ({
	people
}) => {
	const alice = await people.register('alice');
	for (const name of ['bob', 'carol'] as const) {
		const person = await people.register(name);
		await alice.api.call('PUT', `blocks/${person.id}`);
	}
	const [desk] = await alice.devices('desk', 'phone', 'laptop');
	const { page } = desk;
	const button = (name: string) => page.getByRole('button', { name });
	await expect(desk).toHaveSynced();
	await desk.goTo('/account/settings');
	await tabTo(page, button('Unblock bob'));
	await page.keyboard.press('Enter');
	await expect(page.getByRole('link', { name: 'carol' })).toBeFocused();
	await seesFocus(page);
	await tabTo(page, button('Unblock carol'));
	await page.keyboard.press('Enter');
	await expect(page.getByRole('heading', { name: 'Blocked people' })).toBeFocused();
	await seesFocus(page);

	await desk.goTo('/account/login');
	const others = page.getByRole('button', { name: /^Log out (?!all)/ });
	// The two other devices, and the one that registered.
	await expect(others).toHaveCount(3);
	await tabTo(page, others.first());
	await page.keyboard.press('Enter');
	await expect(others).toHaveCount(2);
	await expect(others.first()).toBeFocused();

	const programs = page.getByRole('region', { name: 'Programs' });
	const make = programs.getByRole('button', { name: 'Make a token' });
	await tabTo(page, make);
	await page.keyboard.press('Enter');
	await expect(programs.getByLabel('Name')).toBeFocused();
	await tabTo(page, programs.getByRole('button', { name: 'Cancel' }));
	await page.keyboard.press('Enter');
	await expect(make).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(programs.getByLabel('Name')).toBeFocused();
	await page.keyboard.type('Weather bot');
	await tabTo(page, programs.getByLabel('see conversations'));
	await page.keyboard.press('Space');
	await tabTo(page, make);
	await page.keyboard.press('Enter');
	await expect(programs.getByRole('textbox', { name: 'Token' })).toBeFocused();
	await seesFocus(page);
});

test('whoever deletes or cancels a message with a mouse goes on from there by keys', async ({ people }) => {
	const alice = await people.register('alice');
	await people.register('bob');
	const [desk] = await alice.devices('desk');
	const { page } = desk;
	await desk.startConversation(['bob']);
	for (const text of ['the first', 'the second']) await desk.write(text);
	await expect(desk).toHaveState('the second', 'sent');
	const second = screen.messages(page).nth(1);
	await screen.choose(page, 'the second', 'Delete for everyone');
	await page
		.getByRole('dialog')
		.getByRole('button', { name: /^Delete/ })
		.click();
	await expect(second).toContainText('deleted');
	await expect(second).toBeFocused();
	await page.keyboard.press('ArrowUp');
	await expect(screen.message(page, 'the first')).toBeFocused();

	await desk.isInstalled();
	desk.goOffline();
	await expect(desk).toBeOffline();
	await desk.write('the third');
	await screen.choose(page, 'the third', 'Cancel sending');
	await expect(screen.message(page, 'the third')).toHaveCount(0);
	await expect(screen.log(page)).toBeFocused();
});
