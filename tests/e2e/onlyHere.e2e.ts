import { expect, test } from '../kit';
import * as screen from '../kit/screen';
import type { Device } from '../kit/device';

const waiting = (device: Device) =>
	device.page.getByRole('list', { name: 'Messages only on this device' }).getByRole('listitem');
const waitingWith = (device: Device, text: string) => waiting(device).filter({ hasText: text });

const changes = (device: Device) =>
	device.page.getByRole('list', { name: 'Changes only on this device' }).getByRole('listitem');

/** Logs out, is asked about what would be lost, and does not. */
async function isAskedAndStays({ page }: Device, lost: string): Promise<void> {
	await screen.accountButton(page).click();
	await page.getByRole('menuitem', { name: 'Log out' }).click();
	const asked = page.getByRole('dialog');
	await expect(asked).toContainText(lost);
	await asked.getByRole('button', { name: 'Stay' }).click();
}

test('what waits on this device is listed across conversations, and can be edited, copied and cancelled', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	await people.register('carol');
	const [phone] = await alice.devices('phone');
	const [desk] = await bob.devices('desk');
	await phone.startConversation(['carol']);
	await phone.startConversation(['bob']);
	await phone.write('hello');
	await expect(phone).toHaveSynced();
	await phone.isInstalled();

	phone.goOffline();
	await expect(phone).toBeOffline();
	await phone.write('low water at noon');
	await phone.openConversation('carol');
	await phone.write('bring the rope');
	await phone.openConversation('bob');
	await phone.write('not this one');
	await phone.page.getByRole('link', { name: '3 only here' }).click();
	await expect(waiting(phone)).toHaveCount(3);
	const texts = ['low water at noon', 'bring the rope', 'not this one'];
	for (const [i, text] of texts.entries()) await expect(waiting(phone).nth(i)).toContainText(text);
	await expect(waitingWith(phone, 'bring the rope')).toContainText('carol');

	await phone.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
	await waitingWith(phone, 'bring the rope').getByRole('button', { name: 'Copy text' }).click();
	await expect(phone.page.getByText('Text copied')).toBeVisible();
	expect(await phone.page.evaluate(() => navigator.clipboard.readText())).toBe('bring the rope');

	await waitingWith(phone, 'not this one').getByRole('button', { name: 'Cancel sending' }).click();
	await expect(waiting(phone)).toHaveCount(2);
	await waitingWith(phone, 'low water').getByRole('button', { name: 'Edit' }).click();
	await expect(screen.composer(phone.page)).toHaveValue('low water at noon');
	await screen.composer(phone.page).fill('low water at one');
	await phone.page.keyboard.press('Enter');
	await expect(phone).toShowOnce('low water at one');
	await phone.page.getByRole('link', { name: '2 only here' }).click();
	await expect(waitingWith(phone, 'low water at one')).toHaveCount(1);

	phone.goOnline();
	await expect(phone.page.getByText('Nothing waits here')).toBeVisible();
	await desk.openConversation('alice');
	await expect(desk).toShowInOrder(['hello', 'low water at one']);
	for (const trace of ['low water at noon', 'not this one', 'Message deleted', 'edited'])
		await expect(screen.log(desk.page).getByText(trace)).toHaveCount(0);
});

test('a message whose conversation moved on says how many replies arrived since', async ({ people }) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const conversation = await bob.startConversation([alice]);
	const desk = await bob.headless();
	await desk.write(conversation, ['when is low water']);
	const [phone] = await alice.devices('phone');
	await phone.openConversation('bob');
	await expect(phone).toShow('when is low water');
	await expect(phone).toHaveSynced();

	// Its screens come from this device from then on.
	await phone.isInstalled();
	phone.holdUploads();
	await phone.write('at noon');
	await expect(phone).toHaveState('at noon', 'queued');
	await desk.write(
		conversation,
		Array.from({ length: 14 }, (_, i) => `never mind ${i}`)
	);
	await expect(phone).toShow('never mind 13');
	await phone.page.getByRole('link', { name: '1 only here' }).click();
	await expect(waitingWith(phone, 'at noon')).toContainText('14 replies arrived since');
	await waitingWith(phone, 'at noon').getByRole('link', { name: 'Look again' }).click();
	await expect(screen.message(phone.page, 'at noon')).toBeFocused();

	phone.releaseUploads();
	await expect(phone).toHaveState('at noon', 'sent');
	const sync = await desk.conversation(conversation);
	await expect
		.poll(() => sync.items.filter((item) => item.type === 'message' && item.text === 'at noon').length)
		.toBe(1);
});

