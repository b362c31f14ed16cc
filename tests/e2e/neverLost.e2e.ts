import { expect, test } from '../kit';
import * as screen from '../kit/screen';

// Browsers are closed and opened again here.
test.use({ ownBrowsers: true });

test('an edit that was begun goes on after the browser was closed, and beside another conversation', async ({
	people
}) => {
	const alice = await people.register('alice');
	await people.register('bob');
	await people.register('carol');
	const [phone] = await alice.devices('phone');
	await phone.startConversation(['carol']);
	await phone.startConversation(['bob']);
	await phone.write('low water at noon');
	await expect(phone).toHaveSynced();
	const field = screen.composer(phone.page);
	await field.fill('and a draft');
	await screen.choose(phone.page, 'low water at noon', 'Edit');
	await expect(field).toHaveValue('low water at noon');
	await field.fill('low water at one');
	await phone.openConversation('carol');
	await expect(screen.composer(phone.page)).toHaveValue('');
	await phone.openConversation('bob');
	await expect(screen.composer(phone.page)).toHaveValue('low water at one');

	await phone.close();
	await phone.reopen();
	await expect(screen.composer(phone.page)).toHaveValue('low water at one');
	await expect(phone.page.getByText('Editing', { exact: true })).toBeVisible();

	// Given up by mistake, it can be had back.
	await screen.composer(phone.page).press('Escape');
	await expect(screen.composer(phone.page)).toHaveValue('and a draft');
	await phone.page.getByRole('button', { name: 'Go on editing' }).click();
	await expect(screen.composer(phone.page)).toHaveValue('low water at one');
	await screen.composer(phone.page).press('Enter');
	await expect(phone).toShow('low water at one');
	await expect(screen.composer(phone.page)).toHaveValue('and a draft');
	await phone.reload();
	await expect(phone).toShowOnce('low water at one');
	await expect(screen.composer(phone.page)).toHaveValue('and a draft');
});

test('what the server will not make a conversation for is kept, to copy and discard', async ({ people }) => {
	const alice = await people.register('alice');
	await people.register('bob');
	const [phone] = await alice.devices('phone');
	await phone.isInstalled();
	// The server does not answer at first; then it will not.
	let isAnswering = false;
	const answer = {
		status: 403,
		contentType: 'application/json',
		body: JSON.stringify({ error: { code: 'blocked', message: 'bob does not want to be written to.' } })
	};
	await phone.page
		.context()
		.route('**/api/conversations', (route) => (isAnswering ? route.fulfill(answer) : route.abort()));
	await phone.startConversation(['bob']);
	await phone.write('bring the blue rope');
	await screen.composer(phone.page).fill('and the yell');
	phone.goOffline();
	await expect(phone).toBeOffline();
	isAnswering = true;
	phone.goOnline();
	const main = phone.page.getByRole('main');
	await expect(main.getByText('bob does not want to be written to.')).toBeVisible();
	const kept = phone.page.getByRole('region', { name: 'Not sent' });
	await expect(kept).toContainText('bring the blue rope');
	await expect(kept).toContainText('and the yell');

	await phone.page.getByRole('link', { name: '2 not sent' }).click();
	const list = phone.page.getByRole('list', { name: 'Messages that can no longer be sent' });
	await expect(list.getByRole('listitem')).toHaveCount(2);
	await phone.reload();
	await expect(list.getByRole('listitem')).toHaveCount(2);
	await phone.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
	await list.getByRole('listitem').first().getByRole('button', { name: 'Copy text' }).click();
	await expect(phone.page.getByText('Text copied')).toBeVisible();
	expect(await phone.page.evaluate(() => navigator.clipboard.readText())).toBe('bring the blue rope');
	await list.getByRole('listitem').first().getByRole('button', { name: 'Discard' }).click();
	await expect(list.getByRole('listitem')).toHaveCount(1);
	await phone.page.getByRole('button', { name: 'Undo' }).click();
	await expect(list.getByRole('listitem')).toHaveCount(2);
	for (const left of [1, 0]) {
		await list.getByRole('button', { name: 'Discard' }).first().click();
		await expect(list.getByRole('listitem')).toHaveCount(left);
	}
	await phone.reload();
	await expect(phone.page.getByText('Nothing waits here')).toBeVisible();
});

test('a username typed on one form is there on the other', async ({ newDevice }) => {
	const phone = await newDevice('phone');
	await phone.open('/login');
	await phone.page.getByLabel('Username').fill('alice');
	await phone.page.getByRole('link', { name: 'create an account' }).click();
	await expect(phone.page.getByRole('button', { name: 'Create account' })).toBeVisible();
	await expect(phone.page.getByLabel('Username')).toHaveValue('alice');
	await phone.page.getByLabel('Username').fill('alice.sund');
	await phone.page.getByRole('link', { name: 'log in' }).click();
	await expect(phone.page.getByRole('button', { name: 'Log in' })).toBeVisible();
	await expect(phone.page.getByLabel('Username')).toHaveValue('alice.sund');
});

test('a browser that has lost its copy says what went with it, and gets the rest back', async ({
	people
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const conversation = await bob.startConversation([alice]);
	const [phone] = await alice.devices('phone');
	await phone.goTo(`/c/${conversation}`);
	await phone.write('sent in time');
	await expect(phone).toHaveState('sent in time', 'sent');
	phone.goOffline();
	await phone.write('gone with the copy');
	await phone.write('and this');
	await expect(phone).toHaveState('and this', 'queued');

	phone.goOnline();
	const { origin } = new URL(phone.page.url());
	await phone.page.goto('about:blank');
	const browser = await phone.page.context().newCDPSession(phone.page);
	await browser.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' });
	await phone.goTo(`/c/${conversation}`);
	const notice = phone.page.getByRole('alert').filter({ hasText: 'has lost its copy' });
	await expect(notice).toContainText('but for 2 messages that had not been sent');
	await expect(phone).toShow('sent in time');
	await notice.getByRole('button', { name: 'Dismiss' }).click();
	await expect(notice).toHaveCount(0);
	await expect(phone).toHaveSynced();
	await phone.reload();
	await expect(phone).toShow('sent in time');
	await expect(notice).toHaveCount(0);
});
