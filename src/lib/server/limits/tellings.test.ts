import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ApiLab } from '../testing/apiLab.fixture';
import { PASSWORD, type ApiClient } from '../testing/apiClient.fixture';

/** An account may tell 300 people in a quarter of an hour, and an address 1,500. */
const HUNDREDTH = { SKEIN_RATE_FACTOR: '0.01' };
const QUARTER_MS = 15 * 60_000;

let lab: ApiLab;
let alice: ApiClient;
let bob: ApiClient;
let crowd: string[];
beforeEach(async () => {
	lab = await new ApiLab().start(undefined, HUNDREDTH);
	[alice, bob] = [await lab.person('alice'), await lab.person('bob')];
	crowd = Array.from({ length: 200 }, (_, n) => lab.userOf(`weaver${n}`));
});
afterEach(() => lab.stop());

const makeGroup = (by: ApiClient, members: readonly string[], headers = {}) =>
	by.post('/api/conversations', { kind: 'group', members }, headers);
const rename = (by: ApiClient, id: string, name: string) => by.patch(`/api/conversations/${id}`, { name });

describe('making groups of many', () => {
	it('is counted by how many it tells, and the largest is possible', async () => {
		const first = await makeGroup(alice, crowd);
		expect(first.status).toBe(201);
		const { status, body, headers } = await makeGroup(alice, crowd.slice(0, 1));
		expect([status, body.error.code]).toEqual([429, 'too_often']);
		expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
		expect(lab.server.conversations.list(alice.id).conversations).toHaveLength(1);
	});

	it('is counted when it is asked for many times at once', async () => {
		const answers = await Promise.all(Array.from({ length: 12 }, () => makeGroup(alice, crowd)));
		const made = answers.filter(({ status }) => status === 201).length;
		expect([made, answers.length - made]).toEqual([1, 11]);
	});

	it('keeps nobody from what others are not told of, nor anybody else from anything', async () => {
		const { id } = (await makeGroup(alice, [...crowd, bob.id])).body.conversation;
		const token = await alice.post('/api/tokens', { name: 'loom', scopes: ['sync'], days: 1 });
		expect(token.status).toBe(201);
		const message = { conversationId: id, text: 'Welcome.' };
		expect((await alice.post('/api/messages/send', message)).status).toBe(201);
		expect((await makeGroup(bob, crowd.slice(0, 1))).status).toBe(201);
	});

	it('is counted still when the server has been started anew, until a while later', async () => {
		await makeGroup(alice, crowd);
		await lab.server.relay.close();
		lab.server.closeDatabase();
		await lab.start(undefined, HUNDREDTH);
		expect((await makeGroup(alice, crowd)).status).toBe(429);
		lab.nowMs += QUARTER_MS;
		expect((await makeGroup(alice, crowd)).status).toBe(201);
	});

	it('is counted once, however often the same request comes', async () => {
		const headers = { 'idempotency-key': 'one' };
		const members = crowd.slice(0, 50);
		for (let n = 0; n < 4; n++) expect((await makeGroup(alice, members, headers)).status).toBe(201);
		expect((await makeGroup(alice, members)).status).toBe(201);
	});
});

it('changing a group of many is counted by how many are in it', async () => {
	const { id } = (await makeGroup(alice, crowd.slice(0, 99))).body.conversation;
	expect((await rename(alice, id, 'Fair')).status).toBe(200);
	expect((await rename(alice, id, 'Market')).status).toBe(429);
	expect(lab.server.conversations.read(alice.id, id).name).toBe('Fair');
});

it('changing one’s profile is counted by all who are told of it', async () => {
	await makeGroup(bob, [...crowd, alice.id]);
	expect((await alice.patch('/api/me', { displayName: 'Ann' })).status).toBe(200);
	expect((await alice.patch('/api/me', { displayName: 'Anna' })).status).toBe(200);
	expect((await alice.patch('/api/me', { displayName: 'Annabel' })).status).toBe(429);
	expect(lab.server.accounts.own(alice.id)?.displayName).toBe('Anna');
});

it('an address that comes with a name of which too many would be told is not kept either', async () => {
	await makeGroup(bob, [...crowd, alice.id]);
	for (const displayName of ['Ann', 'Anna']) await alice.patch('/api/me', { displayName });
	const both = { displayName: 'Annabel', email: 'ann@example.org', password: PASSWORD };
	expect((await alice.patch('/api/me', both)).status).toBe(429);
	expect(lab.server.accounts.own(alice.id)).toMatchObject({ displayName: 'Anna', email: undefined });
});

it('a message that begins a direct conversation counts as what it tells', async () => {
	await makeGroup(alice, crowd);
	const { status } = await alice.post('/api/messages/send', { userId: bob.id, text: 'Psst' });
	expect(status).toBe(429);
	expect(lab.server.conversations.directWith(alice.id, bob.id)).toBeUndefined();
});
