/** What a group's details offer, as a person at a desk finds it. */
import type { Locator } from '@playwright/test';
import type { Device } from './device';

/** The pane beside a conversation, where there is room for it. */
export const about = ({ page }: Device): Locator =>
	page.getByRole('complementary', { name: 'About this conversation' });

/** Opens a conversation on a screen that is wide enough for its details. */
export async function openWide(device: Device, name: string): Promise<void> {
	await device.page.setViewportSize({ width: 1440, height: 900 });
	await device.openConversation(name);
}

/** Chooses what is done with a member. */
export async function doWith({ page }: Device, member: string, deed: string): Promise<void> {
	await page.getByRole('button', { name: `Actions for ${member}` }).click();
	await page.getByRole('menuitem', { name: deed }).click();
}

/** Says yes to the question that is asked. */
export const confirm = ({ page }: Device, yes: string): Promise<void> =>
	page.getByRole('dialog').getByRole('button', { name: yes, exact: true }).click();

/** Says something of the group otherwise. */
export async function sayOtherwise(
	device: Device,
	{ opener, field, value }: { readonly opener: string; readonly field: string; readonly value: string }
): Promise<void> {
	await about(device).getByRole('button', { name: opener }).click();
	await about(device).getByLabel(field).fill(value);
	await about(device).getByRole('button', { name: 'Save' }).click();
}

export const rename = (device: Device, value: string): Promise<void> =>
	sayOtherwise(device, { opener: 'Rename', field: 'Group name', value });

export async function addPerson(device: Device, name: string): Promise<void> {
	await device.page.getByRole('button', { name: 'Add people' }).click();
	const dialog = device.page.getByRole('dialog');
	await dialog.getByRole('combobox', { name: 'People' }).fill(name);
	await device.page.getByRole('option').filter({ hasText: name }).first().click();
	await dialog.getByRole('button', { name: 'Add', exact: true }).click();
}
