/** The dialogs, menus and floats about messages and their conversation, one after the other, as a person opens them. */
import { expect } from './expect';
import type { Device } from './device';
import * as screen from './screen';

/** Writes what they are about into the conversation that is open; the second has two versions and is pinned. */
export async function writeForParts(device: Device): Promise<void> {
	const { page } = device;
	await device.write('Is the mole free?');
	await device.write('Until noon');
	// What has not left is replaced without a version.
	await expect(device).toHaveState('Until noon', 'sent');
	await screen.choose(page, 'Until noon', 'Edit');
	await screen.composer(page).fill('Until one');
	await page.keyboard.press('Enter');
	await expect(screen.message(page, 'Until one')).toContainText('edited');
	await screen.choose(page, 'Until one', 'Pin');
	await expect(page.getByRole('menu')).toHaveCount(0);
}

/** Opens each of them, has it checked by name, and closes it again. */
export async function eachPart(device: Device, check: (name: string) => Promise<void>): Promise<void> {
	const { page } = device;

	async function look(name: string, role: 'dialog' | 'menu'): Promise<void> {
		const part = page.getByRole(role);
		await expect(part).toBeVisible();
		if (role === 'dialog') await expect(part).toHaveAccessibleName(name);
		await check(name);
		await page.keyboard.press('Escape');
		await expect(part).toHaveCount(0);
	}

	await screen.openMenu(page, 'Until one');
	await look('the menu of a message', 'menu');
	await screen.choose(page, 'Until one', 'React');
	await look('Add a reaction', 'dialog');
	await screen.message(page, 'Until one').getByRole('button', { name: 'edited' }).click();
	await look('Versions of this message', 'dialog');
	await screen.choose(page, 'Until one', 'Forward…');
	await look('Forward to', 'dialog');
	await screen.choose(page, 'Until one', 'Delete for everyone…');
	await look('Delete this message for everyone?', 'dialog');
	await page.getByRole('button', { name: '1 pinned message' }).click();
	await look('Pinned messages', 'dialog');
}
