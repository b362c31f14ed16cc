import { expect, test } from '../kit';
import { escapeTo, seesFocus, tabBackTo, tabTo } from '../kit/keyboard';
import * as screen from '../kit/screen';

test('with keys alone one registers, makes a group, replies, reacts, searches people and logs out, and sees the focus at each step', async ({
	people,
	newDevice
}) => {
	const bob = await people.register('bob');
	await people.register('carol');
	const desk = await newDevice('desk');
	await desk.open('/');
	const { page } = desk;
	const { keyboard } = page;
	const button = (name: string) => page.getByRole('button', { name, exact: true }).first();

	await tabTo(page, page.getByRole('link', { name: 'Create account' }).first());
	await keyboard.press('Enter');
	await tabTo(page, page.getByLabel('Username'));
	await keyboard.type('alice');
	await tabTo(page, page.getByLabel('Password', { exact: true }));
	await keyboard.type('a long way to the sea');
	await keyboard.press('Enter');
	await expect(page.getByRole('heading', { name: 'Write your first message' })).toBeVisible();
	await expect(desk).toHaveSynced();

	await tabTo(page, button('New conversation'));
	await keyboard.press('Enter');
	const dialog = page.getByRole('dialog', { name: 'New conversation' });
	await expect(dialog.getByRole('combobox', { name: 'People' })).toBeFocused();
	await seesFocus(page);
	await escapeTo(page, button('New conversation'));
	await keyboard.press('Enter');
	await expect(dialog.getByRole('combobox', { name: 'People' })).toBeFocused();
	for (const person of ['bob', 'carol']) {
		await keyboard.type(person);
		await expect(dialog.getByRole('option')).toHaveCount(1);
		await expect(dialog.getByRole('option', { name: person })).toBeVisible();
		await keyboard.press('Enter');
		await expect(dialog.getByRole('button', { name: `Remove ${person}` })).toBeVisible();
	}
	await tabTo(page, dialog.getByLabel('Group name'));
	await keyboard.type('Boats');
	await keyboard.press('Enter');
	await expect(page.getByRole('heading', { level: 1, name: 'Boats' })).toBeVisible();
	await expect(screen.composer(page)).toBeFocused();
	await seesFocus(page);
	await keyboard.type('who is at the mole?');
	await keyboard.press('Enter');
	await expect(desk).toHaveState('who is at the mole?', 'sent');

	const conversationId = new URL(page.url()).pathname.split('/')[2];
	await bob.api.call('POST', 'messages/send', { conversationId, text: 'the grey seal' });
	// A reply quotes it further down.
	const message = screen.message(page, 'the grey seal').first();
	await expect(message).toBeVisible();
	await expect(screen.composer(page)).toBeFocused();

	await tabBackTo(page, message);
	await keyboard.press('r');
	await expect(screen.composer(page)).toBeFocused();
	await seesFocus(page);
	await keyboard.type('and her pup');
	await keyboard.press('Enter');
	await expect(
		screen.message(page, 'and her pup').getByRole('button', { name: /In reply to bob/ })
	).toBeVisible();
	await expect(screen.composer(page)).toBeFocused();

	await tabBackTo(page, screen.message(page, 'and her pup'));
	await keyboard.press('ArrowUp');
	await expect(message).toBeFocused();
	await seesFocus(page);
	await keyboard.press('e');
	const picker = page.getByRole('dialog', { name: 'Add a reaction' });
	await expect(picker.getByRole('textbox')).toBeFocused();
	await seesFocus(page);
	await escapeTo(page, message);
	await keyboard.press('e');
	await expect(picker.getByRole('textbox')).toBeFocused();
	await keyboard.type('heart');
	await keyboard.press('Enter');
	await expect(message.getByRole('button', { name: /alice|You/ })).toHaveAttribute('aria-pressed', 'true');
	await expect(message).toBeFocused();
	await seesFocus(page);

	// The same by its menu, as somebody finds it who does not know the letters.
	const more = message.getByRole('button', { name: 'More' });
	await tabTo(page, more);
	await keyboard.press('Enter');
	await expect(page.getByRole('menuitem', { name: 'Reply' })).toBeFocused();
	await seesFocus(page);
	await escapeTo(page, more);
	await keyboard.press('Enter');
	await expect(page.getByRole('menuitem', { name: 'Reply' })).toBeFocused();
	await keyboard.press('ArrowDown');
	await keyboard.press('Enter');
	await expect(picker.getByRole('textbox')).toBeFocused();
	await seesFocus(page);
	await keyboard.press('Escape');
	await expect(picker).toHaveCount(0);
	await expect.poll(() => message.evaluate((row) => row.contains(document.activeElement))).toBe(true);
	await seesFocus(page);
	await tabTo(page, more);
	await keyboard.press('Enter');
	await expect(page.getByRole('menuitem', { name: 'Reply' })).toBeFocused();
	await keyboard.type('forw');
	await expect(page.getByRole('menuitem', { name: /^Forward/ })).toBeFocused();
	await keyboard.press('Enter');
	await expect(page.getByRole('dialog')).toBeVisible();
	await seesFocus(page);
	await keyboard.press('Escape');
	await expect(page.getByRole('dialog')).toHaveCount(0);
	await expect.poll(() => message.evaluate((row) => row.contains(document.activeElement))).toBe(true);
	await seesFocus(page);

	await keyboard.press('F6');
	await expect(screen.composer(page)).toBeFocused();
	await keyboard.press('F6');
	await seesFocus(page);
	await tabBackTo(page, button('Find people and groups'));
	await keyboard.press('Enter');
	const found = page.getByRole('dialog', { name: 'Find people and groups' });
	await expect(found.getByRole('searchbox')).toBeFocused();
	await seesFocus(page);
	await escapeTo(page, button('Find people and groups'));
	await keyboard.press('Enter');
	await expect(found.getByRole('searchbox')).toBeFocused();
	await keyboard.type('caro');
	await tabTo(page, found.getByRole('link', { name: /carol/ }));
	await keyboard.press('Enter');
	await expect(page.getByRole('heading', { level: 1, name: 'carol' })).toBeVisible();

	await tabTo(page, screen.accountButton(page));
	await keyboard.press('Enter');
	await expect(page.getByRole('menuitem', { name: 'Profile' })).toBeFocused();
	await seesFocus(page);
	await escapeTo(page, screen.accountButton(page));
	await keyboard.press('Enter');
	await expect(page.getByRole('menuitem', { name: 'Profile' })).toBeFocused();
	await keyboard.press('ArrowUp');
	await expect(page.getByRole('menuitem', { name: 'Log out' })).toBeFocused();
	await keyboard.press('Enter');
	await expect(button('Log in')).toBeVisible();
	expect(desk.errors).toEqual([]);
});
