import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codes, type ApiClient } from '../testing/apiClient.fixture';
import { GroupLab } from '../testing/groupLab.fixture';

let lab: GroupLab;
beforeEach(async () => {
	lab = await new GroupLab().start();
});
afterEach(() => lab.stop());

const suspend = ({ id }: ApiClient) => lab.server.administration.suspend(lab.owner.id, id);

describe('adding', () => {
	it('may be done by any member, and is told in the timeline, the info and the directory', async () => {
		const { status, body } = await lab.add(lab.member, lab.stranger);
		expect(status).toBe(201);
		expect(body.conversation.members.map(({ id }: { id: string }) => id)).toContain(lab.stranger.id);
		expect((await lab.events()).at(-1)).toMatchObject({
			event: 'joined',
			by: lab.member.id,
			who: [lab.stranger.id]
		});
		expect(lab.roles()).toMatchObject({ sven: 'member' });
		expect(lab.directory(lab.stranger)[`conversation/${lab.group}`]).toEqual({ kind: 'group' });
	});

	it('says when in the info, anew each time, and not of those who were there from the beginning', async () => {
		const told = (of: { id: string }) => lab.facts()[`member/${of.id}`];
		for (let time = 0; time < 2; time++) {
			lab.nowMs += 60_000;
			await lab.add(lab.owner, lab.stranger);
			expect(told(lab.stranger)).toEqual({ role: 'member', joined: lab.nowMs });
			await lab.remove(lab.owner, lab.stranger);
		}
		expect([told(lab.owner), told(lab.member)]).toEqual([{ role: 'owner' }, { role: 'member' }]);
	});

	it('counts from when it was asked for with no network, never from before the group or later than now', async () => {
		const began = lab.nowMs;
		lab.nowMs += 60_000;
		const joinedOf = async (at: number) => {
			const who = lab.userOf(`new${at}`);
			await lab.owner.post(`${lab.path}/members`, { userId: who, at });
			return (lab.facts()[`member/${who}`] as { joined?: number }).joined;
		};
		expect(await joinedOf(began + 5_000)).toBe(began + 5_000);
		expect(await joinedOf(lab.nowMs + 5_000)).toBe(lab.nowMs);
		// From the beginning on all of it is theirs.
		expect(await joinedOf(1)).toBeUndefined();
	});

	it('is for owners and admins where people have to ask', async () => {
		await lab.change(lab.owner, { joining: 'request' });
		expect(codes(await lab.add(lab.member, lab.stranger))).toEqual([403, 'not_allowed']);
		expect((await lab.add(lab.admin, lab.stranger)).status).toBe(201);
	});

	it('twice changes nothing more', async () => {
		await lab.add(lab.owner, lab.stranger);
		const events = await lab.events();
		expect((await lab.add(lab.owner, lab.stranger)).status).toBe(200);
		expect(await lab.events()).toEqual(events);
	});

	it('is refused to strangers, and of nobody', async () => {
		expect(codes(await lab.add(lab.stranger, lab.stranger))).toEqual([404, 'no_such_conversation']);
		const nobody = await lab.owner.post(`${lab.path}/members`, { userId: 'z'.repeat(16) });
		expect([...codes(nobody), nobody.body.error.field]).toEqual([400, 'unknown_user', 'userId']);
		expect((await lab.owner.post(`${lab.path}/members`, { userId: 'bob' })).status).toBe(400);
	});
});

