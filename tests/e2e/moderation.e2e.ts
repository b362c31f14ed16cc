import { expect, test } from '../kit';
import * as screen from '../kit/screen';
import type { Device } from '../kit/device';

const tombstone = (device: Device, text: string) => screen.messages(device.page).filter({ hasText: text });
const removed = (device: Device) => tombstone(device, 'Removed by a moderator');

async function deleteForEveryone(device: Device, text: string): Promise<void> {
	await screen.choose(device.page, text, 'Delete for everyone');
	const dialog = device.page.getByRole('dialog');
	await expect(dialog).toContainText('a moderator removed it');
	await dialog.getByRole('button', { name: 'Delete' }).click();
	await expect(dialog).toBeHidden();
}

test('a moderator deletes the message of another for everyone, also on a device that comes back later', async ({
	people
}) => {
	const [alice, bob, carol] = [
		await people.register('alice'),
		await people.register('bob'),
		await people.register('carol')
	];
	await alice.startConversation([bob, carol], 'Boats');
	const [owner] = await alice.devices('desk');
	const [author] = await bob.devices('phone');
	const [away] = await carol.devices('tablet');
	for (const device of [owner, author, away]) await device.openConversation('Boats');
	await author.write('buy my boat now');
	await author.write('low water at noon');
	for (const device of [owner, away]) await expect(device).toShow('buy my boat now');
	away.goOffline();
	await expect(away).toBeOffline();

	await deleteForEveryone(owner, 'buy my boat now');
	for (const device of [owner, author]) {
		await expect(removed(device)).toHaveCount(1);
		await expect(device).toShowInOrder(['low water at noon']);
		await expect(screen.message(device.page, 'buy my boat now')).toHaveCount(0);
	}
	await expect(away).toShow('buy my boat now');
	away.goOnline();
	await expect(removed(away)).toHaveCount(1);
	await expect(screen.message(away.page, 'buy my boat now')).toHaveCount(0);
	for (const device of [owner, author, away]) {
		await device.reload();
		await expect(removed(device)).toHaveCount(1);
		expect(device.errors).toEqual([]);
	}
});

test('a member cannot delete the messages of others, nor anybody in a direct conversation', async ({
	people
}) => {
	const [alice, bob] = [await people.register('alice'), await people.register('bob')];
	await alice.startConversation([bob], 'Boats');
	const direct = await alice.startConversation([bob]);
	const [owner] = await alice.devices('desk');
	const [member] = await bob.devices('phone');
	const offered = async (device: Device, text: string) => {
		const row = screen.message(device.page, text);
		await row.hover();
		await row.getByRole('button', { name: 'More' }).click();
		await expect(device.page.getByRole('menuitem', { name: 'Copy text' })).toBeVisible();
		const count = await device.page.getByRole('menuitem', { name: 'Delete for everyone' }).count();
		await device.page.keyboard.press('Escape');
		return count;
	};
	for (const device of [owner, member]) await device.openConversation('Boats');
	await owner.write('from the owner');
	await expect(member).toShow('from the owner');
	expect(await offered(member, 'from the owner')).toBe(0);
	for (const device of [owner, member]) await device.goTo(`/c/${direct}`);
	await member.write('between us');
	await expect(owner).toShow('between us');
	expect(await offered(owner, 'between us')).toBe(0);
	expect(await offered(member, 'between us')).toBe(1);
});

test('without a connection the word of a moderator waits, shows at once, and can be taken back', async ({
	people
}) => {
	const [alice, bob] = [await people.register('alice'), await people.register('bob')];
	await alice.startConversation([bob], 'Boats');
	const [owner] = await alice.devices('desk');
	const [author] = await bob.devices('phone');
	for (const device of [owner, author]) await device.openConversation('Boats');
	for (const text of ['first', 'second']) await author.write(text);
	await expect(owner).toShowInOrder(['first', 'second']);
	await owner.isInstalled();
	owner.goOffline();
	await expect(owner).toBeOffline();

	for (const text of ['first', 'second']) await deleteForEveryone(owner, text);
	await expect(tombstone(owner, 'Will be deleted with the next connection')).toHaveCount(2);
	await owner.reload();
	await expect(tombstone(owner, 'Will be deleted with the next connection')).toHaveCount(2);
	await owner.goTo('/queued');
	const waiting = owner.page.getByRole('list', { name: 'Changes only on this device' }).getByRole('listitem');
	await expect(waiting).toHaveCount(2);
	await waiting.filter({ hasText: 'second' }).getByRole('button', { name: 'Take back' }).click();
	await expect(waiting).toHaveCount(1);
	await owner.openConversation('Boats');
	await expect(owner).toShowInOrder(['second']);
	await expect(author).toShowInOrder(['first', 'second']);

	owner.goOnline();
	for (const device of [owner, author]) {
		await expect(removed(device)).toHaveCount(1);
		await expect(device).toShowInOrder(['second']);
	}
});

test('a conversation whose last message was deleted says so in the list', async ({ people }) => {
	const [alice, bob] = [await people.register('alice'), await people.register('bob')];
	await alice.startConversation([bob], 'Boats');
	const [author] = await alice.devices('desk');
	const [other] = await bob.devices('phone');
	await author.openConversation('Boats');
	await author.write('low water at noon');
	await expect(screen.conversationLink(other.page, 'Boats')).toContainText('low water at noon');
	await screen.choose(author.page, 'low water at noon', 'Delete for everyone');
	await author.page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
	await expect(screen.conversationLink(author.page, 'Boats')).toContainText('You: Message deleted');
	await expect(screen.conversationLink(other.page, 'Boats')).toContainText('alice: Message deleted');
});
