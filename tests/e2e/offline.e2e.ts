import { expect, test } from '../kit';
import * as screen from '../kit/screen';

test.describe('after the browser was closed', () => {
	test.use({ ownBrowsers: true });

	test('the app opens with no network, and all that was read before is there', async ({ people }) => {
		const alice = await people.register('alice');
		await people.register('bob');
		const [phone] = await alice.devices('phone');
		await phone.startConversation(['bob']);
		await phone.write('low water at noon');
		await expect(phone).toHaveState('low water at noon', 'sent');
		await phone.isInstalled();

		await phone.close();
		phone.goOffline();
		await phone.reopen();

		await expect(phone).toBeOffline();
		await expect(phone).toListConversation('bob');
		await expect(phone).toShowOnce('low water at noon');
	});

	test('what is written offline stays queued through closing the browser, and leaves by itself', async ({
		people
	}) => {
		const alice = await people.register('alice');
		const bob = await people.register('bob');
		const [phone] = await alice.devices('phone');
		const [desk] = await bob.devices('desk');
		await phone.startConversation(['bob']);
		await phone.write('before');
		await expect(phone).toHaveSynced();
		await phone.isInstalled();

		phone.goOffline();
		await phone.write('beyond the wall');
		await expect(phone).toHaveState('beyond the wall', 'queued');
		await phone.close();
		await phone.reopen();
		await expect(phone).toHaveState('beyond the wall', 'queued');
		await phone.write('on station');

		phone.goOnline();
		await expect(phone).toHaveState('beyond the wall', 'sent');
		await expect(phone).toHaveState('on station', 'sent');
		await desk.openConversation('alice');
		await expect(desk).toShowInOrder(['before', 'beyond the wall', 'on station']);
	});
});

test('two devices write offline, then meet: everything once, in the same order', async ({ people }) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const [phone, laptop] = await alice.devices('phone', 'laptop');
	const [desk] = await bob.devices('desk');
	await phone.startConversation(['bob']);
	await phone.write('hello');
	await laptop.openConversation('bob');
	await desk.openConversation('alice');
	await expect(laptop).toShow('hello');
	await expect(desk).toShow('hello');

	phone.goOffline();
	laptop.goOffline();
	desk.goOffline();
	await phone.write('phone one');
	await laptop.write('laptop one');
	await desk.write('desk one');
	await phone.write('phone two');
	await desk.write('desk two');
	await laptop.write('laptop two');

	laptop.goOnline();
	desk.goOnline();
	phone.goOnline();
	const all = ['hello', 'phone one', 'laptop one', 'desk one', 'phone two', 'desk two', 'laptop two'];
	for (const device of [phone, laptop, desk]) {
		await expect(device).toHaveSynced();
		await expect(device).toShowInOrder(all);
	}
});

test('a conversation started offline with a known person is made when the network returns', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const carol = await people.register('carol');
	const [phone] = await alice.devices('phone');
	const [desk] = await bob.devices('desk');
	// A group makes its members known to each other's devices.
	await carol.api.call('POST', 'conversations', {
		kind: 'group',
		members: [alice.id, bob.id],
		name: 'Harbour'
	});
	await expect(phone).toListConversation('Harbour');
	await phone.openConversation('Harbour');
	await expect(phone).toHaveSynced();

	phone.goOffline();
	await expect(phone).toBeOffline();
	await phone.startConversation(['bob']);
	await phone.write('are you there');
	await expect(phone).toHaveState('are you there', 'queued');

	phone.goOnline();
	await expect(phone).toHaveState('are you there', 'sent');
	await expect(desk).toListConversation('alice');
	await desk.openConversation('alice');
	await expect(desk).toShowOnce('are you there');
});

test('both start the same direct conversation offline and meet in one', async ({ people }) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const [phone] = await alice.devices('phone');
	const [desk] = await bob.devices('desk');
	await alice.api.call('POST', 'conversations', { kind: 'group', members: [bob.id], name: 'Harbour' });
	await phone.openConversation('Harbour');
	await desk.openConversation('Harbour');
	await expect(phone).toHaveSynced();
	await expect(desk).toHaveSynced();

	phone.goOffline();
	desk.goOffline();
	await phone.startConversation(['bob']);
	await phone.write('from alice');
	await desk.startConversation(['alice']);
	await desk.write('from bob');

	phone.goOnline();
	desk.goOnline();
	for (const device of [phone, desk]) {
		await expect(device).toHaveSynced();
		await expect(device).toShowInOrder(['from alice', 'from bob']);
	}
	await expect(phone).toListConversation('bob');
	await expect(desk).toListConversation('alice');
});

test('what is sent before the device knows of the conversation is sent once it does', async ({ people }) => {
	const [alice, bob] = [await people.register('alice'), await people.register('bob')];
	const [phone] = await alice.devices('phone');
	await expect(phone).toHaveSynced();
	await phone.isInstalled();
	await phone.goTo('/');
	phone.holdUploads();
	const boats = await bob.startConversation([alice], 'Boats');
	await phone.goTo(`/c/${boats}`);
	const field = screen.composer(phone.page);
	await field.fill('too early');
	await phone.page.keyboard.press('Enter');
	await expect(field).toHaveValue('too early');
	phone.releaseUploads();
	await expect(phone).toHaveState('too early', 'sent');
	await expect(field).toHaveValue('');
	await expect(phone).toShowOnce('too early');
});