describe('whoever is not in it any more', () => {
	const addAt = (by: ApiClient, who: ApiClient, at: number) =>
		by.post(`${lab.path}/members`, { userId: who.id, at });

	it('is not brought back by what was asked for before they were removed', async () => {
		const before = lab.nowMs;
		lab.nowMs += 60_000;
		await lab.remove(lab.owner, lab.member);
		const events = await lab.events();
		for (const by of [lab.owner, lab.admin])
			expect(codes(await addAt(by, lab.member, before))).toEqual([409, 'gone_meanwhile']);
		expect(lab.roles()).toEqual({ olga: 'owner', adam: 'admin' });
		expect(await lab.events()).toEqual(events);
		expect((await addAt(lab.admin, lab.member, lab.nowMs)).status).toBe(201);
	});

	it('nor by what was asked for before they left', async () => {
		const before = lab.nowMs;
		lab.nowMs += 60_000;
		await lab.remove(lab.member, lab.member);
		expect(codes(await addAt(lab.owner, lab.member, before))).toEqual([409, 'gone_meanwhile']);
		expect(lab.roles()).toEqual({ olga: 'owner', adam: 'admin' });
	});

	it('comes back by whoever admits people if they were removed, and by nobody else', async () => {
		await lab.add(lab.owner, lab.stranger);
		await lab.remove(lab.owner, lab.stranger);
		expect(codes(await lab.add(lab.member, lab.stranger))).toEqual([403, 'was_removed']);
		expect(lab.roles()).not.toHaveProperty('sven');
		expect((await lab.add(lab.admin, lab.stranger)).status).toBe(201);
		// They are as anybody from then on.
		await lab.remove(lab.stranger, lab.stranger);
		expect((await lab.add(lab.member, lab.stranger)).status).toBe(201);
	});

	it('is told in the info, and how they went, until they are in it again', async () => {
		const told = (of: ApiClient) => lab.facts()[`gone/${of.id}`];
		lab.nowMs += 60_000;
		await lab.remove(lab.owner, lab.member);
		await lab.remove(lab.admin, lab.admin);
		expect(told(lab.member)).toEqual({ removed: true, at: lab.nowMs });
		expect(told(lab.admin)).toEqual({ removed: false, at: lab.nowMs });
		await lab.add(lab.owner, lab.member);
		expect(told(lab.member)).toBeNull();
	});
});

describe('what somebody asks for as who was in it since then', () => {
	const rename = (joined: number | string, name = 'Late') =>
		lab.admin.send('PATCH', lab.path, JSON.stringify({ name }), { 'x-skein-joined': `${joined}` });
	const joined = () => (lab.facts()[`member/${lab.admin.id}`] as { joined?: number }).joined ?? 0;
	async function backAgain(by: ApiClient): Promise<void> {
		lab.nowMs += 60_000;
		await lab.remove(by, lab.admin);
		await lab.add(lab.owner, lab.admin);
		await lab.setRole(lab.owner, lab.admin, 'admin');
	}

	it.each(['removed', 'gone by themselves'])(
		'is refused once they were %s, though they are in it again',
		async (how) => {
			for (let time = 0; time < 2; time++) {
				const before = joined();
				await backAgain(how === 'removed' ? lab.owner : lab.admin);
				expect(codes(await rename(before))).toEqual([409, 'out_meanwhile']);
			}
			expect(lab.facts().name).toBe('Boats');
		}
	);

	it('is done for who was in it all the time, or asks as who is in it again', async () => {
		expect((await rename(joined(), 'First')).status).toBe(200);
		await backAgain(lab.owner);
		expect((await rename(joined(), 'Second')).status).toBe(200);
		expect(lab.facts().name).toBe('Second');
	});

	it.each([
		['stood still', 0],
		['was set back to before the group began', -86_400_000]
	])('is told from what they ask as who is in it again, though the clock %s', async (_how, ms) => {
		const before = joined();
		lab.nowMs += ms;
		for (let time = 0; time < 2; time++) {
			await lab.remove(lab.owner, lab.admin);
			await lab.add(lab.owner, lab.admin);
			await lab.setRole(lab.owner, lab.admin, 'admin');
			expect(codes(await rename(before))).toEqual([409, 'out_meanwhile']);
			expect((await rename(joined(), `Late ${time}`)).status).toBe(200);
		}
	});

	it('is refused without a membership as everything is, and if it is no time', async () => {
		await lab.remove(lab.owner, lab.admin);
		expect(codes(await rename(0))).toEqual([404, 'no_such_conversation']);
		expect(codes(await rename('yesterday'))).toEqual([400, 'invalid']);
	});
});

