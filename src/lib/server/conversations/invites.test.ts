import Database from 'better-sqlite3';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GroupLab } from '../testing/groupLab.fixture';
import { codes, type ApiClient } from '../testing/apiClient.fixture';
import { INVITES_MAX, JOIN_AGAIN_AFTER_MS, JOIN_REQUESTS_MAX } from '../../domain/limits';

let lab: GroupLab;
beforeEach(async () => {
	lab = await new GroupLab().start();
});
afterEach(() => lab.stop());

const invite = (by: ApiClient, fields: object = {}, id?: string) =>
	by.post(`${lab.path}/invites`, fields, id === undefined ? {} : { 'idempotency-key': id });
const link = async (fields: object = {}): Promise<string> => (await invite(lab.owner, fields)).body.token;
const look = (by: ApiClient, token: string) => by.get(`/api/invites/${token}`);
const accept = (by: ApiClient, token: string, id?: string) =>
	by.send(
		'POST',
		`/api/invites/${token}/accept`,
		undefined,
		id === undefined ? {} : { 'idempotency-key': id }
	);
const list = async () => (await lab.owner.get(`${lab.path}/invites`)).body.invites;

describe('an invite link', () => {
	it('is made by owners and admins, with a token of 256 bits that is kept nowhere', async () => {
		for (const by of [lab.owner, lab.admin]) {
			const { status, body } = await invite(by, { hours: 1, uses: 3 });
			expect([status, body.invite.usesMax, body.invite.uses]).toEqual([201, 3, 0]);
			expect(body.invite.expiresAt - body.invite.createdAt).toBe(3_600_000);
			expect(Buffer.from(body.token, 'base64url')).toHaveLength(32);
			expect(JSON.stringify(await list())).not.toContain(body.token);
		}
		expect(await list()).toHaveLength(2);
	});

	it('is no affair of plain members and strangers', async () => {
		const { body } = await invite(lab.owner);
		for (const [by, status] of [
			[lab.member, 403],
			[lab.stranger, 404]
		] as const) {
			expect((await invite(by)).status).toBe(status);
			expect((await by.get(`${lab.path}/invites`)).status).toBe(status);
			expect((await by.send('DELETE', `${lab.path}/invites/${body.invite.id}`)).status).toBe(status);
		}
	});

	it('says to people without account what it leads to, and not who is there', async () => {
		const { status, body } = await look(lab.visitor(), await link());
		expect(status).toBe(200);
		expect(body).toEqual({
			name: 'Boats',
			description: '',
			members: 3,
			mustAsk: false,
			expiresAt: expect.any(Number)
		});
	});

	it('lets in who uses it, once, and tells it in the timeline', async () => {
		const token = await link();
		const first = await accept(lab.stranger, token);
		expect([first.status, first.body]).toEqual([201, { outcome: 'joined', conversationId: lab.group }]);
		expect(lab.roles()).toMatchObject({ sven: 'member' });
		expect((await lab.events()).at(-1)).toMatchObject({
			event: 'joined',
			by: lab.stranger.id,
			who: [lab.stranger.id]
		});
		const again = await accept(lab.stranger, token);
		expect([again.status, again.body.outcome]).toEqual([200, 'member']);
		expect((await list())[0].uses).toBe(1);
		expect((await look(lab.stranger, token)).body).toMatchObject({
			standing: 'member',
			conversationId: lab.group
		});
	});

	it('of which no use is left leads those on whom it has led there, and nobody else', async () => {
		const token = await link({ uses: 1 });
		await accept(lab.stranger, token);
		expect((await look(lab.stranger, token)).body).toMatchObject({
			standing: 'member',
			conversationId: lab.group
		});
		const again = await accept(lab.stranger, token);
		expect([again.status, again.body]).toEqual([200, { outcome: 'member', conversationId: lab.group }]);
		const other = await lab.person('otto');
		for (const by of [other, lab.visitor()])
			expect(codes(await look(by, token))).toEqual([404, 'no_such_invite']);
		expect(codes(await accept(other, token))).toEqual([404, 'no_such_invite']);
		// Once they are out it is as for anybody.
		await lab.remove(lab.stranger, lab.stranger);
		expect(codes(await accept(lab.stranger, token))).toEqual([404, 'no_such_invite']);
	});

	it('of which no use is left leads whoever it has had ask to where they wait', async () => {
		await lab.change(lab.owner, { joining: 'request' });
		const token = await link({ uses: 1 });
		await accept(lab.stranger, token);
		expect((await look(lab.stranger, token)).body).toMatchObject({ standing: 'asking' });
		expect((await accept(lab.stranger, token)).body.outcome).toBe('asked');
	});

	it('of which no use is left is listed as such until its time is over, and takes no place', async () => {
		const token = await link({ uses: 1, hours: 2 });
		await accept(lab.stranger, token);
		lab.nowMs += 1;
		for (let n = 0; n < INVITES_MAX; n++) expect((await invite(lab.owner)).status).toBe(201);
		expect((await list()).at(-1)).toMatchObject({ uses: 1, usesMax: 1 });
		lab.nowMs += 2 * 3_600_000;
		expect(await list()).toHaveLength(INVITES_MAX);
	});

	it('of which no use is left is forgotten, the oldest first, when there are many', async () => {
		for (let n = 0; n <= INVITES_MAX; n++) {
			lab.nowMs += 1;
			await accept(lab.stranger, await link({ uses: 1 }));
			await lab.remove(lab.stranger, lab.stranger);
		}
		const oldest = (await list()).at(-1);
		await link();
		expect(await list()).toHaveLength(INVITES_MAX + 1);
		expect((await list()).map(({ id }: { id: string }) => id)).not.toContain(oldest.id);
	});

	it('needs a session to be used', async () => {
		expect((await accept(lab.visitor(), await link())).status).toBe(401);
	});

	it.each(['nonsense', '..%2f..', 'x'.repeat(5_000), '%F0%9F%9B%B6'])(
		'that never was leads nowhere: %s',
		async (token) => {
			expect(codes(await look(lab.visitor(), token))).toEqual([404, 'no_such_invite']);
			expect(codes(await accept(lab.stranger, token))).toEqual([404, 'no_such_invite']);
		}
	);

	it('leads nowhere once it has expired', async () => {
		const token = await link({ hours: 1 });
		lab.nowMs += 3_600_000;
		expect(codes(await look(lab.visitor(), token))).toEqual([404, 'no_such_invite']);
		expect(codes(await accept(lab.stranger, token))).toEqual([404, 'no_such_invite']);
		expect(await list()).toEqual([]);
	});

	it('leads nowhere once it is revoked', async () => {
		const { body } = await invite(lab.owner);
		const revoke = () => lab.admin.send('DELETE', `${lab.path}/invites/${body.invite.id}`);
		expect((await revoke()).status).toBe(204);
		expect(codes(await accept(lab.stranger, body.token))).toEqual([404, 'no_such_invite']);
		expect(codes(await revoke())).toEqual([404, 'no_such_invite']);
	});

	it('cannot be revoked through another group', async () => {
		const { body } = await invite(lab.owner);
		const other = await lab.stranger.post('/api/conversations', { kind: 'group', members: [] });
		const path = `/api/conversations/${other.body.conversation.id}/invites/${body.invite.id}`;
		expect((await lab.stranger.send('DELETE', path)).status).toBe(404);
		expect((await look(lab.visitor(), body.token)).status).toBe(200);
	});

	it('whose last use two people take at once lets one of them in', async () => {
		const token = await link({ uses: 1 });
		const other = await lab.person('otto');
		const answers = await Promise.all([accept(lab.stranger, token), accept(other, token)]);
		expect(answers.map(({ status }) => status).sort()).toEqual([201, 404]);
		expect(await list()).toMatchObject([{ uses: 1, usesMax: 1 }]);
	});

	it('made twice under one id is one, and its token is told the first time alone', async () => {
		const first = await invite(lab.owner, {}, 'one');
		const again = await invite(lab.owner, {}, 'one');
		expect([again.status, again.body]).toEqual([201, { invite: first.body.invite }]);
		expect(await list()).toHaveLength(1);
	});

	it('used twice under one id counts once', async () => {
		const token = await link({ uses: 2 });
		const first = await accept(lab.stranger, token, 'one');
		await lab.remove(lab.stranger, lab.stranger);
		const again = await accept(lab.stranger, token, 'one');
		expect([again.status, again.body]).toEqual([first.status, first.body]);
		expect(lab.roles()).not.toHaveProperty('sven');
		expect((await list())[0].uses).toBe(1);
	});

	it.each([
		['no hours', { hours: 0 }, 'hours'],
		['hours for ever', { hours: 24 * 366 }, 'hours'],
		['half an hour', { hours: 0.5 }, 'hours'],
		['no uses', { uses: 0 }, 'uses'],
		['uses that are no number', { uses: 'many' }, 'uses']
	])('with %s is refused', async (_, fields, field) => {
		const { status, body } = await invite(lab.owner, fields);
		expect([status, body.error.field]).toEqual([400, field]);
	});

	it('is one of so many at most', async () => {
		for (let i = 0; i < INVITES_MAX; i++) await invite(lab.owner, { hours: 1 });
		expect(codes(await invite(lab.owner))).toEqual([409, 'too_many_invites']);
		lab.nowMs += 3_600_000;
		expect((await invite(lab.owner)).status).toBe(201);
	});

	it('makes whoever was removed ask, however open the group is', async () => {
		const token = await link();
		await lab.remove(lab.owner, lab.member);
		expect((await look(lab.member, token)).body.mustAsk).toBe(true);
		expect((await accept(lab.member, token)).body.outcome).toBe('asked');
		expect(lab.roles()).not.toHaveProperty('mia');
	});

	it.each([
		['is removed', () => lab.remove(lab.owner, lab.admin)],
		['is made a member', () => lab.setRole(lab.owner, lab.admin, 'member')],
		['steps down', () => lab.setRole(lab.admin, lab.admin, 'member')],
		['leaves', () => lab.remove(lab.admin, lab.admin)]
	])('ends when the admin who made it %s, and those of others hold', async (_, happens) => {
		const { body } = await invite(lab.admin);
		const others = await link();
		expect((await happens()).status).toBeLessThan(300);
		expect(codes(await look(lab.visitor(), body.token))).toEqual([404, 'no_such_invite']);
		expect(codes(await accept(lab.stranger, body.token))).toEqual([404, 'no_such_invite']);
		expect(await list()).toHaveLength(1);
		expect((await accept(lab.stranger, others)).status).toBe(201);
	});

	it('does not come back when the right to make it does', async () => {
		const { body } = await invite(lab.admin);
		await lab.setRole(lab.owner, lab.admin, 'member');
		await lab.setRole(lab.owner, lab.admin, 'admin');
		expect(codes(await accept(lab.stranger, body.token))).toEqual([404, 'no_such_invite']);
	});

	it('holds on when its owner hands the group over, who still may make some', async () => {
		const token = await link();
		await lab.setRole(lab.owner, lab.admin, 'owner', true);
		expect((await accept(lab.stranger, token)).status).toBe(201);
	});

	it('admits nobody while whoever made it is suspended', async () => {
		const { body } = await invite(lab.admin);
		const suspend = (suspended: boolean) =>
			lab.owner.patch(`/api/admin/users/${lab.admin.id}`, { suspended });
		await suspend(true);
		expect(codes(await accept(lab.stranger, body.token))).toEqual([404, 'no_such_invite']);
		await suspend(false);
		expect((await accept(lab.stranger, body.token)).status).toBe(201);
	});

	it('counts a person once, however often they leave and come again', async () => {
		const token = await link({ uses: 2 });
		for (let n = 0; n < 4; n++) {
			expect((await accept(lab.stranger, token)).body.outcome).toBe('joined');
			await lab.remove(lab.stranger, lab.stranger);
		}
		expect((await list())[0].uses).toBe(1);
		expect((await accept(await lab.person('otto'), token)).status).toBe(201);
		expect(await list()).toMatchObject([{ uses: 2, usesMax: 2 }]);
	});

	it('lets whoever left by themselves in again', async () => {
		const token = await link();
		await lab.remove(lab.member, lab.member);
		expect((await accept(lab.member, token)).body.outcome).toBe('joined');
	});
});

