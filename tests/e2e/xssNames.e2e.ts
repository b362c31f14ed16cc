import { DISPLAY_NAME_MAX } from '../../src/lib/domain/limits';
import { expect, test } from '../kit';
import * as screen from '../kit/screen';
import { about, openWide } from '../kit/group';
import { XSS_CORPUS, xssFound } from '../kit/xssCorpus';

test('what people are called is text on every screen that names them', async ({ people }) => {
	const root = await people.register('root');
	const alice = await people.register('alice');
	const crowd = [];
	for (const [i, text] of XSS_CORPUS.entries())
		crowd.push(await people.register(`crowd${i + 10}`, text.slice(0, DISPLAY_NAME_MAX)));
	await alice.startConversation(crowd, 'Boats');
	for (const { id } of crowd) {
		await alice.api.call('POST', 'reports', { reason: 'other', words: XSS_CORPUS[0], userId: id });
		await alice.api.call('PUT', `blocks/${id}`);
	}
	const [phone] = await alice.devices('phone');
	const [desk] = await root.devices('desk');
	const { page } = phone;
	const isText = async () => expect(await xssFound(page)).toEqual([]);

	await openWide(phone, 'Boats');
	const all = crowd.length;
	await expect(about(phone).getByRole('list', { name: 'People' }).getByRole('listitem')).toHaveCount(all + 1);
	await screen.composer(page).fill('@crowd');
	await expect(page.getByRole('option').first()).toBeVisible();
	await isText();
	await screen.composer(page).fill('');

	await page.getByRole('button', { name: 'Find people and groups' }).first().click();
	await page.getByRole('searchbox').fill('crowd');
	await page.getByRole('button', { name: 'Show more' }).click();
	await expect(page.getByRole('list', { name: 'People found' }).getByRole('link')).toHaveCount(all);
	await isText();
	await page.keyboard.press('Escape');

	const [one] = crowd;
	await phone.goTo(`/people/${one!.id}`);
	await expect(page.getByRole('heading', { level: 1 })).toContainText('data-xss');
	await page.getByRole('button', { name: 'Report…' }).click();
	await expect(page.getByRole('dialog')).toContainText('data-xss');
	await isText();
	await page.keyboard.press('Escape');

	await phone.goTo('/account/settings');
	const blocked = page.getByRole('list', { name: 'Blocked people' }).getByRole('listitem');
	await expect(blocked).toHaveCount(all);
	await isText();
	await expect(phone).toHaveSynced();
	await phone.isInstalled();
	phone.goOffline();
	await blocked.first().getByRole('button').click();
	await page.getByRole('link', { name: '1 only here' }).click();
	await expect(page.getByRole('list', { name: 'Changes only on this device' })).toContainText('Unblock');
	await isText();

	await desk.goTo('/admin');
	await expect(desk.page.getByRole('article').first()).toContainText('data-xss');
	await expect(desk.page.getByRole('region', { name: 'People' }).getByRole('listitem').first()).toBeVisible();
	expect(await xssFound(desk.page)).toEqual([]);
	expect([phone.errors, desk.errors]).toEqual([[], []]);
});
