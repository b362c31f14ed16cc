import { expect, test } from '../kit';
import { barriers } from '../kit/barriers';
import * as screen from '../kit/screen';
import type { Person } from '../kit/people';

interface Report {
	readonly reason: string;
	readonly words: string;
	readonly reporter: string;
	readonly reported: string;
	readonly messages: readonly { readonly text: string; readonly checked: string }[];
}
const listed = async (administrator: Person) =>
	(await administrator.api.call<{ reports: Report[] }>('GET', 'admin/reports')).reports;

test('a message is reported offline, with those around it: it waits, and comes to the administrators by itself', async ({
	people
}) => {
	const root = await people.register('root');
	const [alice, bob] = [await people.register('alice'), await people.register('bob')];
	await alice.startConversation([bob], 'Boats');
	const [phone] = await alice.devices('phone');
	const [desk] = await bob.devices('desk');
	for (const device of [phone, desk]) await device.openConversation('Boats');
	await phone.write('who sails today?');
	await expect(desk).toShow('who sails today?');
	await desk.write('nobody wants you there');
	await expect(phone).toShow('nobody wants you there');
	phone.goOffline();
	await expect(phone).toBeOffline();
	await phone.write('not sent yet');

	await screen.choose(phone.page, 'nobody wants you there', 'Report…');
	const dialog = phone.page.getByRole('dialog', { name: 'Report this message of bob?' });
	await expect(dialog.getByRole('listitem')).toHaveCount(2);
	await expect(dialog.getByRole('listitem').last()).toContainText('reported');
	await dialog.getByRole('radio', { name: 'Insults or harassment' }).check();
	await dialog.getByRole('textbox').fill('He does so each day.');
	await dialog.getByRole('button', { name: 'Send report' }).click();
	await expect(phone.page.getByText('The report waits here')).toBeVisible();
	expect(await listed(root)).toEqual([]);

	phone.goOnline();
	await expect
		.poll(() => listed(root))
		.toMatchObject([
			{
				reason: 'harassment',
				words: 'He does so each day.',
				reporter: alice.id,
				reported: bob.id,
				messages: [
					{ text: 'who sails today?', checked: 'same' },
					{ text: 'nobody wants you there', checked: 'same' }
				]
			}
		]);
	for (const device of [phone, desk]) expect(device.errors).toEqual([]);
});

test('a person is reported from their page, for a reason that the reporter has chosen', async ({
	people
}) => {
	const root = await people.register('root');
	const [alice, bob] = [await people.register('alice'), await people.register('bob')];
	const [phone] = await alice.devices('phone');
	await phone.goTo(`/people/${bob.id}`);
	await phone.page.getByRole('button', { name: 'Report…' }).click();
	const dialog = phone.page.getByRole('dialog', { name: 'Report bob?' });
	await expect(dialog.getByRole('list')).toHaveCount(0);
	// Nobody is accused of what was not chosen.
	const reasons = dialog.getByRole('group', { name: 'What is wrong?' });
	await expect(dialog.getByRole('radio', { checked: true })).toHaveCount(0);
	await dialog.getByRole('button', { name: 'Send report' }).click();
	await expect(reasons).toHaveAccessibleDescription('Choose what is wrong.');
	await expect(dialog.getByRole('radio').first()).toBeFocused();
	expect(await barriers(phone.page)).toEqual([]);
	await dialog.getByRole('radio', { name: 'Threats or violence' }).check();
	await expect(reasons).toHaveAccessibleDescription('');
	await dialog.getByRole('button', { name: 'Send report' }).click();
	await expect(dialog).toBeHidden();
	// The server has still to take it.
	await expect(phone.page.getByText('The report is on its way to the administrators.')).toBeVisible();
	await expect
		.poll(() => listed(root))
		.toMatchObject([{ reason: 'violence', reported: bob.id, messages: [] }]);
	expect(phone.errors).toEqual([]);
});
