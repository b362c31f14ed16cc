import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { relayOnSqlite } from '../app';
import { encodeSetBody, decodeMessageBody } from '../../domain/bodies';
import { KIND } from '../../domain/entry';
import { NAME_HELD_MS } from '../../domain/limits';
import { PASSWORD, type ApiClient } from '../testing/apiClient.fixture';
import { FakeRelay } from '../testing/fakeRelay.fixture';
import { GroupLab } from '../testing/groupLab.fixture';
import { SmtpLab } from '../mail/smtp.fixture';
import { USER_HEADER } from '../../protocol/headers';

let lab: GroupLab;
beforeEach(async () => void (lab = await new GroupLab().start()));
afterEach(() => lab.stop());

const remove = (who: ApiClient, fields: object = {}) =>
	who.delete('/api/me', { password: PASSWORD, ...fields });
const register = (username: string) => lab.visitor().post('/api/register', { username, password: PASSWORD });
const texts = async () =>
	(await lab.relay.entries(`c/${lab.group}/0`))
		.filter(({ kind }) => kind === KIND.message)
		.map(({ body }) => body && decodeMessageBody(body)?.text);

describe('deleting an account', () => {
	it('needs the password', async () => {
		const { status, body } = await remove(lab.member, { password: 'not hers at all' });
		expect([status, body.error.code, body.error.field]).toEqual([403, 'wrong_password', 'password']);
		expect((await lab.member.get('/api/me')).status).toBe(200);
		expect((await lab.member.delete('/api/me', {})).status).toBe(400);
		expect((await remove(lab.visitor())).status).toBe(401);
	});

	it('logs out everywhere, for good', async () => {
		const phone = await lab.visitor().post('/api/login', { username: 'mia', password: PASSWORD });
		const { cookie } = lab.member;
		expect((await remove(lab.member)).status).toBe(204);
		expect(lab.member.cookie).toBeUndefined();
		const opened: Record<string, string>[] = [
			{ cookie: cookie! },
			{ authorization: `Bearer ${phone.body.token}` }
		];
		for (const headers of opened) expect((await lab.visitor().get('/api/me', headers)).status).toBe(401);
		expect(lab.relay.droppedSessions).toHaveLength(2);
		const again = await lab.visitor().post('/api/login', { username: 'mia', password: PASSWORD });
		expect([again.status, again.body.error.code]).toEqual([401, 'wrong_login']);
	});

	it('closes what a personal API token holds open as well, and keeps no such token', async () => {
		const request = { name: 'bot', scopes: ['sync'], days: 1 };
		const { apiToken } = (await lab.member.post('/api/tokens', request)).body;
		const ofOther = (await lab.owner.post('/api/tokens', request)).body.apiToken;
		await remove(lab.member, { erase: true });
		expect(lab.relay.droppedSessions).toContain(`token:${apiToken.id}`);
		expect(lab.server.sessions.tokens.of(lab.member.id)).toEqual([]);
		expect((await lab.owner.get('/api/tokens')).body.tokens).toEqual([ofOther]);
	});

	it('is told to the devices of that account, and to no other', async () => {
		await remove(lab.member);
		const asked = (id: string) => lab.visitor().get('/api/me', { [USER_HEADER]: id });
		expect((await asked(lab.member.id)).body.error.code).toBe('account_deleted');
		expect((await asked(lab.owner.id)).body.error.code).toBe('not_logged_in');
	});

	it('takes the person out of search and from their address at once', async () => {
		expect((await lab.owner.get('/api/users?search=mia')).body.users).toHaveLength(1);
		await remove(lab.member);
		expect((await lab.owner.get('/api/users?search=mia')).body.users).toEqual([]);
		expect((await lab.owner.get('/api/users?search=')).body.users).toHaveLength(3);
		expect((await lab.owner.get(`/api/users/${lab.member.id}`)).status).toBe(404);
	});

	it('leaves nothing that they were called in the files of the database', async () => {
		const zora = await lab.person('zora.quixote', 'Zora Quixotic');
		await zora.patch('/api/me', { about: 'Zora tilts at mills' });
		const held = () =>
			['', '-wal'].filter((end) =>
				/zora q|zora tilts/i.test(readFileSync(join(lab.folder, `skein.db${end}`), 'latin1'))
			);
		expect(held()).not.toEqual([]);
		await remove(zora);
		expect(held()).toEqual([]);
	});

	it('lets nobody begin something with them any more', async () => {
		await remove(lab.stranger);
		expect((await lab.add(lab.owner, lab.stranger)).body.error.code).toBe('unknown_user');
		const direct = { kind: 'direct', members: [lab.stranger.id] };
		expect((await lab.owner.post('/api/conversations', direct)).body.error.code).toBe('unknown_user');
	});

	it('leaves a person without a name in history, and a line that says that they left', async () => {
		await lab.say(lab.member, 'I was here');
		await remove(lab.member);
		await expect
			.poll(() => lab.facts()[`person/${lab.member.id}`])
			.toEqual({ username: '', displayName: '' });
		expect(lab.facts()).not.toHaveProperty(`member/${lab.member.id}`, expect.anything());
		await expect
			.poll(async () => (await lab.events()).at(-1))
			.toMatchObject({
				event: 'left',
				who: [lab.member.id]
			});
		expect(await texts()).toEqual(['I was here']);
	});

	it('takes the name out of groups that they once were in, and from who has a direct conversation with them', async () => {
		await lab.remove(lab.member, lab.member);
		const { body } = await lab.owner.post('/api/conversations', { kind: 'direct', members: [lab.member.id] });
		await remove(lab.member);
		await expect
			.poll(() => lab.facts()[`person/${lab.member.id}`])
			.toEqual({ username: '', displayName: '' });
		await expect
			.poll(() => lab.directory(lab.owner)[`conversation/${body.conversation.id}`])
			.toEqual({ kind: 'direct', peer: lab.member.id, username: '', displayName: '' });
	});

	it('says nothing in the directory any more', async () => {
		await remove(lab.member);
		await expect
			.poll(() => Object.values(lab.directory(lab.member)).filter((value) => value !== null))
			.toEqual([]);
	});

	it('unblocks whoever they blocked, and is in nobody’s list', async () => {
		await lab.owner.send('PUT', `/api/blocks/${lab.member.id}`);
		await remove(lab.member);
		expect((await lab.owner.get('/api/blocks')).body.users).toEqual([]);
		await expect.poll(() => lab.directory(lab.owner)[`block/${lab.member.id}`]).toBeNull();
	});

	it('is told to the address', async () => {
		const smtp = await SmtpLab.start();
		lab.server.closeDatabase();
		await lab.start(undefined, smtp.env);
		await lab.member.patch('/api/me', { email: 'mia@example.org', password: PASSWORD });
		await remove(lab.member);
		await expect
			.poll(() => smtp.mails.map(({ read }) => read))
			.toEqual([expect.stringContaining('was deleted')]);
		await smtp.stop();
	});
});

