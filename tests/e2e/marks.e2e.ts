import { expect, test } from '../kit';
import * as screen from '../kit/screen';

const NOTE = [
	'**Friday** is _fine_, see [the mole](https://boats.example/mole)',
	'',
	'> is it free?',
	'',
	'- `rope`',
	'- seal',
	'- [ ] ask the master',
	'- [x] look at the tide'
];

test('a message shows its marks on every device, without a network too, and is edited as it was typed', async ({
	people
}) => {
	const [alice, bob] = [await people.register('alice'), await people.register('bob')];
	const id = await alice.startConversation([bob]);
	const [phone] = await alice.devices('phone');
	const [desk] = await bob.devices('desk');
	await desk.openConversation('alice');
	await phone.isInstalled();
	await phone.openConversation('bob');
	phone.goOffline();
	await expect(phone).toBeOffline();
	await phone.goTo(`/c/${id}`);
	await screen.composer(phone.page).fill(NOTE.join('\n'));
	await phone.page.keyboard.press('Enter');
	phone.goOnline();
	for (const { page } of [phone, desk]) {
		const message = screen.messages(page).last();
		await expect(message.locator('strong')).toHaveText('Friday');
		await expect(message.locator('em')).toHaveText('fine');
		await expect(message.locator('blockquote')).toHaveText('is it free?');
		await expect(message.locator('li')).toHaveText(['rope', 'seal', 'ask the master', 'look at the tide']);
		const task = (name: string) => message.getByRole('listitem').getByRole('checkbox', { name });
		await expect(task('To do')).not.toBeChecked();
		await expect(task('Done')).toBeChecked();
		for (const name of ['To do', 'Done']) await expect(task(name)).toBeDisabled();
		// Beside its words, not above them. The two are measured one after the other, and the list may move in between.
		const [box, words] = [task('Done'), message.getByText('look at the tide')];
		await expect
			.poll(async () => (await box.boundingBox())!.y - (await words.boundingBox())!.y)
			.toBeGreaterThan(-2);
		await expect(message.locator('code')).toHaveText('rope');
		await expect(message.getByRole('link', { name: 'the mole' })).toHaveAttribute(
			'href',
			'https://boats.example/mole'
		);
	}
	await screen.composer(phone.page).focus();
	await phone.page.keyboard.press('ArrowUp');
	await expect(screen.composer(phone.page)).toHaveValue(NOTE.join('\n'));
});

test('what looks like a way out of a message is text: HTML, scripts, and words that lead elsewhere than they say', async ({
	people
}) => {
	const [alice, bob] = [await people.register('alice'), await people.register('bob')];
	const conversationId = await alice.startConversation([bob]);
	const texts = [
		'**<img src=x onerror=alert(1)>**',
		'*[x](javascript:alert(1))*',
		'_[https://bank.example](https://evil.example)_',
		'![x](https://evil.example/a.png)'
	];
	for (const text of texts) await bob.api.call('POST', 'messages/send', { conversationId, text });
	const [phone] = await alice.devices('phone');
	await phone.openConversation('bob');
	await expect(screen.messages(phone.page)).toHaveCount(texts.length);
	await expect(screen.log(phone.page).locator('em')).toHaveCount(2);
	await expect(screen.log(phone.page).locator('.text a, .text img')).toHaveCount(0);
	expect(phone.errors).toEqual([]);
});

test('a list and a quote begin at the side where their own words do', async ({ people }) => {
	const [alice, bob] = [await people.register('alice'), await people.register('bob')];
	const conversationId = await alice.startConversation([bob]);
	for (const text of ['- [x] حبل\n- ختم', '> هل هو متاح؟', '- [x] rope\n- حبل', '> is it free?'])
		await bob.api.call('POST', 'messages/send', { conversationId, text });
	const [phone] = await alice.devices('phone');
	const { page } = phone;
	await phone.openConversation('bob');
	const blocks = screen.messages(page).locator('ul, blockquote');
	await expect(blocks).toHaveCount(4);
	const sides = await blocks.evaluateAll((all) => all.map((block) => getComputedStyle(block).direction));
	expect(sides).toEqual(['rtl', 'rtl', 'ltr', 'ltr']);
	for (const [at, sign] of [-1, 1].entries()) {
		const item = page
			.getByRole('listitem')
			.filter({ has: page.getByRole('checkbox') })
			.nth(at);
		const [box, words] = [item.getByRole('checkbox'), item.locator('p')];
		const way = (await words.boundingBox())!.x - (await box.boundingBox())!.x;
		expect(Math.sign(way)).toBe(sign);
	}
});