test('a change of a sent message that waits is listed once however often it was made, and can be discarded', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const conversation = await bob.startConversation([alice]);
	const [phone] = await alice.devices('phone');
	const [desk] = await bob.devices('desk');
	await phone.goTo(`/c/${conversation}`);
	await phone.write('low water at noon');
	await phone.write('bring the rope');
	await expect(phone).toHaveSynced();
	await phone.isInstalled();
	await desk.goTo(`/c/${conversation}`);
	await expect(desk).toShow('bring the rope');
	phone.goOffline();
	await expect(phone).toBeOffline();
	for (const [from, to] of [
		['low water at noon', 'low water at one'],
		['low water at one', 'low water at two'],
		['bring the rope', 'bring no rope']
	] as const) {
		await screen.choose(phone.page, from, 'Edit');
		await screen.composer(phone.page).fill(to);
		await phone.page.keyboard.press('Enter');
		await expect(phone).toShow(to);
	}
	await phone.page.getByRole('link', { name: '2 only here' }).click();
	await expect(waiting(phone)).toHaveCount(2);
	await waitingWith(phone, 'bring no rope').getByRole('button', { name: 'Discard change' }).click();
	await expect(phone.page.getByText('Change discarded')).toBeVisible();
	await expect(waiting(phone)).toHaveCount(1);
	await phone.reload();
	await expect(waitingWith(phone, 'low water at two')).toHaveCount(1);

	phone.goOnline();
	await expect(phone.page.getByText('Nothing waits here')).toBeVisible();
	await expect(desk).toShowInOrder(['low water at two', 'bring the rope']);
	const changed = screen.message(desk.page, 'low water at two');
	await changed.getByRole('button', { name: 'edited' }).click();
	const versions = desk.page.getByRole('dialog').getByRole('listitem');
	await expect(versions).toHaveCount(2);
	await expect(versions.first()).toContainText('low water at noon');
	await desk.page.getByRole('button', { name: 'Close' }).click();
	await expect(screen.messages(desk.page).getByRole('button', { name: 'edited' })).toHaveCount(1);
});

test('a deletion that waits is listed, and logging out asks about it', async ({ people }) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const conversation = await bob.startConversation([alice]);
	const [phone] = await alice.devices('phone');
	const [desk] = await bob.devices('desk');
	await phone.goTo(`/c/${conversation}`);
	await phone.write('low water at noon');
	await expect(phone).toHaveSynced();
	await desk.goTo(`/c/${conversation}`);
	await expect(desk).toShow('low water at noon');
	phone.goOffline();
	await expect(phone).toBeOffline();
	await screen.choose(phone.page, 'low water at noon', 'Delete');
	await phone.page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
	await expect(screen.messages(phone.page)).toContainText('Message deleted');

	await phone.page.getByRole('link', { name: '1 only here' }).click();
	const deletions = changes(phone);
	await expect(deletions).toHaveCount(1);
	await expect(deletions).toContainText('bob');
	await expect(phone.page.getByText('The others still see it')).toBeVisible();
	await phone.reload();
	await expect(deletions).toHaveCount(1);
	await isAskedAndStays(phone, '1 change');

	phone.goOnline();
	await expect(phone.page.getByText('Nothing waits here')).toBeVisible();
	await expect(screen.messages(desk.page)).toContainText('Message deleted');
	expect([...phone.errors, ...desk.errors]).toEqual([]);
});