describe('the groups of whoever deletes their account', () => {
	it('pass from the only owner to the admin who has been there longest', async () => {
		await lab.setRole(lab.owner, lab.member, 'admin');
		await remove(lab.owner, { successor: lab.stranger.id });
		await expect.poll(() => lab.facts()[`member/${lab.admin.id}`]).toEqual({ role: 'owner' });
		expect(lab.facts()[`member/${lab.member.id}`]).toEqual({ role: 'admin' });
	});

	it('pass to the member who has been there longest where there is no admin', async () => {
		await lab.remove(lab.admin, lab.admin);
		lab.nowMs += 1;
		await lab.add(lab.owner, lab.stranger);
		await remove(lab.owner, { successor: lab.stranger.id });
		await expect.poll(() => lab.facts()[`member/${lab.member.id}`]).toEqual({ role: 'owner' });
	});

	it('stay with the other owners', async () => {
		await lab.setRole(lab.owner, lab.member, 'owner');
		await remove(lab.owner, { successor: lab.stranger.id });
		await expect.poll(() => lab.facts()[`member/${lab.owner.id}`]).toBeNull();
		expect(lab.roles()).toMatchObject({ adam: 'admin', mia: 'owner' });
	});
});

describe('the username of a deleted account', () => {
	it('is free again after 30 days, and not before, however it is spelt', async () => {
		await remove(lab.member);
		lab.nowMs += NAME_HELD_MS - 1;
		for (const name of ['mia', 'MÍA']) expect((await register(name)).body.error.code).toBe('username_taken');
		lab.nowMs += 1;
		expect((await register('mia')).status).toBe(201);
		expect((await lab.owner.get('/api/users?search=mia')).body.users).toHaveLength(1);
	});
});

