import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ApiLab } from '../testing/apiLab.fixture';
import { codes, type ApiClient } from '../testing/apiClient.fixture';

let lab: ApiLab;
let alice: ApiClient;
let bob: ApiClient;
let carol: ApiClient;
beforeEach(async () => {
	lab = await new ApiLab().start();
	[alice, bob, carol] = [
		await lab.person('alice'),
		await lab.person('bob', 'Bob'),
		await lab.person('carol')
	];
});
afterEach(() => lab.stop());

const block = (by: ApiClient, whom: { id: string }, headers?: Record<string, string>) =>
	by.send('PUT', `/api/blocks/${whom.id}`, undefined, headers);
const unblock = (by: ApiClient, whom: { id: string }) => by.send('DELETE', `/api/blocks/${whom.id}`);
const startDirect = (by: ApiClient, other: ApiClient) =>
	by.post('/api/conversations', { kind: 'direct', members: [other.id] });
const startGroup = (by: ApiClient, ...others: ApiClient[]) =>
	by.post('/api/conversations', { kind: 'group', members: others.map(({ id }) => id), name: 'Boats' });
const directory = ({ id }: ApiClient) => lab.relay.facts(`directory/${id}`);
describe('blocking somebody', () => {
	it('stands in the directory of who blocks, and nowhere that the other could see', async () => {
		const before = { theirs: directory(bob), found: (await bob.get('/api/users?search=alice')).body };
		expect((await block(alice, bob)).status).toBe(204);
		expect(directory(alice)[`block/${bob.id}`]).toEqual({ username: 'bob', displayName: 'Bob' });
		expect(directory(bob)).toEqual(before.theirs);
		expect((await bob.get('/api/users?search=alice')).body).toEqual(before.found);
		expect((await bob.get(`/api/users/${alice.id}`)).status).toBe(200);
		expect((await alice.get('/api/blocks')).body.users).toMatchObject([{ id: bob.id }]);
		expect((await bob.get('/api/blocks')).body.users).toEqual([]);
	});

	it('is taken back, and both may begin again', async () => {
		await block(alice, bob);
		expect((await unblock(alice, bob)).status).toBe(204);
		expect(directory(alice)[`block/${bob.id}`] ?? null).toBeNull();
		expect((await startDirect(bob, alice)).status).toBe(201);
	});

	it('twice, or taking back what is not, changes nothing', async () => {
		const key = { 'idempotency-key': '018f0000-0000-7000-8000-00000000000a' };
		for (const headers of [key, key, {}]) expect((await block(alice, bob, headers)).status).toBe(204);
		expect((await alice.get('/api/blocks')).body.users).toHaveLength(1);
		expect((await unblock(alice, carol)).status).toBe(204);
		await unblock(alice, bob);
		// The same command, come late: it was done once and is not done again.
		expect((await block(alice, bob, key)).status).toBe(204);
		expect((await alice.get('/api/blocks')).body.users).toEqual([]);
	});

	it('is refused of oneself, of nobody, and to who is not logged in', async () => {
		expect(codes(await block(alice, alice))).toEqual([400, 'invalid']);
		expect(codes(await block(alice, { id: 'z'.repeat(16) }))).toEqual([404, 'no_such_user']);
		expect(codes(await block(lab.visitor(), bob))).toEqual([401, 'not_logged_in']);
	});

	it('shows the name that they have now', async () => {
		await block(alice, bob);
		await bob.patch('/api/me', { displayName: 'Robert' });
		expect(directory(alice)[`block/${bob.id}`]).toMatchObject({ displayName: 'Robert' });
	});
});

describe('where one has blocked the other', () => {
	it('no direct conversation begins, from neither side, and both are told the same', async () => {
		await block(alice, bob);
		const answers = [await startDirect(bob, alice), await startDirect(alice, bob)];
		expect(answers.map(codes)).toEqual([
			[403, 'out_of_reach'],
			[403, 'out_of_reach']
		]);
		expect(answers[0]!.body).toEqual(answers[1]!.body);
		const byMessage = await bob.post('/api/messages/send', { userId: alice.id, text: 'hello' });
		expect(codes(byMessage)).toEqual([403, 'out_of_reach']);
		expect(lab.server.conversations.list(alice.id).conversations).toEqual([]);
	});

	it('a direct conversation that there was goes on', async () => {
		const { body } = await startDirect(alice, bob);
		await block(alice, bob);
		expect((await startDirect(bob, alice)).status).toBe(200);
		const sent = await bob.post('/api/messages/send', {
			conversationId: body.conversation.id,
			text: 'hello'
		});
		expect(sent.status).toBe(201);
	});

	it('the blocked one brings them into no group, neither a new one nor one that there is', async () => {
		const { body } = await startGroup(bob, carol);
		await block(alice, bob);
		expect(codes(await startGroup(bob, carol, alice))).toEqual([403, 'out_of_reach']);
		const path = `/api/conversations/${body.conversation.id}/members`;
		expect(codes(await bob.post(path, { userId: alice.id }))).toEqual([403, 'out_of_reach']);
		expect((await carol.post(path, { userId: alice.id })).status).toBe(201);
	});

	it('who blocks may bring the other into a group', async () => {
		await block(alice, bob);
		expect((await startGroup(alice, bob, carol)).status).toBe(201);
	});
});
