import { expect, test } from '../kit';
import * as screen from '../kit/screen';
import type { Device } from '../kit/device';
import type { People } from '../kit/people';

/** Alice's, who has a conversation with Bob. */
async function phoneWithBob(people: People): Promise<Device> {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	await bob.startConversation([alice]);
	const [phone] = await alice.devices('phone');
	return phone;
}

/** A tab of a device that writes offline, and one beside it that shows no conversation. */
async function twoTabs(people: People) {
	const phone = await phoneWithBob(people);
	await phone.openConversation('bob');
	await phone.write('hello');
	await expect(phone).toHaveSynced();
	phone.goOffline();
	await expect(phone).toBeOffline();
	const tab = await phone.openTab('/');
	await expect(tab).toListConversation('bob');
	await phone.page.bringToFront();
	await phone.write('low water at noon');
	await tab.page.bringToFront();
	return { tab };
}

test('what one tab writes offline the other lists as only here', async ({ people }) => {
	const { tab } = await twoTabs(people);
	await expect(screen.conversationLink(tab.page, 'bob')).toContainText('low water at noon');
	await expect(tab.page.getByRole('link', { name: '1 only here' })).toBeVisible();
});

test('logging out in one tab warns of what waits in the other', async ({ people }) => {
	const { tab } = await twoTabs(people);
	await expect(screen.conversationLink(tab.page, 'bob')).toContainText('low water at noon');
	await screen.accountButton(tab.page).click();
	await tab.page.getByRole('menuitem', { name: 'Log out' }).click();
	await expect(tab.page.getByRole('dialog')).toContainText('1 message');
	await expect(tab.page.getByRole('dialog').getByRole('button', { name: /copy/i })).toBeVisible();
});

test('logging out in one tab warns of what is begun in the other, and has it copied', async ({ people }) => {
	const phone = await phoneWithBob(people);
	await phone.openConversation('bob');
	await phone.write('hello');
	await expect(phone).toHaveState('hello', 'sent');
	const tab = await phone.openTab('/');
	await expect(tab).toListConversation('bob');
	await phone.page.bringToFront();
	await screen.choose(phone.page, 'hello', 'Edit');
	await screen.composer(phone.page).fill('hello, and good');
	await tab.page.bringToFront();
	await screen.accountButton(tab.page).click();
	await tab.page.getByRole('menuitem', { name: 'Log out' }).click();
	const asked = tab.page.getByRole('dialog');
	await expect(asked).toContainText('1 draft');
	await tab.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
	await asked.getByRole('button', { name: /copy/i }).click();
	await expect
		.poll(() => tab.page.evaluate(() => navigator.clipboard.readText()))
		.toContain('hello, and good');
	expect([...phone.errors, ...tab.errors]).toEqual([]);
});

test('logging out in one tab takes the others to the login, and says why', async ({ people }) => {
	const phone = await phoneWithBob(people);
	await phone.openConversation('bob');
	await phone.write('hello');
	await expect(phone).toHaveState('hello', 'sent');
	const tab = await phone.openTab('/');
	await expect(tab).toListConversation('bob');
	await tab.openConversation('bob');
	await expect(tab).toHaveSynced();
	await phone.page.bringToFront();
	await phone.logOut();
	await expect(tab.page.getByText('You have logged out in another window of this browser.')).toBeVisible();
	await expect(tab.page.getByLabel('Username')).toBeVisible();
	expect([...phone.errors, ...tab.errors]).toEqual([]);
});

test('the other tab goes to the login though what it writes never ends, as where its disk was cleared meanwhile', async ({
	people
}) => {
	const phone = await phoneWithBob(people);
	const tab = await phone.openTab('/');
	await tab.openConversation('bob');
	await expect(tab).toHaveSynced();
	await tab.page.evaluate(() => {
		const real = IDBTransaction.prototype.addEventListener;
		IDBTransaction.prototype.addEventListener = function (type: string, ...rest: never[]) {
			if (type !== 'complete' && type !== 'abort') Reflect.apply(real, this, [type, ...rest]);
		};
	});
	await screen.composer(tab.page).fill('begun here');
	await phone.page.bringToFront();
	await phone.logOut();
	await expect(tab.page.getByText('You have logged out in another window of this browser.')).toBeVisible();
});

test('a page opens over the network though the browser clears what the worker keeps in that moment', async ({
	people
}) => {
	const alice = await people.register('alice');
	const [phone] = await alice.devices('phone');
	const [worker] = phone.page.context().serviceWorkers();
	await worker!.evaluate(() => {
		const cleared = () => Promise.reject(new DOMException('cleared', 'UnknownError'));
		CacheStorage.prototype.match = CacheStorage.prototype.open = cleared;
		Cache.prototype.match = cleared;
	});
	await phone.reload();
	await expect(screen.accountButton(phone.page)).toBeVisible();
	expect(phone.errors).toEqual([]);
});

test('the tab that logs out is told of no other window, though its disk is slower than what the browser says', async ({
	people
}) => {
	const phone = await phoneWithBob(people);
	await phone.openConversation('bob');
	await expect(phone).toHaveSynced();
	// Erasing goes on once the browser has told this tab of what it cleared for it.
	await phone.page.evaluate(() => {
		const told = new Promise((done) => addEventListener('storage', done, { capture: true, once: true }));
		const real = IDBFactory.prototype.databases;
		IDBFactory.prototype.databases = async function () {
			await told;
			// As slow as a disk with many conversations on it: what the browser says has had its effect by then.
			for (let frame = 0; frame < 60; frame++) await new Promise(requestAnimationFrame);
			return real.call(this);
		};
	});
	await phone.logOut();
	await expect(phone.page.getByLabel('Username')).toBeVisible();
	await expect(phone.page).toHaveURL(/\/login$/);
	await expect(phone.page.getByText('in another window')).toHaveCount(0);
	expect(phone.errors).toEqual([]);
});
