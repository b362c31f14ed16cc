/** What somebody wrote who deleted their account with it: gone from the server's files and from everyone's devices. */
import Database from 'better-sqlite3';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../kit';
import { isAnywhereOnDisk } from '../kit/disk';
import * as screen from '../kit/screen';
import type { RelayProcess } from '../kit/relayProcess';

const GROUPS = 30;

/** Rooms that are still to be erased, of all: as the server's file says it. */
function erasing({ data }: RelayProcess): { left: number; all: number } {
	const db = new Database(join(data, 'skein.db'), { readonly: true });
	const counted = db.prepare('SELECT count(*) AS "all", sum(done = 0) AS "left" FROM erasure_rooms').get();
	db.close();
	return counted as { left: number; all: number };
}

const isInFiles = ({ data }: RelayProcess, text: string): boolean =>
	readdirSync(data).some(
		(file) => file.startsWith('skein.db') && readFileSync(join(data, file)).includes(text)
	);

test('the messages of a deleted account are gone everywhere, though the server is killed in the middle of it', async ({
	people,
	relay
}) => {
	const alice = await people.register('alice');
	const bob = await people.register('bob');
	const say = (conversationId: string, text: string) =>
		alice.api.call('POST', 'messages/send', { conversationId, text });
	const direct = await alice.startConversation([bob]);
	await say(direct, 'secretkumquat in private');
	for (let i = 0; i < GROUPS; i++)
		await say(await alice.startConversation([bob], `Boats ${i}`), `secretkumquat ${i}`);

	const [phone, desk] = await bob.devices('phone', 'desk');
	await desk.goTo(`/c/${direct}`);
	await screen.choose(desk.page, 'secretkumquat in private', 'Reply');
	await desk.write('I think so too');
	for (const device of [phone, desk]) await expect(device).toHaveSynced();
	await phone.goTo(`/c/${direct}`);
	await expect(phone).toShow('I think so too');
	for (const device of [phone, desk]) expect(await isAnywhereOnDisk(device, 'secretkumquat')).toBe(true);
	phone.goOffline();
	await expect(phone).toBeOffline();

	await alice.api.call('DELETE', 'me', { password: alice.password, erase: true, successor: bob.id });
	await expect.poll(() => erasing(relay).all).toBe(GROUPS + 1);
	await relay.kill();
	const { left } = erasing(relay);
	expect(left).toBeGreaterThan(0);
	expect(isInFiles(relay, 'secretkumquat')).toBe(true);

	await relay.restart();
	await expect.poll(() => erasing(relay).all).toBe(0);
	await expect.poll(() => isInFiles(relay, 'secretkumquat')).toBe(false);
	expect(isInFiles(relay, 'I think so too')).toBe(true);

	phone.goOnline();
	for (const device of [phone, desk]) {
		await expect(device).toHaveSynced();
		await expect(screen.message(device.page, 'I think so too')).toContainText('Deleted message');
		await expect(screen.message(device.page, 'secretkumquat')).toHaveCount(0);
		await expect.poll(() => isAnywhereOnDisk(device, 'secretkumquat')).toBe(false);
		expect(await isAnywhereOnDisk(device, 'I think so too')).toBe(true);
		expect(device.errors).toEqual([]);
	}
});
