/** A group of five hundred on the screen. */
import Database from 'better-sqlite3';
import { join } from 'node:path';
import { expect, test } from '../kit';
import { about, openWide } from '../kit/group';
import { addPeople, userName } from '../kit/manyPeople';
import type { RelayProcess } from '../kit/relayProcess';

const MEMBERS = 500;

/** Of a people's list. */
const PAGE = 50;

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
	const more = about(phone).getByRole('button', { name: 'Show more' });
	await expect(members).toHaveCount(PAGE);
	await expect(about(phone)).toContainText(`${PAGE} of ${MEMBERS} people`);

	const looked = about(phone).getByRole('searchbox', { name: 'Find somebody in it' });
	await looked.fill('pérson 317');
	await expect(members).toHaveCount(1);
	await expect(members).toContainText('Person 317');
	await looked.fill('');
	for (let shown = PAGE; shown < MEMBERS; shown += PAGE) {
		await expect(members).toHaveCount(shown);
		await more.click();
	}
	await expect(members).toHaveCount(MEMBERS);
	await expect(more).toHaveCount(0);
	expect(new Set(await members.getByRole('link').allInnerTexts()).size).toBe(MEMBERS);

	await desk.write('hello');
	await expect(phone).toShow('hello');
	await phone.write('hello back');
	await expect(desk).toShow('hello back');
	expect([phone.errors, desk.errors]).toEqual([[], []]);
});

test('all whom a device has met are found on it offline, and shown a page at a time', async ({
	people,
	relay
}) => {
	const alice = await people.register('alice');
	addTo(relay);
	const members = Array.from({ length: MEMBERS - 1 }, (_, n) => userName(n));
	await alice.api.call('POST', 'conversations', { kind: 'group', members, name: 'Boats' });
	const [phone] = await alice.devices('phone');
	await phone.openConversation('Boats');
	await expect(phone).toHaveSynced();
	phone.goOffline();
	await expect(phone).toBeOffline();
	await phone.page.getByRole('button', { name: 'Find people and groups' }).first().click();
	const dialog = phone.page.getByRole('dialog', { name: 'Find people and groups' });
	const found = dialog.getByRole('list', { name: 'People found' }).getByRole('link');
	await dialog.getByRole('searchbox').fill('person');
	await expect(found).toHaveCount(PAGE);
	await expect(dialog).toContainText(`The first ${PAGE} people`);
	await dialog.getByRole('button', { name: 'Show more' }).click();
	await expect(found).toHaveCount(2 * PAGE);
	await dialog.getByRole('searchbox').fill('person 317');
	await expect(found).toHaveCount(1);
	expect(phone.errors).toEqual([]);
});
