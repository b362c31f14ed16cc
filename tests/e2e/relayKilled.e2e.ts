import { expect, test } from '../kit';

test('the server is killed while three devices write: nothing is lost, nothing is doubled', async ({
	people,
	relay
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const [phone, laptop] = await alice.devices('phone', 'laptop');
	const [desk] = await bob.devices('desk');
	await phone.startConversation(['bob']);
	await phone.write('hello');
	await laptop.openConversation('bob');
	await desk.openConversation('alice');
	await expect(desk).toShow('hello');
	await expect(laptop).toShow('hello');

	const lines = (who: string): string[] => Array.from({ length: 8 }, (_, i) => `${who} line ${i}`);
	const writers = [
		{ device: phone, texts: lines('phone') },
		{ device: laptop, texts: lines('laptop') },
		{ device: desk, texts: lines('desk') }
	];
	const writing = Promise.all(
		writers.map(async ({ device, texts }) => {
			for (const text of texts) await device.write(text);
		})
	);
	await expect(desk).toShow('phone line 1');
	await relay.kill();
	await writing;
	await relay.restart();

	for (const device of [phone, laptop, desk]) {
		await expect(device).toHaveSynced();
		for (const { texts } of writers) await expect(device).toShowInOrder(['hello', ...texts]);
	}
});

test('what was sent is still there after the server was killed', async ({ people, relay }) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const [phone] = await alice.devices('phone');
	await phone.startConversation(['bob']);
	await phone.write('on the disk');
	await expect(phone).toHaveState('on the disk', 'sent');

	await relay.kill();
	await phone.close();
	await relay.restart();

	const [desk] = await bob.devices('desk');
	await desk.openConversation('alice');
	await expect(desk).toShowOnce('on the disk');
});
