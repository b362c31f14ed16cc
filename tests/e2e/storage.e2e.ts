import { readFile } from 'node:fs/promises';
import { expect, test } from '../kit';

test('what exists only on a device is told, and saved as a file with no network', async ({ people }) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	await alice.startConversation([bob]);
	const [phone] = await alice.devices('phone');
	const { page } = phone;
	await phone.openConversation('bob');
	await phone.write('sent long ago');
	await expect(phone).toHaveState('sent long ago', 'sent');
	await phone.isInstalled();
	await phone.goTo('/account/storage');
	await expect(
		page.getByRole('heading', { name: /^Skein uses .+ of the .+ that this browser allows$/ })
	).toBeVisible();
	await expect(page.getByText('Nothing. All that you wrote is with the server too.')).toBeVisible();
	await page.goBack();

	phone.goOffline();
	await phone.write('low water at noon');
	await phone.goTo('/account/storage');
	await expect(page.getByText('1 message exists only on this device.')).toBeVisible();
	const saving = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Save as a file' }).click();
	const file = await saving;
	expect(file.suggestedFilename()).toMatch(/^skein-\d{4}-\d\d-\d\d\.txt$/);
	const content = await readFile(await file.path(), 'utf8');
	expect(content).toMatch(/## bob\n\n\[.+\] low water at noon\n$/);
	expect(content).not.toContain('sent long ago');

	phone.goOnline();
	await expect(page.getByText('Nothing. All that you wrote is with the server too.')).toBeVisible();
});