test('a reaction and a pin that wait are listed, asked about before logging out, and can be taken back', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const conversation = await bob.startConversation([alice]);
	const [phone] = await alice.devices('phone');
	const [desk] = await bob.devices('desk');
	await desk.goTo(`/c/${conversation}`);
	await desk.write('low water at noon');
	await phone.goTo(`/c/${conversation}`);
	await expect(phone).toShow('low water at noon');
	await expect(phone).toHaveSynced();
	phone.goOffline();
	await expect(phone).toBeOffline();
	await screen.choose(phone.page, 'low water at noon', 'React');
	await phone.page.getByRole('dialog').getByRole('button').first().click();
	await screen.choose(phone.page, 'low water at noon', 'Pin');

	await phone.page.getByRole('link', { name: '2 only here' }).click();
	await expect(changes(phone)).toHaveCount(2);
	await expect(changes(phone).first()).toContainText('React with');
	await expect(changes(phone).last()).toContainText('Pin “low water at noon”');
	await phone.reload();
	await expect(changes(phone)).toHaveCount(2);
	await isAskedAndStays(phone, '2 changes');
	await changes(phone).last().getByRole('button', { name: 'Take back' }).click();
	await expect(changes(phone)).toHaveCount(1);
	await expect(changes(phone)).toContainText('React with');

	phone.goOnline();
	await expect(phone.page.getByText('Nothing waits here')).toBeVisible();
	await expect(screen.message(desk.page, 'low water at noon').locator('[aria-pressed]')).toHaveCount(1);
	await expect(desk.page.getByRole('button', { name: /pinned/ })).toHaveCount(0);
	expect([...phone.errors, ...desk.errors]).toEqual([]);
});

test('what one sets for oneself offline is listed until it has left, and asked about before logging out', async ({
	people
}) => {
	const alice = await people.register('alice');
	await people.register('bob');
	const [phone] = await alice.devices('phone');
	await phone.startConversation(['bob']);
	await phone.write('low water at noon');
	await expect(phone).toHaveSynced();
	await phone.isInstalled();
	phone.goOffline();
	await expect(phone).toBeOffline();
	await phone.page.getByRole('main').getByRole('button', { name: 'More about this conversation' }).click();
	await phone.page.getByRole('menuitem', { name: 'Mute' }).click();
	await phone.goTo('/account/settings');
	await phone.page.getByRole('checkbox', { name: 'Tell others what I have read' }).uncheck();

	await phone.page.getByRole('link', { name: '2 only here' }).click();
	await expect(changes(phone)).toHaveCount(2);
	await expect(changes(phone).first()).toContainText('bob');
	await expect(changes(phone).first()).toContainText('Mute');
	await expect(changes(phone).last()).toContainText('Turn off “Tell others what I have read”');
	await phone.reload();
	await expect(changes(phone)).toHaveCount(2);
	await isAskedAndStays(phone, '2 changes');

	phone.goOnline();
	await expect(phone.page.getByText('Nothing waits here')).toBeVisible();
	expect(phone.errors).toEqual([]);
});

test('logging out asks about what was cancelled when it had left already, perhaps: only this device can delete it', async ({
	people
}) => {
	const alice = await people.register('alice');
	await people.register('bob');
	const [phone] = await alice.devices('phone');
	await phone.startConversation(['bob']);
	await phone.write('hello');
	await expect(phone).toHaveSynced();
	await phone.isInstalled();
	phone.holdUploads();
	await phone.write('not for bob');
	await expect(phone).toHaveState('not for bob', 'queued');
	await screen.choose(phone.page, 'not for bob', 'Cancel sending');
	await expect(screen.message(phone.page, 'not for bob')).toHaveCount(0);
	phone.goOffline();
	await expect(phone).toBeOffline();
	await isAskedAndStays(phone, '1 change');
	expect(phone.errors).toEqual([]);
});

test('where only a reaction waits, a session that has ended is not said to hold up messages', async ({
	people,
	relay
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const conversation = await bob.startConversation([alice]);
	const [phone] = await alice.devices('phone');
	await phone.goTo(`/c/${conversation}`);
	await phone.write('low water at noon');
	await expect(phone).toHaveSynced();
	phone.goOffline();
	await expect(phone).toBeOffline();
	await screen.choose(phone.page, 'low water at noon', 'React');
	await phone.page.getByRole('dialog').getByRole('button').first().click();
	relay.endSessionsOf(alice.id);
	phone.goOnline();
	await expect(phone.page.getByRole('link', { name: 'Log in to send', exact: true })).toBeVisible();
	await phone.goTo('/queued');
	await expect(
		phone.page.getByText('1 change waiting here. It leaves once you have logged in')
	).toBeVisible();
});
