import { readFileSync } from 'node:fs';
import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ApiLab } from '../testing/apiLab.fixture';
import { codes, type ApiClient } from '../testing/apiClient.fixture';
import { Sessions } from './sessions';
import { openDatabase } from '../database';
import { relayAccess } from '../conversations/relayAccess';
import { BlockStore } from '../accounts/blockStore';
import { MemberStore } from '../conversations/memberStore';
import { readSettings } from '../settings';

const DAY_MS = 24 * 60 * 60_000;

let lab: ApiLab;
let alice: ApiClient;
beforeEach(async () => {
	lab = await new ApiLab().start();
	alice = await lab.person('alice');
});
afterEach(() => lab.stop());

const make = (scopes: string[], days = 30) => alice.post('/api/tokens', { name: 'bot', scopes, days });
const by = (token: string, path = '/api/me') => lab.visitor().get(path, { authorization: `Bearer ${token}` });

it('a token does what it was made for, as its user', async () => {
	const { status, body } = await make(['profile:read']);
	expect([status, body.apiToken.scopes]).toEqual([201, ['profile:read']]);
	expect((await by(body.token)).body.user.id).toBe(alice.id);
});

it('it makes no other tokens', async () => {
	const { body } = await make(['profile:read', 'profile:write']);
	const headers = { authorization: `Bearer ${body.token}` };
	const answer = await lab.visitor().post('/api/tokens', { name: 'x', scopes: ['sync'], days: 1 }, headers);
	expect([answer.status, answer.body.error.code]).toEqual([403, 'out_of_scope']);
});

it('it is told once, and its hash alone is on disk', async () => {
	const headers = { 'idempotency-key': 'one' };
	const request = { name: 'bot', scopes: ['sync'], days: 1 };
	const first = await alice.post('/api/tokens', request, headers);
	const again = await alice.post('/api/tokens', request, headers);
	expect([again.status, again.body]).toEqual([201, { apiToken: first.body.apiToken }]);
	expect((await alice.get('/api/tokens')).body.tokens).toEqual([first.body.apiToken]);
	for (const file of ['skein.db', 'skein.db-wal'])
		expect(readFileSync(join(lab.folder, file)).includes(first.body.token)).toBe(false);
});

it('it ends when it expires, and when it is revoked, whose sockets close then', async () => {
	const { token: short } = (await make(['profile:read'], 1)).body;
	const { token, apiToken } = (await make(['profile:read'], 2)).body;
	lab.nowMs += DAY_MS;
	expect([(await by(short)).status, (await by(token)).status]).toEqual([401, 200]);
	expect((await alice.delete(`/api/tokens/${apiToken.id}`)).status).toBe(204);
	expect((await by(token)).status).toBe(401);
	expect(lab.relay.droppedSessions).toEqual([`token:${apiToken.id}`]);
});

it('is no login that could be logged out: it says so, and goes on', async () => {
	const { token } = (await make(['profile:read'])).body;
	const { status, body } = await lab
		.visitor()
		.post('/api/logout', undefined, { authorization: `Bearer ${token}` });
	expect([status, body?.error?.code]).toEqual([403, 'out_of_scope']);
	expect((await by(token)).status).toBe(200);
	expect(lab.relay.droppedSessions).toEqual([]);
});

it('nobody revokes a token of others', async () => {
	const { token, apiToken } = (await make(['profile:read'])).body;
	const mallory = await lab.person('mallory');
	expect((await mallory.delete(`/api/tokens/${apiToken.id}`)).status).toBe(404);
	expect((await by(token)).status).toBe(200);
});

it('the relay opens to a token that may sync, and to no other', async () => {
	const tokens = [(await make(['sync'])).body.token, (await make(['messages:read'])).body.token];
	const db = openDatabase(join(lab.folder, 'skein.db'));
	const now = () => lab.nowMs;
	const sessions = new Sessions({ db, now, randomBytes: (length) => new Uint8Array(length) });
	const access = relayAccess(
		{ sessions, members: new MemberStore(db), blocks: new BlockStore(db) },
		readSettings({})
	);
	const upgrade = new IncomingMessage(new Socket());
	const callers = await Promise.all(
		tokens.map((token) => access.authenticate({ authorization: `Bearer ${token}` }, upgrade))
	);
	expect(callers.map((caller) => caller?.userId)).toEqual([alice.id, undefined]);
	expect(await access.isLoggedIn(callers[0]?.sessionId ?? '')).toBe(true);
	db.close();
});

it.each([{ scopes: [] }, { scopes: ['everything'] }, { days: 0 }, { days: 367 }, { name: ' ' }])(
	'none is made with %j',
	async (wrong) => {
		const request = { name: 'bot', scopes: ['sync'], days: 1, ...wrong };
		expect((await alice.post('/api/tokens', request)).status).toBe(400);
	}
);

it('a token that may send writes to whom its user writes with, and begins a conversation only if it may', async () => {
	const [bob, carol] = [await lab.person('bob'), await lab.person('carol')];
	await alice.post('/api/conversations', { kind: 'direct', members: [bob.id] });
	const send = async (scopes: string[], userId: string) => {
		const headers = { authorization: `Bearer ${(await make(scopes)).body.token}` };
		return codes(await lab.visitor().post('/api/messages/send', { userId, text: 'Psst' }, headers));
	};
	expect(await send(['messages:send'], bob.id)).toEqual([201, undefined]);
	expect(await send(['messages:send'], carol.id)).toEqual([403, 'out_of_scope']);
	expect((await alice.get(`/api/messages/conversation/${carol.id}`)).body.messages ?? []).toEqual([]);
	expect(await send(['messages:send', 'conversations:write'], carol.id)).toEqual([201, undefined]);
});

it('a token that may send deletes nothing', async () => {
	const { body } = await alice.post('/api/conversations', { kind: 'group', members: [] });
	const { conversation } = body;
	const sent = await alice.post('/api/messages/send', { conversationId: conversation.id, text: 'stays' });
	const path = `/api/conversations/${conversation.id}/messages/${sent.body.message.id}`;
	const remove = async (scopes: string[]) => {
		const headers = { authorization: `Bearer ${(await make(scopes)).body.token}` };
		return (await lab.visitor().send('DELETE', path, undefined, headers)).status;
	};
	expect(await remove(['messages:read', 'messages:send'])).toBe(403);
	expect(await remove(['messages:delete'])).toBe(204);
});
