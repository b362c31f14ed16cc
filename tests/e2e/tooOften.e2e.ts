/** Who asks too often is told when to try again, where they asked. */
import { expect, test } from '../kit';
import type { Device } from '../kit/device';

/** With a hundredth of the rates, each of these is allowed a few times. */
const STRICT = { SKEIN_RATE_FACTOR: '0.01' };

const alert = (device: Device) => device.page.getByRole('alert');
const AGAIN = /^Too many tries\. Try again in \d+ minutes\.$/;

test('logging in, asking for a mail and registering say how long to wait, and keep what was typed', async ({
	relay,
	people,
	newDevice
}) => {
	const alice = await people.register('alice');
	await relay.stop();
	await relay.restart(STRICT);
	const device = await newDevice('visitor');

	await device.open();
	await device.goTo('/login');
	await device.fillLogin(alice.username, 'a wrong guess');
	await expect(device.page.getByText(/do not match/i).first()).toBeVisible();
	await device.fillLogin(alice.username, alice.password);
	await expect(alert(device).filter({ hasText: AGAIN })).toBeVisible();
	await expect(device.page.getByLabel('Username')).toHaveValue(alice.username);

	await device.goTo('/forgot');
	const ask = async () => {
		await device.page.getByLabel('Username or e-mail address').fill(alice.username);
		await device.page.getByRole('button', { name: 'Send the link' }).click();
	};
	await ask();
	await expect(device.page.getByRole('heading', { name: 'Check your mail' })).toBeVisible();
	await device.goTo('/forgot');
	await ask();
	await expect(alert(device).filter({ hasText: AGAIN })).toBeVisible();

	for (const name of ['carol', 'dave', 'erin']) await people.register(name);
	await device.goTo('/register');
	await device.page.getByLabel('Username').fill('frank');
	await device.page.getByLabel('Password', { exact: true }).fill(alice.password);
	await device.page.getByRole('button', { name: 'Create account' }).click();
	await expect(alert(device).filter({ hasText: AGAIN })).toBeVisible();
	await expect(device.page.getByLabel('Username')).toHaveValue('frank');
});

test('who searches too often is told so, and finds those known here meanwhile', async ({ relay, people }) => {
	const alice = await people.register('alice');
	await people.register('bob');
	const [desk] = await alice.devices('desk');
	await desk.startConversation(['bob']);
	await relay.stop();
	await relay.restart({ SKEIN_RATE_FACTOR: '0.02' });
	await expect(desk).toHaveSynced();

	await desk.page.getByRole('button', { name: 'Find people and groups' }).first().click();
	const dialog = desk.page.getByRole('dialog', { name: 'Find people and groups' });
	const field = dialog.getByRole('searchbox');
	await expect
		.poll(async () => {
			for (const query of ['b', 'bo', 'bob']) await field.fill(query);
			return dialog.getByText(/^Too many tries\. Try again in \d+ seconds?\.$/).isVisible();
		})
		.toBe(true);
	await expect(dialog.getByRole('list', { name: 'People found' }).getByRole('link')).toContainText(['bob']);
});
