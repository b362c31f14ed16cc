import { deflateSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { png } from '../pictures/png.fixture';
import { codes, type ApiClient } from '../testing/apiClient.fixture';
import { GroupLab } from '../testing/groupLab.fixture';
import { directConversationId } from '../../domain/ids';

let lab: GroupLab;
beforeEach(async () => {
	lab = await new GroupLab().start();
});
afterEach(() => lab.stop());

describe('a group is described', () => {
	it.each(['owner', 'admin'] as const)('by its %s, and every member hears of it', async (role) => {
		const { status, body } = await lab.change(lab[role], { name: ' Ships ', description: 'All\nof them' });
		expect(status).toBe(200);
		expect(body.conversation).toMatchObject({ name: 'Ships', description: 'All\nof them' });
		expect(lab.facts()).toMatchObject({ name: 'Ships', description: 'All\nof them' });
		expect((await lab.events()).slice(-2)).toMatchObject([
			{ event: 'renamed', by: lab[role].id, name: 'Ships' },
			{ event: 'described', by: lab[role].id, name: undefined }
		]);
	});

	it('never by a plain member, nor by a stranger', async () => {
		expect(codes(await lab.change(lab.member, { name: 'Ships' }))).toEqual([403, 'not_allowed']);
		expect(codes(await lab.change(lab.stranger, { name: 'Ships' }))).toEqual([404, 'no_such_conversation']);
		expect(lab.facts().name).toBe('Boats');
	});

	it('and what is the same already is no news', async () => {
		const before = (await lab.events()).length;
		expect((await lab.change(lab.owner, { name: 'Boats', history: 'start' })).status).toBe(200);
		expect(await lab.events()).toHaveLength(before);
	});

	it('may have no name and no description any more', async () => {
		await lab.change(lab.owner, { description: 'All of them' });
		const { body } = await lab.change(lab.owner, { name: '', description: ' ' });
		expect(body.conversation).toMatchObject({ name: '', description: '' });
		expect(lab.facts()).toMatchObject({ name: '', description: null });
	});

	it('not over what somebody else changed meanwhile, unseen', async () => {
		await lab.change(lab.admin, { name: 'Ships', was: { name: 'Boats' } });
		const answer = await lab.change(lab.owner, { name: 'Rafts', was: { name: 'Boats' } });
		expect([...codes(answer), answer.body.error.field]).toEqual([409, 'changed_meanwhile', 'name']);
		expect(lab.facts().name).toBe('Ships');
		// Both wanted the same: nobody's change is lost.
		expect((await lab.change(lab.owner, { name: 'Ships', was: { name: 'Boats' } })).status).toBe(200);
	});

	it('never of two people', async () => {
		const id = directConversationId(lab.owner.id, lab.member.id);
		await lab.owner.post('/api/conversations', { kind: 'direct', members: [lab.member.id] });
		expect(codes(await lab.owner.patch(`/api/conversations/${id}`, { name: 'Us' }))).toEqual([
			409,
			'direct_conversation'
		]);
		for (const [method, path, body] of [
			['DELETE', `members/${lab.owner.id}`, undefined],
			['PATCH', `members/${lab.member.id}`, '{"role":"admin"}'],
			['POST', 'invites', '{}'],
			['GET', 'invites', undefined],
			['POST', `requests/${lab.stranger.id}`, undefined]
		] as const) {
			const answer = await lab.owner.send(method, `/api/conversations/${id}/${path}`, body);
			expect([path, ...codes(answer)]).toEqual([path, 409, 'direct_conversation']);
		}
	});

	it.each([
		['a name over its length', { name: 'x'.repeat(81) }, 'name'],
		['a name on two lines', { name: 'a\nb' }, 'name'],
		['a description over its length', { description: 'x'.repeat(501) }, 'description'],
		['a history that there is not', { history: 'never' }, 'history'],
		['a way of joining that there is not', { joining: 7 }, 'joining']
	])('never with %s', async (_, fields, field) => {
		const { status, body } = await lab.change(lab.owner, fields);
		expect([status, body.error.field]).toEqual([400, field]);
	});

	it.each(['nonsense', '018f0000-0000-7000-8000-00000000000f', "d-'; DROP TABLE users"])(
		'never under an id that is nobody’s: %s',
		async (id) => {
			const path = `/api/conversations/${encodeURIComponent(id)}`;
			expect((await lab.owner.patch(path, { name: 'x' })).status).toBe(404);
			expect((await lab.owner.get(path)).status).toBe(404);
			expect((await lab.owner.get(`${path}/invites`)).status).toBe(404);
		}
	);
});

describe('the picture of a group', () => {
	const SMALL = png({ width: 3, height: 2 });
	const set = (by: ApiClient, bytes = SMALL) => by.upload(`${lab.path}/picture`, bytes, 'image/png');
	const takeAway = (by: ApiClient) => by.delete(`${lab.path}/picture`);

	it.each(['owner', 'admin'] as const)('is set and taken away by its %s, and told to all', async (role) => {
		const { status, body } = await set(lab[role]);
		const { picture } = body.conversation;
		expect([status, picture]).toEqual([200, expect.stringMatching(/^[\w-]{43}$/)]);
		expect(lab.facts()).toMatchObject({ picture });
		expect((await lab.member.download(`/api/pictures/${picture}`)).status).toBe(200);
		expect((await takeAway(lab[role])).body.conversation.picture).toBeUndefined();
		expect(lab.facts()).toMatchObject({ picture: null });
		expect((await lab.member.download(`/api/pictures/${picture}`)).status).toBe(404);
		expect((await lab.events()).slice(-2)).toMatchObject([
			{ event: 'picture', by: lab[role].id, name: 'changed' },
			{ event: 'picture', by: lab[role].id, name: 'removed' }
		]);
	});

	it('is neither set nor taken away by a plain member, nor by a stranger', async () => {
		await set(lab.owner);
		const { picture } = lab.facts();
		for (const change of [set, takeAway]) {
			expect(codes(await change(lab.member))).toEqual([403, 'not_allowed']);
			expect(codes(await change(lab.stranger))).toEqual([404, 'no_such_conversation']);
		}
		expect(lab.facts()).toMatchObject({ picture });
	});

	it('is not set over one that somebody else has set meanwhile, unseen, nor taken away', async () => {
		const { picture } = (await set(lab.admin)).body.conversation;
		const over = (was: string, bytes: Uint8Array) =>
			lab.owner.upload(`${lab.path}/picture?was=${was}`, bytes, 'image/png');
		const other = png({ width: 1, height: 1, pixels: deflateSync(Buffer.from([0, 255, 255, 255])) });
		for (const was of ['none', 'x'.repeat(43)]) {
			const answer = await over(was, other);
			expect([...codes(answer), answer.body.error.field]).toEqual([409, 'changed_meanwhile', 'picture']);
			expect(codes(await lab.owner.delete(`${lab.path}/picture?was=${was}`))[1]).toBe('changed_meanwhile');
		}
		expect(lab.facts()).toMatchObject({ picture });
		// Both wanted the same, or it is as it was seen.
		expect((await over('none', SMALL)).status).toBe(200);
		expect((await lab.owner.delete(`${lab.path}/picture?was=${picture}`)).status).toBe(200);
		expect((await over('none', SMALL)).status).toBe(200);
	});

	it('is no picture of two people', async () => {
		const id = directConversationId(lab.owner.id, lab.member.id);
		await lab.owner.post('/api/conversations', { kind: 'direct', members: [lab.member.id] });
		const answer = await lab.owner.upload(`/api/conversations/${id}/picture`, SMALL, 'image/png');
		expect(codes(answer)).toEqual([409, 'direct_conversation']);
	});

	it('that is the same already is no news, and none is none', async () => {
		await takeAway(lab.owner);
		await set(lab.owner);
		const events = await lab.events();
		expect((await set(lab.admin)).status).toBe(200);
		expect(await lab.events()).toEqual(events);
		expect(events.filter((event) => event?.event === 'picture')).toHaveLength(1);
	});

	it('stays while a person has the same one, and goes with the last', async () => {
		const { picture } = (await set(lab.owner)).body.conversation;
		await lab.member.upload('/api/me/picture', SMALL, 'image/png');
		await takeAway(lab.owner);
		expect((await lab.owner.download(`/api/pictures/${picture}`)).status).toBe(200);
		await lab.member.delete('/api/me/picture');
		expect((await lab.owner.download(`/api/pictures/${picture}`)).status).toBe(404);
	});

	it('is what the link into the group shows', async () => {
		const { picture } = (await set(lab.owner)).body.conversation;
		const { token } = (await lab.owner.post(`${lab.path}/invites`, {})).body;
		expect((await lab.stranger.get(`/api/invites/${token}`)).body.picture).toBe(picture);
	});

	it('comes once, though its command comes again after it was taken away or its sender is gone: that tells how it stands', async () => {
		const send = () =>
			lab.admin.send('PUT', `${lab.path}/picture`, SMALL, {
				'content-type': 'image/png',
				'idempotency-key': 'one'
			});
		const first = await send();
		expect(first.body.conversation.picture).toBeDefined();
		await takeAway(lab.owner);
		const second = await send();
		expect(second.status).toBe(first.status);
		expect(second.body.conversation).toMatchObject({ id: first.body.conversation.id });
		expect(second.body.conversation.picture).toBeUndefined();
		await lab.remove(lab.owner, lab.admin);
		const third = await send();
		expect(third.status).toBe(first.status);
		expect(third.body.conversation.members).toEqual([]);
		expect(lab.facts()).toMatchObject({ picture: null });
	});

	it('that was refused stays refused under its id', async () => {
		const send = () =>
			lab.member.send('PUT', `${lab.path}/picture`, SMALL, {
				'content-type': 'image/png',
				'idempotency-key': 'one'
			});
		expect(codes(await send())).toEqual([403, 'not_allowed']);
		await lab.setRole(lab.owner, lab.member, 'admin');
		expect(codes(await send())).toEqual([403, 'not_allowed']);
		expect(lab.facts().picture).toBeUndefined();
	});
});

describe('how people come in and what they read', () => {
	it('is said by owners and admins alone, and told in the timeline', async () => {
		expect(codes(await lab.change(lab.member, { joining: 'request' }))).toEqual([403, 'not_allowed']);
		await lab.change(lab.admin, { history: 'joining', joining: 'request' });
		expect(lab.facts()).toMatchObject({ history: 'joining', joining: 'request' });
		expect((await lab.events()).slice(-2)).toMatchObject([
			{ event: 'history', name: 'joining', by: lab.admin.id },
			{ event: 'joining', name: 'request', by: lab.admin.id }
		]);
	});
});
