import { expect, test } from '../kit';

test('two people write to each other live, without a reload', async ({ people }) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const [phone] = await alice.devices('phone');
	const [desk] = await bob.devices('desk');

	await phone.startConversation(['bob']);
	await phone.write('are the loggers in');
	await desk.openConversation('alice');
	await expect(desk).toShow('are the loggers in');
	await desk.write('both of them');
	await expect(phone).toShow('both of them');
	await expect(phone).toHaveState('are the loggers in', 'sent');
	await phone.write('good');
	await expect(desk).toShowInOrder(['are the loggers in', 'both of them', 'good']);
});

test('all devices of one person show the same', async ({ people }) => {
	const alice = await people.register('alice');
	await people.register('bob');
	const [phone, laptop] = await alice.devices('phone', 'laptop');

	await phone.startConversation(['bob']);
	await phone.write('from the phone');
	await laptop.openConversation('bob');
	await expect(laptop).toShow('from the phone');
	await laptop.write('from the laptop');
	await expect(phone).toShowInOrder(['from the phone', 'from the laptop']);
	await expect(laptop).toHaveState('from the phone', 'sent');
});

test('a group reaches all of its members', async ({ people }) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const carol = await people.register('carol');
	const [phone] = await alice.devices('phone');
	const [desk] = await bob.devices('desk');
	const [tablet] = await carol.devices('tablet');

	await phone.startConversation(['bob', 'carol'], { name: 'Kelp survey' });
	await phone.write('weather window is nine to two');
	for (const device of [desk, tablet]) {
		await device.openConversation('Kelp survey');
		await expect(device).toShow('weather window is nine to two');
	}
	await desk.write('fuel is done');
	await tablet.write('lines in five minutes');
	for (const device of [phone, desk, tablet]) {
		await expect(device).toHaveSynced();
		await expect(device).toShow('fuel is done');
		await expect(device).toShow('lines in five minutes');
	}
});

test('a message sent over REST reaches every device live', async ({ people }) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const [phone, laptop] = await alice.devices('phone', 'laptop');
	const [desk] = await bob.devices('desk');
	await phone.startConversation(['bob']);
	await phone.write('hello');
	await laptop.openConversation('bob');
	await desk.openConversation('alice');

	const sent = { userId: alice.id, text: 'said over REST', key: 'once' };
	await bob.api.call('POST', 'messages/send', sent);
	await bob.api.call('POST', 'messages/send', sent);
	for (const device of [phone, laptop, desk]) {
		await expect(device).toShowOnce('said over REST');
		await expect(device).toHaveSynced();
		await expect(device).toShowOnce('said over REST');
	}
});

test('two windows of one browser show the same at once, offline too', async ({ people }) => {
	const alice = await people.register('alice');
	await people.register('bob');
	const [phone] = await alice.devices('phone');
	await phone.startConversation(['bob']);
	await phone.write('in the first window');
	const tab = await phone.openTab('/');
	await tab.openConversation('bob');
	await expect(tab).toShowOnce('in the first window');

	phone.goOffline();
	await tab.write('in the second window');
	await expect(phone).toShowOnce('in the second window');
	phone.goOnline();
	await expect(phone).toHaveState('in the second window', 'sent');
	await expect(tab).toShowInOrder(['in the first window', 'in the second window']);
});