describe('asking to join', () => {
	let token: string;
	beforeEach(async () => {
		await lab.change(lab.owner, { joining: 'request' });
		token = await link();
	});
	const answer = (method: 'POST' | 'DELETE', by: ApiClient, who: ApiClient) =>
		by.send(method, `${lab.path}/requests/${who.id}`);

	it('is told to the group, and to whoever asks', async () => {
		const { status, body } = await accept(lab.stranger, token);
		expect([status, body.outcome]).toEqual([202, 'asked']);
		expect(lab.facts()[`asking/${lab.stranger.id}`]).toMatchObject({ username: 'sven' });
		expect(lab.directory(lab.stranger)[`asked/${lab.group}`]).toEqual({ name: 'Boats' });
		expect((await look(lab.stranger, token)).body.standing).toBe('asking');
		expect((await lab.stranger.get(lab.path)).status).toBe(404);
	});

	it('once more asks no more, and uses the link no more', async () => {
		await accept(lab.stranger, token);
		expect((await accept(lab.stranger, token)).body.outcome).toBe('asked');
		expect((await list())[0].uses).toBe(1);
	});

	it.each(['owner', 'admin'] as const)('is answered with yes by the %s', async (role) => {
		await accept(lab.stranger, token);
		expect((await answer('POST', lab[role], lab.stranger)).status).toBe(201);
		expect(lab.roles()).toMatchObject({ sven: 'member' });
		expect(lab.facts()[`asking/${lab.stranger.id}`]).toBeNull();
		expect(lab.directory(lab.stranger)).toMatchObject({
			[`asked/${lab.group}`]: null,
			[`conversation/${lab.group}`]: { kind: 'group' }
		});
		expect((await lab.events()).at(-1)).toMatchObject({ event: 'joined', by: lab[role].id });
	});

	const asked = () => lab.directory(lab.stranger)[`asked/${lab.group}`];

	it('counts a person once, who takes it back and asks again', async () => {
		const counted = await link({ uses: 2 });
		for (let n = 0; n < 4; n++) {
			expect((await accept(lab.stranger, counted)).status).toBe(202);
			await answer('DELETE', lab.stranger, lab.stranger);
		}
		expect((await list()).map(({ uses }: { uses: number }) => uses).sort()).toEqual([0, 1]);
	});

	it('is answered with no, of which whoever asked is told, and may begin again after some days', async () => {
		await accept(lab.stranger, token);
		expect((await answer('DELETE', lab.admin, lab.stranger)).status).toBe(204);
		expect(lab.facts()[`asking/${lab.stranger.id}`]).toBeNull();
		expect(asked()).toEqual({ name: 'Boats', declined: true });
		expect((await look(lab.stranger, token)).body.standing).toBeUndefined();
		for (const method of ['POST', 'DELETE'] as const)
			expect(codes(await answer(method, lab.admin, lab.stranger))).toEqual([404, 'no_such_request']);
		lab.nowMs += JOIN_AGAIN_AFTER_MS;
		expect((await accept(lab.stranger, token)).status).toBe(202);
		expect(asked()).toEqual({ name: 'Boats' });
		expect(lab.facts()[`asking/${lab.stranger.id}`]).toMatchObject({ username: 'sven' });
	});

	it('waits after a no, also where that was put away, whatever the link, and says how long', async () => {
		await accept(lab.stranger, token);
		await answer('DELETE', lab.admin, lab.stranger);
		const again = lab.nowMs + JOIN_AGAIN_AFTER_MS;
		const refused = async (by: string) => {
			const { status, body, headers } = await accept(lab.stranger, by);
			return [status, body.error.code, Number(headers.get('retry-after'))];
		};
		const dayS = 24 * 3_600;
		expect(await refused(token)).toEqual([429, 'declined_lately', JOIN_AGAIN_AFTER_MS / 1_000]);
		expect((await answer('DELETE', lab.stranger, lab.stranger)).status).toBe(204);
		lab.nowMs += dayS * 1_000;
		expect(await refused(await link())).toEqual([429, 'declined_lately', JOIN_AGAIN_AFTER_MS / 1_000 - dayS]);
		expect((await look(lab.stranger, token)).body).toMatchObject({ mustAsk: true, askAgainAt: again });
		expect((await look(lab.visitor(), token)).body).not.toHaveProperty('askAgainAt');
		expect(lab.facts()[`asking/${lab.stranger.id}`]).toBeNull();
		lab.nowMs = again;
		expect((await look(lab.stranger, token)).body).not.toHaveProperty('askAgainAt');
		expect((await accept(lab.stranger, token)).status).toBe(202);
	});

	it('that is refused again waits again, under the command that was refused before', async () => {
		await accept(lab.stranger, token);
		await answer('DELETE', lab.admin, lab.stranger);
		expect((await accept(lab.stranger, token, 'one')).status).toBe(429);
		lab.nowMs += JOIN_AGAIN_AFTER_MS;
		expect((await accept(lab.stranger, token, 'one')).status).toBe(202);
		await answer('DELETE', lab.admin, lab.stranger);
		expect((await accept(lab.stranger, token)).status).toBe(429);
	});

	it('is no longer needed, and not waited for, once the group lets everybody in', async () => {
		await accept(lab.stranger, token);
		await answer('DELETE', lab.admin, lab.stranger);
		await lab.change(lab.owner, { joining: 'open' });
		expect((await look(lab.stranger, token)).body).not.toHaveProperty('askAgainAt');
		expect((await accept(lab.stranger, token)).status).toBe(201);
	});

	it('leaves nothing once whoever was refused has put that away', async () => {
		await accept(lab.stranger, token);
		await answer('DELETE', lab.admin, lab.stranger);
		expect((await answer('DELETE', lab.stranger, lab.stranger)).status).toBe(204);
		expect(asked()).toBeNull();
		expect(codes(await answer('DELETE', lab.stranger, lab.stranger))).toEqual([404, 'no_such_request']);
	});

	it('leaves nothing once whoever was refused is added after all', async () => {
		await accept(lab.stranger, token);
		await answer('DELETE', lab.admin, lab.stranger);
		expect((await lab.add(lab.admin, lab.stranger)).status).toBe(201);
		expect(asked()).toBeNull();
	});

	it('may be taken back by whoever asks', async () => {
		await accept(lab.stranger, token);
		expect((await answer('DELETE', lab.stranger, lab.stranger)).status).toBe(204);
		expect(asked()).toBeNull();
		expect(lab.facts()[`asking/${lab.stranger.id}`]).toBeNull();
		expect(codes(await answer('POST', lab.owner, lab.stranger))).toEqual([404, 'no_such_request']);
	});

	it('is never answered by plain members or strangers', async () => {
		await accept(lab.stranger, token);
		for (const method of ['POST', 'DELETE'] as const)
			expect(codes(await answer(method, lab.member, lab.stranger))).toEqual([403, 'not_allowed']);
		const other = await lab.person('otto');
		for (const method of ['POST', 'DELETE'] as const)
			expect((await answer(method, other, lab.stranger)).status).toBe(404);
	});

	it('is over once somebody adds them', async () => {
		await accept(lab.stranger, token);
		await lab.add(lab.owner, lab.stranger);
		expect(lab.facts()[`asking/${lab.stranger.id}`]).toBeNull();
	});

	it('is for so many at a time', async () => {
		const db = new Database(join(lab.folder, 'skein.db'));
		const insert = db.prepare(
			`INSERT INTO users (id, username, username_key, display_name, display_name_key, created_at)
			VALUES (@id, @id, @id, @id, @id, 0)`
		);
		for (let i = 0; i < JOIN_REQUESTS_MAX; i++) {
			const id = `${i}`.padStart(16, 'q');
			insert.run({ id });
			lab.server.invites.accept(id, token);
		}
		db.close();
		expect(codes(await accept(lab.stranger, token))).toEqual([409, 'too_many_requests_to_join']);
	});
});
