import { expect, test } from '../kit';
import { INVITES_MAX } from '../../src/lib/domain/limits';

test('a group with as many links as can hold says so, and makes one once another is revoked', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const id = await alice.startConversation([bob], 'Boats');
	for (let made = 0; made < INVITES_MAX; made++)
		await alice.api.call('POST', `conversations/${id}/invites`, {});
	const [desk] = await alice.devices('desk');
	const { page } = desk;
	await page.setViewportSize({ width: 1440, height: 900 });
	await desk.openConversation('Boats');
	await page.getByRole('button', { name: 'Invite by link…' }).click();
	const dialog = page.getByRole('dialog', { name: 'Invite by link' });
	await dialog.getByRole('button', { name: 'Make and copy the link' }).click();
	await expect(dialog.getByRole('alert')).toHaveText(
		'This group has as many active links as it can have. Revoke one first.'
	);
	await dialog.getByRole('button', { name: 'Revoke' }).first().click();
	await expect(dialog.getByRole('alert')).toHaveCount(0);
	await expect(dialog.getByRole('button', { name: 'Revoke' })).toHaveCount(INVITES_MAX - 1);
	await dialog.getByRole('button', { name: 'Make and copy the link' }).click();
	await expect(dialog.getByRole('button', { name: 'Revoke' })).toHaveCount(INVITES_MAX);
});
