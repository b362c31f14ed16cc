import { expect, test } from '../kit';
import * as screen from '../kit/screen';

const EMOJI = Array.from({ length: 40 }, (_, n) => String.fromCodePoint(0x1f400 + n));

test('of very many reactions a dozen are shown, and the rest at a press that moves none of them', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const conversation = await bob.startConversation([alice]);
	const boat = await bob.headless();
	const [id] = await boat.write(conversation, ['low water at noon']);
	const sync = await boat.conversation(conversation);
	for (const emoji of EMOJI) await sync.react(id!, emoji, true);
	await boat.sent();

	const [phone] = await alice.devices('phone');
	await phone.page.setViewportSize({ width: 390, height: 844 });
	await phone.goTo(`/c/${conversation}`);
	const message = screen.message(phone.page, 'low water at noon');
	const chips = message.locator('button[aria-pressed]');
	await expect(chips).toHaveCount(12);
	const more = message.getByRole('button', { name: '+28 more' });
	await expect(more).toHaveAttribute('aria-expanded', 'false');

	const first = await chips.first().boundingBox();
	await more.focus();
	await phone.page.keyboard.press('Enter');
	await expect(chips).toHaveCount(40);
	const fewer = message.getByRole('button', { name: 'Fewer' });
	await expect(fewer).toBeFocused();
	await expect(fewer).toHaveAttribute('aria-expanded', 'true');
	const moved = await chips.first().boundingBox();
	expect(moved!.x).toBe(first!.x);

	// One of the rest is pressed, and stays under the finger.
	const last = chips.last();
	await last.click();
	await expect(last).toHaveAttribute('aria-pressed', 'true');
	await fewer.click();
	await expect(chips).toHaveCount(12);
	const own = message.locator('button[aria-pressed="true"]');
	await expect(own).toHaveCount(1);
	// Taken back it is one of the rarest, and stays under the finger all the same.
	const taken = message.getByRole('button', { name: await own.innerText().then((said) => said.slice(0, 2)) });
	await own.click();
	await expect(taken).toHaveAttribute('aria-pressed', 'false');
	await expect(taken).toBeFocused();
	await expect(chips).toHaveCount(12);
	expect(phone.errors).toEqual([]);
});