describe('what a deleted user wrote', () => {
	it('stays, if they do not say otherwise; what they alone could read goes', async () => {
		const set = { kind: KIND.set, body: encodeSetBody({ key: 'draft/x/y', value: { t: 'secret' } }) };
		await lab.relay.append(`home/${lab.member.id}`, lab.member.id, [set]);
		await lab.say(lab.member, 'I was here');
		await remove(lab.member);
		await expect
			.poll(async () => (await lab.relay.entries(`home/${lab.member.id}`)).filter(({ body }) => body))
			.toEqual([]);
		expect(await texts()).toEqual(['I was here']);
	});

	it('goes from all conversations if they want it so, those left before among them', async () => {
		await lab.say(lab.member, 'mine');
		await lab.say(lab.owner, 'hers');
		await lab.remove(lab.owner, lab.member);
		await remove(lab.member, { erase: true });
		await expect.poll(texts).toEqual([undefined, 'hers']);
		expect(await lab.events()).toContainEqual(expect.objectContaining({ event: 'erased' }));
	});

	it('goes though the server is killed right after the answer', async () => {
		await lab.say(lab.member, 'mine');
		lab.relay.isStuck = true;
		await remove(lab.member, { erase: true });
		lab.server.closeDatabase();
		lab.relay.isStuck = false;
		await lab.start();
		await expect.poll(texts).toEqual([undefined]);
		expect(lab.facts()[`person/${lab.member.id}`]).toEqual({ username: '', displayName: '' });
	});

	describe('in many conversations', () => {
		const progress = async () => (await lab.owner.get('/api/admin/erasures')).body.erasures;
		/** Rooms that are asked to erase from now on; from the given one on the relay does not answer. */
		function watchErasures(stuckFrom = Infinity): string[] {
			const asked: string[] = [];
			const erase = FakeRelay.prototype.erase.bind(lab.relay);
			vi.spyOn(lab.relay, 'erase').mockImplementation((...given) =>
				asked.push(given[0]) > stuckFrom ? new Promise(() => {}) : erase(...given)
			);
			return asked;
		}
		beforeEach(async () => {
			for (let i = 0; i < 9; i++) {
				const group = { kind: 'group', members: [lab.owner.id], name: `Boats ${i}` };
				const { conversation } = (await lab.member.post('/api/conversations', group)).body;
				await lab.member.post('/api/messages/send', { conversationId: conversation.id, text: 'mine' });
			}
			await lab.say(lab.member, 'mine');
		});

		it('goes on after a restart where the server was killed, and administrators see how far it is', async () => {
			const before = watchErasures(6);
			await remove(lab.member, { erase: true });
			await expect
				.poll(progress)
				.toEqual([{ user: lab.member.id, since: lab.nowMs, conversations: 10, done: 6 }]);
			expect((await lab.admin.get('/api/admin/erasures')).status).toBe(403);
			lab.server.closeDatabase();
			const after = watchErasures();
			await lab.start();
			await expect.poll(progress).toEqual([]);
			expect(after).toHaveLength(4);
			expect(new Set([...before.slice(0, 6), ...after]).size).toBe(10);
			expect(await texts()).toEqual([undefined]);
		});

		it('holds up nothing else while it goes on', async () => {
			watchErasures(0);
			await remove(lab.member, { erase: true });
			await expect.poll(progress).toMatchObject([{ done: 0 }]);
			expect((await lab.change(lab.owner, { name: 'Ships' })).status).toBe(200);
			expect(lab.facts().name).toBe('Ships');
		});

		it('goes from the others though one of them cannot be read, and from that one later', async () => {
			const erase = lab.relay.erase.bind(lab.relay);
			const damaged = vi.spyOn(lab.relay, 'erase').mockImplementation(async (room, ...given) => {
				if (room === `c/${lab.group}/0`) throw new Error('the room is damaged');
				await erase(room, ...given);
			});
			await remove(lab.member, { erase: true });
			await expect.poll(progress).toMatchObject([{ conversations: 10, done: 9 }]);
			damaged.mockImplementation(erase);
			await remove(lab.stranger);
			await expect.poll(progress).toEqual([]);
			expect(await texts()).toEqual([undefined]);
		});
	});

	it('is found in no file of the server afterwards', async () => {
		await lab.stop();
		lab = new GroupLab();
		await lab.start(relayOnSqlite);
		await lab.say(lab.member, 'TEXT-THAT-GOES');
		await lab.say(lab.owner, 'TEXT-THAT-STAYS');
		const files = () =>
			readdirSync(lab.folder)
				.filter((file) => file.startsWith('skein.db'))
				.map((file) => readFileSync(join(lab.folder, file), 'latin1'))
				.join('');
		const left = () => files().match(/TEXT-THAT-(GOES|STAYS)/g) ?? [];
		expect(new Set(left())).toContain('TEXT-THAT-GOES');
		await remove(lab.member, { erase: true });
		await expect.poll(() => [...new Set(left())]).toEqual(['TEXT-THAT-STAYS']);
	});
});

it('no name of theirs is in any file, nor in a repeated answer', async () => {
	await lab.stop();
	lab = new GroupLab();
	await lab.start(relayOnSqlite);
	const bob = await lab.person('bob', 'Robert-Realname');
	const headers = { 'idempotency-key': 'one' };
	const begin = () => lab.owner.post('/api/conversations', { kind: 'direct', members: [bob.id] }, headers);
	const files = () => readdirSync(lab.folder).map((file) => readFileSync(join(lab.folder, file), 'latin1'));
	expect((await begin()).body.conversation.members).toMatchObject([{}, { displayName: 'Robert-Realname' }]);
	expect(files().join('')).toContain('Robert-Realname');
	await remove(bob, { erase: true });
	await expect.poll(() => lab.server.erasures.progress()).toEqual([]);
	await lab.server.projector.bringUp();
	const again = await begin();
	expect(again.status).toBe(201);
	expect(again.body.conversation.members).toMatchObject([{}, { id: bob.id, displayName: '' }]);
	await lab.server.relay.close();
	lab.server.closeDatabase();
	expect(files().filter((file) => /Robert-Realname/i.test(file))).toEqual([]);
	await lab.start(relayOnSqlite);
});
