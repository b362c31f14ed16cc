import { expect, test } from '../kit';

test('an invitation that cannot be asked of is asked of again, and what does not hold leads on', async ({
	people,
	newDevice
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const id = await alice.startConversation([bob], 'Boats');
	const { token } = await alice.api.call<{ token: string }>('POST', `conversations/${id}/invites`, {});
	const phone = await newDevice('phone');
	await phone.open('/login');
	await phone.isInstalled();
	const { page } = phone;

	phone.goOffline();
	await phone.goTo(`/invite/${token}`);
	await expect(page.getByRole('heading', { level: 1, name: /^The server cannot be reached/ })).toBeVisible();
	await expect(page.getByRole('link', { name: 'What Skein is' })).toBeVisible();
	phone.goOnline();
	await page.getByRole('button', { name: 'Try again' }).click();
	const invited = page.getByRole('heading', { level: 1, name: 'You are invited to Boats' });
	await expect(invited).toBeVisible();

	// By itself, once the browser tells of a network.
	phone.goOffline();
	await page.reload();
	await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
	phone.goOnline();
	await page.evaluate(() => dispatchEvent(new Event('online')));
	await expect(invited).toBeVisible();

	await phone.goTo('/invite/of-nothing');
	await expect(
		page.getByRole('heading', { level: 1, name: /^This invitation does not exist/ })
	).toBeVisible();
	await expect(page.getByRole('button', { name: 'Try again' })).toHaveCount(0);
	await page.getByRole('link', { name: 'What Skein is' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toContainText('Write now.');
});
