import { expect, test } from '../kit';
import { barriers } from '../kit/barriers';
import * as screen from '../kit/screen';

test('keys lead from one conversation to the next, and through the parts of the screen', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const carol = await people.register('carol');
	const harbour = await alice.startConversation([bob, carol], 'Harbour');
	await alice.startConversation([bob], 'Boats');
	const kelp = await alice.startConversation([carol], 'Kelp survey');
	const say = (conversationId: string, text: string) =>
		carol.api.call('POST', 'messages/send', { conversationId, text });
	await say(harbour, 'one');
	await say(kelp, 'two');
	const [desk] = await alice.devices('desk');
	const { page } = desk;
	const isAt = (name: string) => expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
	await expect(desk).toHaveSynced();
	for (const [name, said] of Object.entries({ Harbour: 'one', Kelp: 'two' }))
		await expect(screen.conversationLink(page, name)).toContainText(said);
	const listed = await screen.conversations(page).locator('ul a .name').allInnerTexts();
	await page.keyboard.press('Alt+ArrowDown');
	await isAt(listed[0]!);
	await screen.composer(page).fill('half a thought');
	await page.keyboard.press('Alt+ArrowDown');
	await isAt(listed[1]!);
	await page.keyboard.press('Alt+ArrowUp');
	await isAt(listed[0]!);
	await expect(screen.composer(page)).toHaveValue('half a thought');
	await screen.conversationLink(page, 'Boats').click();
	await isAt('Boats');
	await say(harbour, 'three');
	await expect(screen.conversationLink(page, 'Harbour')).toContainText('1 unread');
	await page.keyboard.press('Alt+Shift+ArrowDown');
	await isAt('Harbour');

	await screen.composer(page).focus();
	await page.keyboard.press('F6');
	await expect(screen.conversations(page).locator('[aria-current]')).toBeFocused();
	await page.keyboard.press('F6');
	await expect(screen.log(page)).toBeFocused();
	await page.keyboard.press('Shift+F6');
	await expect(screen.conversations(page).locator('[aria-current]')).toBeFocused();

	await page.keyboard.press('?');
	const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
	await expect(list).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(list).toBeHidden();
	await screen.composer(page).focus();
	await page.keyboard.type('why?');
	await expect(screen.composer(page)).toHaveValue('why?');
	await page.keyboard.press('Control+/');
	await expect(list).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(list).toBeHidden();

	await page.keyboard.press('Control+k');
	const jump = page.getByRole('dialog', { name: 'Jump to…' });
	await expect(jump.getByRole('combobox')).toBeFocused();
	expect(await barriers(page)).toEqual([]);
	await page.keyboard.type('kel');
	await expect(jump.getByRole('option')).toHaveCount(1);
	await page.keyboard.press('Enter');
	await isAt('Kelp survey');
	await page.keyboard.press('Control+k');
	await page.keyboard.type('caro');
	await jump.getByRole('option', { name: /carol/ }).click();
	await isAt('carol');
});
