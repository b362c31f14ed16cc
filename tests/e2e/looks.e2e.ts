/**
 * How the parts look, against pictures in looks/ that somebody has looked at. After a change that is meant:
 * `npx playwright test looks --update-snapshots`, and look at each of them.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Device } from '../kit/device';
import { expect, test } from '../kit';
import type { Person } from '../kit/people';
import { holdStill, OWN_STYLE } from '../kit/picture';
import * as screen from '../kit/screen';

/** Of the edges of letters a little may differ from one machine to the next; a colour, a width or a missing part is more. */
const ALIKE = {
	...OWN_STYLE,
	maxDiffPixels: 300,
	threshold: 0.25
};

/** A conversation with a message in each state, in a window of one size. */
async function openAll(alice: Person, bob: Person): Promise<Device> {
	const boats = await alice.startConversation([bob], 'Boats');
	const say = (text: string) => bob.api.call('POST', 'messages/send', { conversationId: boats, text });
	await say('Is the mole free on Friday?');
	await say('There is a **grey** seal, and `a rope` of 12 m, at https://boats.example/mole');
	const [desk] = await alice.devices('desk');
	const { page } = desk;
	await page.setViewportSize({ width: 1_000, height: 760 });
	await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
	await desk.openConversation('Boats');
	const [first] = await screen.messageIds(page);
	for (const text of ['It is, until noon', 'a mistake', 'See you there']) {
		await desk.write(text);
		await expect(desk).toHaveState(text, 'sent');
	}
	await screen.choose(page, 'It is, until noon', 'Edit');
	await screen.composer(page).fill('It is, until one');
	await page.keyboard.press('Enter');
	await expect(desk).toHaveState('It is, until one', 'sent');
	await screen.choose(page, 'a mistake', 'Delete for everyone');
	await page
		.getByRole('dialog')
		.getByRole('button', { name: /^Delete/ })
		.click();
	await expect(page.getByText('Message deleted')).toBeVisible();
	await screen.messageById(page, first!).focus();
	await page.keyboard.press('r');
	await desk.write('With both boats');
	await expect(desk).toHaveState('With both boats', 'sent');
	desk.goOffline();
	await desk.write('only here');
	await expect(desk).toHaveState('only here', 'queued');
	await screen.messageById(page, first!).focus();
	await page.keyboard.press('r');
	await screen.composer(page).fill('a draft');
	await page.mouse.move(0, 0);
	await expect(desk).toBeOffline();
	// A short break shows nothing: the screen says so some seconds later, and the field grows by a line.
	await expect(page.getByText('Offline. Waits here, leaves by itself.')).toBeVisible();
	return desk;
}

test('the list, the messages, the field and a dialog look as they did, light and dark', async ({
	people
}) => {
	const [alice, bob] = [await people.register('alice'), await people.register('bob')];
	const desk = await openAll(alice, bob);
	const { page } = desk;
	await holdStill(page, readFileSync(join(import.meta.dirname, 'looks/still.css'), 'utf8'));
	const look = async (name: string) => {
		await expect(page).toHaveScreenshot(`conversation-${name}.png`, ALIKE);
		await page.getByRole('button', { name: 'New conversation' }).first().click();
		const dialog = page.getByRole('dialog');
		await expect(dialog.getByRole('combobox')).toBeFocused();
		await expect(dialog).toHaveScreenshot(`dialog-${name}.png`, ALIKE);
		await page.keyboard.press('Escape');
		await expect(dialog).toHaveCount(0);
	};
	await look('light');
	await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
	await look('dark');
});
