import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GroupLab } from '../testing/groupLab.fixture';
import { directConversationId } from '../../domain/ids';

let lab: GroupLab;
beforeEach(async () => {
	lab = await new GroupLab().start();
});
afterEach(() => lab.stop());

const codes = ({ status, body }: { status: number; body: { error?: { code: string } } }) => [
	status,
	body?.error?.code
];

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
