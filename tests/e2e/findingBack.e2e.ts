import { expect, test } from '../kit';
import { line, writeHistory } from '../kit/history';
import { readAt, scrollUntil, toLatest } from '../kit/scrolling';
import * as screen from '../kit/screen';
import type { Device } from '../kit/device';
import type { EntryId } from '../../src/lib/domain/entry';

/** A segment and some of the next. */
const MESSAGES = 1_300;

/** The same message at the same height: two layouts may differ by a pixel. */
async function standsAt(device: Device, place: { readonly id: string; readonly top: number }): Promise<void> {
	await expect
		.poll(async () => {
			const { id, top } = await readAt(device.page);
			return id === place.id && Math.abs(top - place.top) <= 1;
		})
		.toBe(true);
}

test('back and forward lead to where one was reading, segments back too', async ({ people }) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const carol = await people.register('carol');
	const conversation = await bob.startConversation([alice]);
	const ids = await writeHistory(bob, { conversation, messages: MESSAGES });
	await (await carol.headless()).write(await carol.startConversation([alice]), ['hello']);
	const [phone] = await alice.devices('phone');
	const { page } = phone;
	await expect(phone).toHaveSynced();
	await phone.openConversation('bob');
	await expect(screen.message(page, line(0))).toBeInViewport();
	await scrollUntil(page, 'bottom', (rows) => ids.indexOf(rows.at(-1) as EntryId) > 300);
	await screen.messageById(page, ids[200]!).scrollIntoViewIfNeeded();
	const there = await readAt(page);

	await phone.openConversation('carol');
	await expect(screen.message(page, 'hello')).toBeVisible();
	await page.goBack();
	await standsAt(phone, there);
	await page.goForward();
	await expect(screen.message(page, 'hello')).toBeVisible();
	await page.goBack();
	await standsAt(phone, there);
	expect(phone.errors).toEqual([]);
});

test('within a conversation, back leads from a linked message to where one was, and forward to the message', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const conversation = await bob.startConversation([alice]);
	const ids = await writeHistory(bob, { conversation, messages: MESSAGES });
	const address = `/c/${conversation}?m=${ids[1_100]}`;
	await (await bob.headless()).write(conversation, ['bookmark']);
	const [phone] = await alice.devices('phone');
	const { page } = phone;
	await phone.goTo(address);
	await expect(screen.messageById(page, ids[1_100]!)).toBeFocused();
	const linked = await readAt(page);
	await screen.conversationLink(page, 'bob').click();
	await expect(page).not.toHaveURL(/m=/);
	await toLatest(page, 'bookmark');
	await page.goBack();
	await standsAt(phone, linked);
	expect(phone.errors).toEqual([]);
});

test('a quote jumps to what it answers, segments back: it stands out and has the focus', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const conversation = await bob.startConversation([alice]);
	const ids = await writeHistory(bob, { conversation, messages: 2_300 });
	const desk = await (await bob.headless()).conversation(conversation);
	desk.send({ text: 'as I said', replyTo: ids[20]! });
	const [phone] = await alice.devices('phone');
	await phone.goTo(`/c/${conversation}`);
	await toLatest(phone.page, 'as I said');
	await screen.message(phone.page, 'as I said').getByRole('button').first().click();
	const target = screen.messageById(phone.page, ids[20]!);
	await expect(target).toBeFocused();
	await expect(target).toBeInViewport();
	await expect(target).toContainText(line(20));
	await expect(target).toHaveClass(/\blit\b/);
	await expect(phone.page.getByRole('button', { name: 'Latest' })).toBeVisible();
});

test('what was said long ago is quoted, answered and pinned by its words, wherever one reads, offline too', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const conversation = await bob.startConversation([alice]);
	const ids = await writeHistory(bob, { conversation, messages: 2_300 });
	const old = line(20);
	const desk = await (await bob.headless()).conversation(conversation);
	desk.send({ text: 'as I said', replyTo: ids[20]! });
	await desk.pin(ids[20]!, true);
	const [phone] = await alice.devices('phone');
	const { page } = phone;
	const pins = page.getByRole('button', { name: '1 pinned message' });
	await phone.goTo(`/c/${conversation}?m=${ids[20]}`);
	await expect(screen.message(page, old)).toBeVisible();
	await expect(pins).toBeVisible();
	await screen.choose(page, old, 'Reply');
	await screen.composer(page).fill('I remember');
	await toLatest(page, 'as I said');
	await expect(page.locator('.banner')).toContainText(old);
	await expect(screen.message(page, 'as I said')).toContainText(old);
	await expect(phone).toHaveSynced();
	await phone.isInstalled();

	await phone.goOffline();
	await phone.reload();
	await toLatest(page, 'as I said');
	await expect(screen.message(page, 'as I said')).toContainText(old);
	await expect(page.locator('.banner')).toContainText(old);
	await expect(pins).toBeVisible();
	await pins.click();
	await page.getByRole('dialog', { name: 'Pinned messages' }).getByRole('button', { name: old }).click();
	await expect(screen.messageById(page, ids[20]!)).toBeFocused();

	// Where there is no room beside the messages, all that is known of the conversation covers them.
	await page.setViewportSize({ width: 390, height: 844 });
	await toLatest(page, 'as I said');
	const opener = page.getByRole('button', { name: 'About this conversation', exact: true });
	const about = page.getByRole('dialog', { name: 'About this conversation' });
	await opener.click();
	await about.getByRole('button', { name: old }).click();
	await expect(about).toBeHidden();
	await expect(screen.messageById(page, ids[20]!)).toBeFocused();
	await opener.click();
	await about.getByRole('button', { name: 'Close' }).click();
	await expect(about).toBeHidden();
	await expect(opener).toBeFocused();
	expect(phone.errors).toEqual([]);
});
