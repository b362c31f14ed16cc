import { expect, test } from '../kit';
import { writeHistory } from '../kit/history';
import * as screen from '../kit/screen';
import type { Person } from '../kit/people';
import type { RelayProcess } from '../kit/relayProcess';

/** Bytes of each, and as many as take all of the megabyte and less of what may go over it to make room. */
const LONG_TEXT = 'x'.repeat(19_000);
const LONG_TEXTS = 53;

/** All the space that the person may take is taken, by what they wrote in another conversation. */
async function fill(relay: RelayProcess, person: Person, conversation: string): Promise<void> {
	await writeHistory(person, { conversation, messages: LONG_TEXTS, say: (at) => `${at} ${LONG_TEXT}` });
	await relay.stop();
	await relay.restart({ SKEIN_USER_STORE_MB: '1' });
}

test('without space on the server what is written is kept to be copied, and all else goes on', async ({
	people,
	relay
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const carol = await people.register('carol');
	const withBob = await alice.startConversation([bob]);
	await fill(relay, alice, await alice.startConversation([carol]));

	const [phone] = await alice.devices('phone');
	await phone.goTo(`/c/${withBob}`);
	await expect(phone).toHaveSynced();
	await screen.composer(phone.page).fill('no space for this');
	await phone.page.keyboard.press('Enter');
	const kept = phone.page.getByRole('region', { name: 'Not sent' });
	await expect(kept).toContainText('no space for this');
	// Why is said at once; the text itself is read by whoever goes there.
	const why = kept.getByRole('alert');
	await expect(why).toContainText('Your messages take all the space that you have on the server.');
	await expect(why).not.toContainText('no space for this');
	await phone.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
	await phone.page.getByRole('link', { name: '1 not sent' }).click();
	await phone.page.getByRole('button', { name: 'Copy text' }).click();
	expect(await phone.page.evaluate(() => navigator.clipboard.readText())).toBe('no space for this');
	await expect(phone).toHaveSynced();

	// Nobody else is held up by it, here or elsewhere.
	await phone.goTo(`/c/${withBob}`);
	const hers = await bob.headless();
	await hers.write(withBob, ['I still reach you']);
	await expect(phone).toShow('I still reach you');
	await expect(screen.message(phone.page, 'no space for this')).toHaveCount(0);
	await expect(phone).toHaveSynced();
	expect(phone.errors).toEqual([]);
});

test('without space on the server what one keeps for oneself works on this device, and goes on when there is space', async ({
	people,
	relay
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const carol = await people.register('carol');
	const withBob = await alice.startConversation([bob]);
	await fill(relay, alice, await alice.startConversation([carol]));

	const [phone, laptop] = await alice.devices('phone', 'laptop');
	await phone.goTo(`/c/${withBob}`);
	await screen.composer(phone.page).fill('begun without space');
	const notice = phone.page.getByText('Your drafts, settings and what you have read stay on this device');
	await expect(notice).toBeVisible();
	await expect(phone).toHaveSynced();
	await phone.reload();
	await expect(screen.composer(phone.page)).toHaveValue('begun without space');
	await expect(notice).toBeVisible();
	await expect(phone).toHaveSynced();
	await laptop.goTo(`/c/${withBob}`);
	await expect(laptop).toHaveSynced();
	await expect(laptop.page.getByText('begun without space')).toHaveCount(0);

	await relay.stop();
	await relay.restart({ SKEIN_USER_STORE_MB: '2' });
	await expect(laptop.page.getByText('begun without space').first()).toBeVisible();
	await expect(notice).toHaveCount(0);
	await expect(phone).toHaveSynced();
	expect(phone.errors).toEqual([]);
});
