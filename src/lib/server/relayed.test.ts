/** The server with its real relay: what goes in by REST is in the documents that devices sync, and stays there. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { relayOnSqlite } from './app';
import { ApiLab } from './testing/apiLab.fixture';
import type { ApiClient } from './testing/apiClient.fixture';
import { decodeSystemBody } from '../domain/bodies';
import { readDirectory } from '../domain/directory';
import { KIND } from '../domain/entry';
import { foldFacts } from '../domain/facts';
import { readInfo } from '../domain/info';

const GROUP_ID = '018f0000-0000-7000-8000-000000000001';

let lab: ApiLab;
let alice: ApiClient;
let bob: ApiClient;
beforeEach(async () => {
	lab = await new ApiLab().start(relayOnSqlite);
	[alice, bob] = [await lab.person('alice', 'Alice'), await lab.person('bob', 'Bob')];
});
afterEach(() => lab.stop());

const createGroup = () =>
	alice.post('/api/conversations', { id: GROUP_ID, kind: 'group', members: [bob.id], name: 'Boats' });
const say = (by: ApiClient, text: string, key?: string) =>
	by.post('/api/messages/send', { conversationId: GROUP_ID, text, key });
const facts = async (room: string) => foldFacts(await lab.server.relay.entries(room));
const info = async () => readInfo(await facts(`info/${GROUP_ID}`));
const events = async () =>
	(await lab.server.relay.entries(`c/${GROUP_ID}/0`))
		.filter(({ kind }) => kind === KIND.system)
		.map(({ body }) => body && decodeSystemBody(body)?.event);

async function restart(): Promise<void> {
	await lab.server.relay.close();
	lab.server.closeDatabase();
	await lab.start(relayOnSqlite);
}

it('a conversation is in the info and the directories as soon as the answer is', async () => {
	const { status } = await createGroup();
	expect(status).toBe(201);
	expect(await info()).toMatchObject({ kind: 'group', name: 'Boats', live: 0 });
	expect([...((await info())?.members ?? [])]).toEqual(
		expect.arrayContaining([
			[alice.id, 'owner'],
			[bob.id, 'member']
		])
	);
	expect(readDirectory(await facts(`directory/${bob.id}`)).conversations.get(GROUP_ID)?.kind).toBe('group');
	expect(await events()).toEqual(['created']);
});

it('a new name replaces the old one in the documents', async () => {
	await createGroup();
	await alice.patch('/api/me', { displayName: 'Ann' });
	expect((await info())?.people.get(alice.id)?.displayName).toBe('Ann');
});

it('messages come back in order, from both, with their pages, after a restart too', async () => {
	await createGroup();
	for (const [by, text] of [
		[alice, '1'],
		[bob, '2'],
		[alice, '3']
	] as const)
		expect((await say(by, text)).status).toBe(201);
	const { body: before } = await bob.get(`/api/conversations/${GROUP_ID}/messages`);
	expect(before.messages.map(({ text }: { text: string }) => text)).toEqual(['1', '2', '3']);
	await restart();
	expect((await bob.get(`/api/conversations/${GROUP_ID}/messages`)).body).toEqual(before);
	const { body: page } = await bob.get(
		`/api/conversations/${GROUP_ID}/messages?limit=1&before=${before.messages[2].id}`
	);
	expect(page.messages).toEqual([before.messages[1]]);
});

it('a key is remembered across a restart', async () => {
	await createGroup();
	const first = await say(alice, 'once', 'k');
	await restart();
	expect((await say(alice, 'once', 'k')).body).toEqual(first.body);
	const many = await Promise.all(Array.from({ length: 5 }, () => say(bob, 'at once', 'k2')));
	expect(new Set(many.map(({ body }) => body.message.id)).size).toBe(1);
	expect((await alice.get(`/api/conversations/${GROUP_ID}/messages`)).body.messages).toHaveLength(2);
});

it('a server killed between the commit and the documents finishes them at its next start, once', async () => {
	await lab.server.relay.close();
	lab.server.closeDatabase();
	lab.relay.isStuck = true;
	await lab.start();
	void createGroup();
	await expect.poll(() => lab.server.conversations.list(alice.id).conversations).toHaveLength(1);
	lab.server.closeDatabase();
	await lab.start(relayOnSqlite);
	expect(await info()).toMatchObject({ kind: 'group', name: 'Boats' });
	expect(await events()).toEqual(['created']);
	await restart();
	expect(await events()).toEqual(['created']);
});
