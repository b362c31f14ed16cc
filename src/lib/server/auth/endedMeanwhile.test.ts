/** Whoever asks is let in when a request begins; its body may come much later, from somebody who holds it back. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PASSWORD, type ApiClient } from '../testing/apiClient.fixture';
import { ApiLab } from '../testing/apiLab.fixture';
import { HeldBody } from '../testing/heldBody.fixture';
import { png } from '../pictures/png.fixture';

const TOKEN = { name: 'bot', scopes: ['conversations:write'], days: 366 };
const GROUP = { kind: 'group', members: [] };
const JSON_TYPE = { 'content-type': 'application/json' };

let lab: ApiLab;
let root: ApiClient;
let alice: ApiClient;
beforeEach(async () => {
	lab = await new ApiLab().start();
	root = await lab.person('root');
	alice = await lab.person('alice');
});
afterEach(() => lab.stop());

/** Alice on another device. */
async function elsewhere(): Promise<ApiClient> {
	const client = lab.visitor();
	await client.post('/api/login', { username: 'alice', password: PASSWORD });
	return client;
}

/** What a request hears whose body comes only after `meanwhile`. */
async function heldBack(
	[method, path, body]: readonly [string, string, HeldBody],
	meanwhile: () => Promise<{ readonly status: number }>,
	{ who = alice, headers = {} }: { who?: ApiClient; headers?: Record<string, string> } = {}
) {
	const asked = who.send(method, path, body.stream, { ...JSON_TYPE, ...headers });
	await body.awaited;
	expect((await meanwhile()).status).toBeLessThan(300);
	body.release();
	const { status, body: answer } = await asked;
	return [status, answer?.error?.code];
}

const suspend = () => root.patch(`/api/admin/users/${alice.id}`, { suspended: true });
const tokensOf = async (who: ApiClient) => (await who.get('/api/tokens')).body.tokens;

describe('a request whose session ended while its body was coming is refused', () => {
	const makeToken = () => ['POST', '/api/tokens', HeldBody.json(TOKEN)] as const;

	it('by its owner, elsewhere', async () => {
		const phone = await elsewhere();
		expect(await heldBack(makeToken(), () => phone.delete('/api/sessions'))).toEqual([401, 'not_logged_in']);
		expect(await tokensOf(phone)).toEqual([]);
	});

	it('by a new password', async () => {
		const phone = await elsewhere();
		const change = () =>
			phone.post('/api/password/change', { password: PASSWORD, newPassword: 'wool and long walks' });
		expect(await heldBack(makeToken(), change)).toEqual([401, 'not_logged_in']);
		expect(await tokensOf(phone)).toEqual([]);
	});

	it('by a suspension', async () => {
		const { conversation } = (await alice.post('/api/conversations', GROUP)).body;
		const message = HeldBody.json({ conversationId: conversation.id, text: 'one more word' });
		expect(await heldBack(['POST', '/api/messages/send', message], suspend)).toEqual([401, 'not_logged_in']);
	});

	it('by the end of the account, which owns nothing afterwards', async () => {
		const phone = await elsewhere();
		const group = HeldBody.json({ ...GROUP, members: [root.id] });
		const end = () => phone.delete('/api/me', { password: PASSWORD });
		expect(await heldBack(['POST', '/api/conversations', group], end)).toEqual([401, 'account_deleted']);
		expect((await root.get('/api/conversations')).body.conversations).toEqual([]);
	});

	it('by the end of its token', async () => {
		const { token, apiToken } = (await alice.post('/api/tokens', TOKEN)).body;
		const program = { who: lab.visitor(), headers: { authorization: `Bearer ${token}` } };
		const revoke = () => alice.delete(`/api/tokens/${apiToken.id}`);
		const group = ['POST', '/api/conversations', HeldBody.json(GROUP)] as const;
		expect(await heldBack(group, revoke, program)).toEqual([401, 'not_logged_in']);
		expect((await alice.get('/api/conversations')).body.conversations).toEqual([]);
	});

	it('where the route reads the body itself', async () => {
		const phone = await elsewhere();
		const picture = new HeldBody(png({ width: 3, height: 2 }));
		const headers = { 'content-type': 'image/png' };
		const end = () => phone.delete('/api/sessions');
		const heard = await heldBack(['PUT', '/api/me/picture', picture], end, { headers });
		expect(heard).toEqual([401, 'not_logged_in']);
		expect((await phone.get('/api/me')).body.user.picture).toBeUndefined();
	});
});

it('a command that came before is told its answer to nobody whose session has ended', async () => {
	const [phone, id] = [await elsewhere(), { 'idempotency-key': 'once' }];
	expect((await alice.post('/api/conversations', GROUP, id)).status).toBe(201);
	const again = ['POST', '/api/conversations', HeldBody.json(GROUP)] as const;
	const heard = await heldBack(again, () => phone.delete('/api/sessions'), { headers: id });
	expect(heard).toEqual([401, 'not_logged_in']);
});