describe('removing', () => {
	it('takes a member out of everything, at once', async () => {
		expect((await lab.remove(lab.admin, lab.member)).status).toBe(204);
		expect(lab.relay.droppedMembers).toEqual([[lab.group, lab.member.id]]);
		expect(lab.roles()).toEqual({ olga: 'owner', adam: 'admin' });
		expect(lab.directory(lab.member)[`conversation/${lab.group}`]).toBeNull();
		expect((await lab.events()).at(-1)).toMatchObject({
			event: 'removed',
			by: lab.admin.id,
			who: [lab.member.id]
		});
		expect((await lab.member.get(lab.path)).status).toBe(404);
		expect((await lab.member.get(`${lab.path}/messages`)).status).toBe(404);
		expect((await lab.say(lab.member, 'still here?')).status).toBe(404);
	});

	it('leaves their name to those who stay', async () => {
		await lab.remove(lab.owner, lab.member);
		expect(lab.facts()[`person/${lab.member.id}`]).toMatchObject({ username: 'mia' });
		await lab.member.patch('/api/me', { displayName: 'Maria' });
		await lab.change(lab.owner, { name: 'Ships' });
		expect(lab.facts()[`person/${lab.member.id}`]).toMatchObject({ displayName: 'Maria' });
	});

	it('wins over what they change at the same time', async () => {
		await lab.setRole(lab.owner, lab.member, 'admin');
		const [removed, renamed] = await Promise.all([
			lab.remove(lab.owner, lab.member),
			lab.change(lab.member, { name: 'Mine' })
		]);
		expect([removed.status, renamed.status]).toEqual([204, 404]);
		expect(lab.facts().name).toBe('Boats');
	});

	it('of somebody who is not in it is refused, whoever they are', async () => {
		expect(codes(await lab.remove(lab.owner, lab.stranger))).toEqual([404, 'no_such_member']);
		const nobody = await lab.owner.send('DELETE', `${lab.path}/members/nobody`);
		expect(codes(nobody)).toEqual([404, 'no_such_member']);
	});

	it('and adding again begins a new membership', async () => {
		await lab.remove(lab.owner, lab.member);
		await lab.add(lab.owner, lab.member);
		expect(lab.roles()).toMatchObject({ mia: 'member' });
		expect(lab.directory(lab.member)[`conversation/${lab.group}`]).toEqual({ kind: 'group' });
	});

	const roles = ['owner', 'admin', 'member'] as const;
	const allowed = ['owner admin', 'owner member', 'admin member'];
	it.each(roles.flatMap((by) => roles.map((who) => [by, who] as const)).filter(([by, who]) => by !== who))(
		'%s by %s as the table of permissions says',
		async (by, who) => {
			const { status } = await lab.remove(lab[by], lab[who]);
			expect(status).toBe(allowed.includes(`${by} ${who}`) ? 204 : 403);
		}
	);
});

describe('leaving', () => {
	it.each(['admin', 'member'] as const)('is free to the %s', async (role) => {
		expect((await lab.remove(lab[role], lab[role])).status).toBe(204);
		expect((await lab.events()).at(-1)).toMatchObject({ event: 'left', by: lab[role].id });
		expect(lab.relay.droppedMembers).toEqual([[lab.group, lab[role].id]]);
	});

	it('is refused to the last owner, until somebody else owns the group', async () => {
		expect(codes(await lab.remove(lab.owner, lab.owner))).toEqual([409, 'last_owner']);
		await lab.setRole(lab.owner, lab.member, 'owner');
		expect((await lab.remove(lab.owner, lab.owner)).status).toBe(204);
		expect(lab.roles()).toEqual({ adam: 'admin', mia: 'owner' });
	});

	it('is refused to the last owner who may log in, though a suspended one is there', async () => {
		await lab.setRole(lab.owner, lab.member, 'owner');
		suspend(lab.member);
		expect(codes(await lab.remove(lab.owner, lab.owner))).toEqual([409, 'last_owner']);
		for (const role of ['admin', 'member'])
			expect(codes(await lab.setRole(lab.owner, lab.owner, role))).toEqual([409, 'last_owner']);
		expect(lab.roles()).toMatchObject({ olga: 'owner' });
		await lab.setRole(lab.owner, lab.admin, 'owner');
		expect((await lab.remove(lab.owner, lab.owner)).status).toBe(204);
	});

	it('is free to an owner beside whom all are suspended, and leaves them an owner', async () => {
		for (const who of [lab.member, lab.admin]) suspend(who);
		expect((await lab.remove(lab.owner, lab.owner)).status).toBe(204);
		expect(lab.roles()).toEqual({ adam: 'owner', mia: 'member' });
	});

	it('of two owners at once leaves one', async () => {
		await lab.setRole(lab.owner, lab.member, 'owner');
		const answers = await Promise.all([lab.remove(lab.owner, lab.owner), lab.remove(lab.member, lab.member)]);
		expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
		expect(Object.values(lab.roles())).toContain('owner');
	});

	it('is free to whoever is alone in it', async () => {
		for (const who of [lab.admin, lab.member]) await lab.remove(lab.owner, who);
		expect((await lab.remove(lab.owner, lab.owner)).status).toBe(204);
	});

	it('is refused to strangers', async () => {
		expect((await lab.remove(lab.stranger, lab.stranger)).status).toBe(404);
	});
});

