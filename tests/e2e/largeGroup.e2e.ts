/** A group of five hundred on the screen. */
import Database from 'better-sqlite3';
import { join } from 'node:path';
import { expect, test } from '../kit';
import { about, openWide } from '../kit/group';
import { addPeople, userName } from '../kit/manyPeople';
import type { RelayProcess } from '../kit/relayProcess';

const MEMBERS = 500;

function addTo({ data }: RelayProcess): void {
	const db = new Database(join(data, 'skein.db'));
	addPeople(db, MEMBERS);
	db.close();
}

test('the people of a large group come when asked for, all of them, and what is written shows meanwhile', async ({
	people,
	relay
}) => {
	const [alice, bob] = [await people.register('alice'), await people.register('bob')];
	addTo(relay);
	const others = Array.from({ length: MEMBERS - 2 }, (_, n) => ({ id: userName(n) }));
	await alice.api.call('POST', 'conversations', {
		kind: 'group',
		members: [bob.id, ...others.map(({ id }) => id)],
		name: 'Boats'
	});
	const [phone] = await alice.devices('phone');
	const [desk] = await bob.devices('desk');
	for (const device of [phone, desk]) await openWide(device, 'Boats');
	const members = about(phone).getByRole('list', { name: 'People' }).getByRole('listitem');
	await expect(members).toHaveCount(50);
	await phone.page.evaluate(() => {
		const tasks: number[] = [];
		new PerformanceObserver((list) => tasks.push(...list.getEntries().map((e) => Math.round(e.duration)))).observe({ type: 'longtask' });
		Object.assign(window, { tasks });
	});
	let t = Date.now();
	await about(phone).getByRole('button', { name: `Show all ${MEMBERS}` }).click();
	await expect(members).toHaveCount(MEMBERS);
	console.log('show all', Date.now() - t, await phone.page.evaluate(() => Reflect.get(window, 'tasks')));
	await phone.page.evaluate(() => void (Reflect.get(window, 'tasks').length = 0));
	await desk.write('hello');
	await expect(phone).toShow('hello');
	t = Date.now();
	await phone.write('hello back');
	console.log('write', Date.now() - t, await phone.page.evaluate(() => Reflect.get(window, 'tasks')));
	await phone.page.evaluate(() => void (Reflect.get(window, 'tasks').length = 0));
	await phone.page.keyboard.type('a few words more');
	console.log('type', await phone.page.evaluate(() => Reflect.get(window, 'tasks')));
	await phone.page.evaluate(() => void (Reflect.get(window, 'tasks').length = 0));
	phone.goOffline();
	await expect(phone).toBeOffline();
	await phone.page.getByRole('button', { name: 'Find people' }).first().click();
	const dialog = phone.page.getByRole('dialog', { name: 'Find people' });
	await expect(dialog.getByRole('listitem').first()).toBeVisible();
	await dialog.getByRole('searchbox').fill('person');
	await dialog.getByRole('searchbox').fill('person 4');
	await expect(dialog).toContainText('found');
	console.log('find', await dialog.getByRole('listitem').count(), await phone.page.evaluate(() => Reflect.get(window, 'tasks')));
});