describe('roles', () => {
	it('are given by owners, and told to all', async () => {
		const { status, body } = await lab.setRole(lab.owner, lab.member, 'admin');
		expect([status, body.conversation.members.at(-1).role]).toEqual([200, 'admin']);
		expect(lab.roles()).toMatchObject({ mia: 'admin' });
		expect((await lab.events()).at(-1)).toMatchObject({
			event: 'role',
			by: lab.owner.id,
			who: [lab.member.id],
			name: 'admin'
		});
	});

	it('are never given by admins or members', async () => {
		for (const by of [lab.admin, lab.member])
			for (const role of ['owner', 'admin'])
				expect(codes(await lab.setRole(by, lab.member, role))).toEqual([403, 'not_allowed']);
		expect(lab.roles()).toMatchObject({ mia: 'member' });
	});

	it('of another owner stay as they are', async () => {
		await lab.setRole(lab.owner, lab.admin, 'owner');
		expect(codes(await lab.setRole(lab.owner, lab.admin, 'member'))).toEqual([403, 'not_allowed']);
	});

	it('may be laid down by oneself, but for the last owner’s', async () => {
		expect((await lab.setRole(lab.admin, lab.admin, 'member')).status).toBe(200);
		expect(codes(await lab.setRole(lab.owner, lab.owner, 'member'))).toEqual([409, 'last_owner']);
	});

	it('are handed over in one step', async () => {
		await lab.setRole(lab.owner, lab.member, 'owner', true);
		expect(lab.roles()).toEqual({ olga: 'admin', adam: 'admin', mia: 'owner' });
		expect((await lab.events()).at(-1)).toMatchObject({ event: 'handed-over', who: [lab.member.id] });
		expect(codes(await lab.setRole(lab.owner, lab.admin, 'member'))).toEqual([403, 'not_allowed']);
	});

	it('are not handed over to whoever is suspended', async () => {
		suspend(lab.member);
		expect(codes(await lab.setRole(lab.owner, lab.member, 'owner', true))).toEqual([409, 'last_owner']);
		expect(lab.roles()).toMatchObject({ olga: 'owner', mia: 'member' });
	});

	it('of an owner stay so while they are alone in it', async () => {
		for (const who of [lab.admin, lab.member]) await lab.remove(lab.owner, who);
		expect(codes(await lab.setRole(lab.owner, lab.owner, 'member'))).toEqual([409, 'last_owner']);
		expect(lab.roles()).toEqual({ olga: 'owner' });
	});

	it('are not changed over what somebody else changed meanwhile, unseen', async () => {
		await lab.setRole(lab.owner, lab.admin, 'owner');
		await lab.setRole(lab.admin, lab.member, 'admin');
		const change = (role: string, was: string) =>
			lab.owner.patch(`${lab.path}/members/${lab.member.id}`, { role, was });
		const answer = await change('owner', 'member');
		expect([...codes(answer), answer.body.error.field]).toEqual([409, 'changed_meanwhile', 'role']);
		expect(lab.roles()).toMatchObject({ mia: 'admin' });
		// Both wanted the same, or it is as it was seen.
		expect((await change('admin', 'member')).status).toBe(200);
		expect((await change('member', 'admin')).status).toBe(200);
	});

	it('twice the same is no news', async () => {
		const events = await lab.events();
		expect((await lab.setRole(lab.owner, lab.admin, 'admin')).status).toBe(200);
		expect(await lab.events()).toEqual(events);
	});

	it.each(['king', '', 7, undefined])('that there are not are refused: %s', async (role) => {
		const { status, body } = await lab.owner.patch(`${lab.path}/members/${lab.member.id}`, { role });
		expect([status, body.error.field]).toEqual([400, 'role']);
	});
});

describe('somebody who goes for good', () => {
	it('leaves each group with an owner', async () => {
		const left = lab.server.membership.leaveAll(lab.owner.id);
		await lab.server.projector.bringUp();
		expect(left).toEqual([lab.group]);
		expect(lab.roles()).toEqual({ adam: 'owner', mia: 'member' });
	});

	it('leaves it to one who may log in, though a suspended one owns it or has been there longer', async () => {
		await lab.setRole(lab.owner, lab.admin, 'owner');
		suspend(lab.admin);
		lab.server.membership.leaveAll(lab.owner.id);
		await lab.server.projector.bringUp();
		expect(lab.roles()).toEqual({ adam: 'owner', mia: 'owner' });
	});
});
