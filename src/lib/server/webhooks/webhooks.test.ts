import Database from 'better-sqlite3';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Webhook } from 'standardwebhooks';
import { relayOnSqlite } from '../app';
import { ApiLab } from '../testing/apiLab.fixture';
import type { ApiClient } from '../testing/apiClient.fixture';
import { callWebhookWith } from './callWebhook';
import { Receiver } from './receiver.fixture';
import { encodeEditBody } from '../../domain/annotationBodies';
import { KIND, parseEntryId } from '../../domain/entry';

const HERE = { SKEIN_WEBHOOK_ADDRESSES: '127.0.0.1' };
const HOUR_MS = 3_600_000;

let lab: ApiLab;
let receiver: Receiver;
let alice: ApiClient;
let bob: ApiClient;
let group: string;

beforeEach(async () => {
	receiver = await new Receiver().start();
	lab = new ApiLab();
	lab.nowMs = Date.now();
	await lab.start(relayOnSqlite, HERE);
	[alice, bob] = [await lab.person('alice'), await lab.person('bob')];
	const made = await alice.post('/api/conversations', { kind: 'group', name: 'Looms', members: [bob.id] });
	group = made.body.conversation.id;
});
afterEach(async () => {
	receiver.stop();
	await lab.stop();
});

const path = () => `/api/conversations/${group}/webhooks`;
const make = (webhook: object, by = alice) => by.post(path(), { name: 'Weather', ...webhook });
const call = (token: string, message: object) => lab.visitor().post(`/api/hooks/${token}`, message);
const say = (text: string, by = bob) => by.post('/api/messages/send', { conversationId: group, text });
const texts = async () =>
	(await bob.get(`/api/conversations/${group}/messages`)).body.messages.map(
		({ text }: { text: string }) => text
	);
const only = async () => (await alice.get(path())).body.webhooks[0];

/** Another process on the same data, at the time it is now. */
async function restart(env: Record<string, string> = HERE): Promise<void> {
	await lab.server.relay.close();
	lab.server.closeDatabase();
	await lab.start(relayOnSqlite, env);
}

describe('somebody’s webhooks end with all else that acts for them, and nobody else’s', () => {
	const ways: Record<string, () => Promise<unknown>> = {
		'a link sets their password': async () => {
			const { token } = (await alice.post(`/api/admin/users/${bob.id}/reset`)).body;
			return lab.visitor().post('/api/password/reset', { token, password: 'wool and long walks' });
		},
		'an administrator ends their sessions': () => alice.delete(`/api/admin/users/${bob.id}/sessions`)
	};

	it.each(Object.entries(ways))('once %s', async (_, end) => {
		await alice.patch(`/api/conversations/${group}/members/${bob.id}`, { role: 'admin' });
		const [ofAlice, ofBob] = [(await make({})).body, (await make({}, bob)).body];
		await make({ url: receiver.url }, bob);
		await say('before', alice);
		await expect.poll(() => receiver.texts).toEqual(['before']);
		expect(await end()).toMatchObject({ status: 204 });
		expect((await call(ofBob.token, { text: 'as bob' })).body.error?.code).toBe('no_such_webhook');
		expect((await alice.get(path())).body.webhooks).toEqual([ofAlice.webhook]);
		await make({ url: receiver.url });
		await call(ofAlice.token, { text: 'as alice' });
		await expect.poll(() => receiver.texts).toEqual(['before', 'as alice']);
	});
});

describe('a webhook that takes messages in', () => {
	it('posts in the name of who made it, once for each key', async () => {
		const { token } = (await make({})).body;
		const first = await call(token, { text: 'It rains.', key: 'rain' });
		const second = await call(token, { text: 'It rains.', key: 'rain' });
		expect([first.status, second.status]).toEqual([201, 201]);
		expect(first.body.message).toMatchObject({ author: alice.id, text: 'It rains.', conversationId: group });
		expect(second.body).toEqual(first.body);
		expect(await texts()).toEqual(['It rains.']);
	});

	it('refuses a message with one key in its body and another in its header', async () => {
		const { token } = (await make({})).body;
		const message = { text: 'It rains.', key: 'rain' };
		const { status, body } = await lab
			.visitor()
			.post(`/api/hooks/${token}`, message, { 'idempotency-key': 'snow' });
		expect([status, body.error]).toMatchObject([400, { code: 'invalid', field: 'key' }]);
		expect(await texts()).toEqual([]);
	});

	it('tells its token once, and the list tells no secret', async () => {
		const made = await make({});
		expect(made.body.webhook).toMatchObject({ name: 'Weather', direction: 'in', madeBy: alice.id });
		expect(JSON.stringify((await bob.get(path())).body)).not.toContain(made.body.token);
		expect((await bob.get(path())).body.webhooks).toEqual([made.body.webhook]);
	});

	it('shares its keys with no other', async () => {
		const [one, other] = [(await make({})).body.token, (await make({})).body.token];
		await call(one, { text: 'from one', key: '1' });
		await call(other, { text: 'from the other', key: '1' });
		expect(await texts()).toEqual(['from one', 'from the other']);
	});

	it('opens nothing once it was taken away, its maker has left, is suspended or has deleted their account', async () => {
		const refused = async (token: string) => (await call(token, { text: 'x' })).body.error.code;
		const gone = (await make({})).body;
		await alice.delete(`${path()}/${gone.webhook.id}`);
		expect(await refused(gone.token)).toBe('no_such_webhook');

		await alice.patch(`/api/conversations/${group}/members/${bob.id}`, { role: 'admin' });
		const ofBob = (await make({}, bob)).body.token;
		expect((await call(ofBob, { text: 'as bob' })).status).toBe(201);
		await alice.patch(`/api/admin/users/${bob.id}`, { suspended: true });
		expect(await refused(ofBob)).toBe('no_such_webhook');
		await alice.patch(`/api/admin/users/${bob.id}`, { suspended: false });
		expect((await call(ofBob, { text: 'as bob again' })).status).toBe(201);
		await alice.delete(`/api/conversations/${group}/members/${bob.id}`);
		expect(await refused(ofBob)).toBe('no_such_webhook');
	});

	it('posts nothing for a maker who is put out while the message is on its way', async () => {
		await alice.patch(`/api/conversations/${group}/members/${bob.id}`, { role: 'admin' });
		const { token } = (await make({}, bob)).body;
		const waits = vi.spyOn(lab.server.projector, 'bringUpConversation');
		waits.mockImplementationOnce(async () => {
			await alice.delete(`/api/conversations/${group}/members/${bob.id}`);
		});
		expect((await call(token, { text: 'too late' })).body.error?.code).toBe('no_such_webhook');
		expect((await alice.get(`/api/conversations/${group}/messages`)).body.messages).toEqual([]);
	});

	it('refuses a token that there is not, and a message without words', async () => {
		expect((await call('A'.repeat(43), { text: 'x' })).status).toBe(404);
		const { token } = (await make({})).body;
		expect((await call(token, { text: '  ' })).status).toBe(400);
		expect((await call(token, {})).status).toBe(400);
	});
});

describe('who may have webhooks', () => {
	it('a member sees them, and neither makes nor deletes one', async () => {
		const { webhook } = (await make({})).body;
		expect((await make({}, bob)).body.error.code).toBe('not_allowed');
		expect((await bob.delete(`${path()}/${webhook.id}`)).body.error.code).toBe('not_allowed');
		expect((await bob.get(path())).status).toBe(200);
	});

	it('an admin makes one, and takes away that of an owner', async () => {
		const { webhook } = (await make({})).body;
		await alice.patch(`/api/conversations/${group}/members/${bob.id}`, { role: 'admin' });
		expect((await make({}, bob)).status).toBe(201);
		expect((await bob.delete(`${path()}/${webhook.id}`)).status).toBe(204);
	});

	it('somebody who is not in the conversation hears that there is none', async () => {
		const mallory = await lab.person('mallory');
		expect((await mallory.get(path())).status).toBe(404);
		expect((await make({}, mallory)).status).toBe(404);
	});

	it('between two people both may', async () => {
		const direct = (await bob.post('/api/conversations', { kind: 'direct', members: [alice.id] })).body;
		group = direct.conversation.id;
		expect([(await make({})).status, (await make({}, bob)).status]).toEqual([201, 201]);
	});

	it('a conversation has at most twenty', async () => {
		for (let n = 0; n < 20; n++) await make({});
		expect((await make({})).body.error.code).toBe('too_many_webhooks');
	});

	it('one person has at most a hundred in all conversations', async () => {
		for (let n = 0; n < 5; n++) {
			group = (await alice.post('/api/conversations', { kind: 'group', members: [] })).body.conversation.id;
			for (let m = 0; m < 20; m++) await make({});
		}
		group = (await alice.post('/api/conversations', { kind: 'group', members: [] })).body.conversation.id;
		expect((await make({})).body.error.code).toBe('too_many_webhooks');
	});

	it('the same command makes one', async () => {
		const once = () => alice.post(path(), { name: 'Weather' }, { 'idempotency-key': 'one' });
		const [first, second] = [await once(), await once()];
		expect(second.body.webhook).toEqual(first.body.webhook);
		expect(second.body.token).toBeUndefined();
		expect((await alice.get(path())).body.webhooks).toHaveLength(1);
	});
});

describe('a webhook that calls out', () => {
	it('is told of each message from now on, signed so that its receiver can tell', async () => {
		await say('before');
		const { signingSecret, webhook } = (await make({ url: receiver.url })).body;
		await say('after');
		await expect.poll(() => receiver.texts).toEqual(['after']);
		const [{ headers, body, path } = expect.fail()] = receiver.calls;
		expect(path).toBe('/skein');
		const said = new Webhook(signingSecret).verify(body, headers);
		expect(said).toMatchObject({
			type: 'message.created',
			data: { author: bob.id, conversationId: group, text: 'after' }
		});
		expect(() => new Webhook(signingSecret).verify(body.replace('after', 'later'), headers)).toThrow();
		await expect.poll(only).toMatchObject({ id: webhook.id, lastStatus: '200', direction: 'out' });
		expect(JSON.stringify(await only())).not.toContain(signingSecret);
	});

	it('is told in order, and of each message once while all goes well', async () => {
		await make({ url: receiver.url });
		const all = Array.from({ length: 20 }, (_, n) => `line ${n}`);
		for (const text of all) await say(text);
		await expect.poll(() => receiver.texts).toEqual(all);
	});

	it('is called again with the same id until it answers well, and only then told of the next', async () => {
		await make({ url: receiver.url });
		receiver.answers.push(500);
		await say('one');
		await say('two');
		await expect.poll(() => receiver.calls.length).toBe(1);
		await expect.poll(only).toMatchObject({ lastStatus: '500', failingSince: lab.nowMs });
		lab.nowMs += 10_000;
		await restart();
		await expect.poll(() => receiver.texts).toEqual(['one', 'one', 'two']);
		const ids = receiver.calls.map(({ headers }) => headers['webhook-id']);
		expect(ids[0]).toBe(ids[1]);
		expect(ids[2]).not.toBe(ids[1]);
		await expect.poll(async () => (await only()).failingSince).toBeUndefined();
	});

	it('waits between two tries, longer each time', async () => {
		await make({ url: receiver.url });
		receiver.answers.push(500, 500);
		await say('one');
		await expect.poll(only).toMatchObject({ lastStatus: '500' });
		await restart();
		await say('two');
		await say('three');
		expect(receiver.calls).toHaveLength(1);
		lab.nowMs += 5_000;
		await restart();
		await expect.poll(() => receiver.calls.length).toBe(2);
	});

	it('is told after a restart of what it had not been told', async () => {
		await make({ url: receiver.url });
		receiver.answers.push('nothing');
		await say('one');
		await expect.poll(async () => (await only()).failingSince).toBeDefined();
		lab.nowMs += HOUR_MS;
		await restart();
		await expect.poll(() => receiver.texts).toEqual(['one', 'one']);
	});

	it('is given up after a day, and at once when it says that it is gone', async () => {
		await make({ url: receiver.url });
		receiver.answers.push(500, 500);
		await say('one');
		await expect.poll(only).toMatchObject({ lastStatus: '500' });
		lab.nowMs += 25 * HOUR_MS;
		await restart();
		await expect.poll(only).toMatchObject({ stoppedAt: lab.nowMs });

		receiver.answers.push(410);
		const { webhook } = (await make({ url: receiver.url })).body;
		await say('two');
		await expect
			.poll(async () => (await alice.get(path())).body.webhooks.at(-1))
			.toMatchObject({ id: webhook.id, lastStatus: '410', stoppedAt: lab.nowMs });
	});

	it('is told nothing more once its maker is no member', async () => {
		await alice.patch(`/api/conversations/${group}/members/${bob.id}`, { role: 'admin' });
		await make({ url: receiver.url }, bob);
		await say('for all');
		await expect.poll(() => receiver.texts).toEqual(['for all']);
		await alice.delete(`/api/conversations/${group}/members/${bob.id}`);
		await say('without bob', alice);
		await expect.poll(only).toMatchObject({ stoppedAt: lab.nowMs });
		expect(receiver.texts).toEqual(['for all']);
	});

	it('is told of nothing that was deleted before it could be', async () => {
		await make({ url: receiver.url });
		receiver.answers.push(500);
		await say('one');
		const secret = (await say('two')).body.message.id;
		await expect.poll(only).toMatchObject({ lastStatus: '500' });
		await alice.delete(`/api/conversations/${group}/messages/${secret}`);
		await say('three');
		lab.nowMs += HOUR_MS;
		await restart();
		await expect.poll(() => receiver.texts).toEqual(['one', 'one', 'three']);
	});
});

/** Bob's device changes the whole of a message of his. */
async function edit(target: string, text: string): Promise<void> {
	const { segment = 0 } = parseEntryId(target) ?? {};
	const body = encodeEditBody({ target, text });
	await lab.server.relay.append(`c/${group}/${segment}`, bob.id, [{ kind: KIND.edit, body }]);
}

describe('a webhook that calls out, while its receiver takes its time', () => {
	/** The receiver has the call, and answers when told to. */
	async function hold(): Promise<(status: number) => void> {
		let answer: (status: number) => void = () => {};
		receiver.answers.push(new Promise((resolve) => (answer = resolve)));
		await make({ url: receiver.url });
		await say('one');
		await expect.poll(() => receiver.texts).toEqual(['one']);
		return answer;
	}

	it('reads the segment once for all of them and for all that they are told, until something is written', async () => {
		const held: ((status: number) => void)[] = [];
		for (let n = 0; n < 3; n++) {
			receiver.answers.push(new Promise((resolve) => held.push(resolve)));
			await make({ url: receiver.url });
		}
		await say('one');
		await expect.poll(() => receiver.texts).toEqual(['one', 'one', 'one']);
		for (let n = 0; n < 5; n++) await say('more');
		const read = vi.spyOn(lab.server.relay, 'entries');
		for (const answer of held) answer(200);
		await expect.poll(() => receiver.texts.length).toBe(18);
		expect(read).toHaveBeenCalledTimes(1);
	});

	it('is told of nothing that was deleted while it was busy with another', async () => {
		const answer = await hold();
		const secret = (await say('secret')).body.message.id;
		await say('three');
		await alice.delete(`/api/conversations/${group}/messages/${secret}`);
		answer(200);
		await expect.poll(() => receiver.texts).toEqual(['one', 'three']);
	});

	it('is told what a message says by then, if it was edited while it was busy with another', async () => {
		const answer = await hold();
		const edited = (await say('tow')).body.message.id;
		await edit(edited, 'two');
		await say('three');
		answer(200);
		await expect.poll(() => receiver.texts).toEqual(['one', 'two', 'three']);
	});

	it('is told what a message says by then, if the call is made again', async () => {
		receiver.answers.push(500);
		await make({ url: receiver.url });
		const edited = (await say('noe')).body.message.id;
		await expect.poll(only).toMatchObject({ lastStatus: '500' });
		await edit(edited, 'one');
		lab.nowMs += HOUR_MS;
		await restart();
		await expect.poll(() => receiver.texts).toEqual(['noe', 'one']);
	});

	it('is told after a restart of all that it was not told before', async () => {
		const answer = await hold();
		await say('two');
		await restart();
		answer(200);
		await expect.poll(() => receiver.texts).toEqual(['one', 'one', 'two']);
	});

	it('keeps those of nobody else waiting, however many of its maker’s are slow', async () => {
		const slow = await new Receiver().start();
		await alice.patch(`/api/conversations/${group}/members/${bob.id}`, { role: 'admin' });
		for (let n = 0; n < 17; n++) {
			slow.answers.push(new Promise(() => {}));
			await make({ url: slow.url }, bob);
		}
		await say('one');
		await expect.poll(() => slow.texts.length).toBeGreaterThanOrEqual(4);
		await make({ url: receiver.url });
		await say('two');
		await expect.poll(() => receiver.texts).toEqual(['two']);
		expect(slow.texts).toEqual(['one', 'one', 'one', 'one']);
		slow.stop();
	});

	it('is told of nothing that was deleted while it waited for its turn', async () => {
		const held: ((status: number) => void)[] = [];
		for (let n = 0; n < 5; n++) {
			receiver.answers.push(new Promise((resolve) => held.push(resolve)));
			await make({ url: receiver.url });
		}
		const secret = (await say('secret')).body.message.id;
		await expect.poll(() => receiver.texts).toEqual(['secret', 'secret', 'secret', 'secret']);
		await alice.delete(`/api/conversations/${group}/messages/${secret}`);
		await say('after');
		for (const answer of held) answer(200);
		await expect.poll(() => receiver.texts.filter((text) => text === 'after')).toHaveLength(5);
		expect(receiver.texts.filter((text) => text === 'secret')).toHaveLength(4);
	});

	it('goes on when its maker was suspended and is let in again', async () => {
		await alice.patch(`/api/conversations/${group}/members/${bob.id}`, { role: 'admin' });
		await make({ url: receiver.url }, bob);
		await alice.patch(`/api/admin/users/${bob.id}`, { suspended: true });
		await say('meanwhile', alice);
		await alice.patch(`/api/admin/users/${bob.id}`, { suspended: false });
		await expect.poll(async () => (await say('after', alice)).status).toBe(201);
		await expect.poll(() => receiver.texts).toContain('after');
		expect((await only()).stoppedAt).toBeUndefined();
	});
});

it('an answer that changes the protocol is none', async () => {
	receiver.answers.push('other protocol');
	const call = callWebhookWith(['127.0.0.1'])(receiver.url, { body: '{}', headers: {} });
	await expect(call).rejects.toThrow('no answer');
});

it('http is taken for an address of one’s own network alone', async () => {
	await restart({ SKEIN_WEBHOOK_ADDRESSES: '10.0.0.0/8,::1' });
	const codes = [];
	for (const url of ['http://bot.example/', 'http://11.0.0.1/', 'http://10.2.3.4/', 'http://[::1]/'])
		codes.push((await make({ url })).body.error?.code);
	expect(codes).toEqual(['not_encrypted', 'not_encrypted', undefined, undefined]);
});

it('what was kept before https was asked for is not called without it', async () => {
	await make({ url: receiver.url });
	const db = new Database(join(lab.folder, 'skein.db'));
	const kept = receiver.url.replace('http://127.0.0.1', 'HTTP://localhost');
	db.prepare('UPDATE webhooks SET url = ?').run(kept);
	db.close();
	await restart();
	await say('in the open');
	await expect.poll(only).toMatchObject({ lastStatus: 'not encrypted' });
	expect(receiver.texts).toEqual([]);
});

it('the scheme is the same however it is spelt', async () => {
	const codes = [];
	for (const url of ['HTTP://bot.example/', 'hTTp://11.0.0.1/', 'HTTPS://bot.example'])
		codes.push((await make({ url })).body.error?.code);
	expect(codes).toEqual(['not_encrypted', 'not_encrypted', undefined]);
	await make({ url: receiver.url.replace('http:', 'HTTP:') });
	await say('one');
	await expect.poll(() => receiver.texts).toEqual(['one']);
	const asHttps = receiver.url.replace('http:', 'HTTPS:');
	// What answers there does not speak it: that it was tried is seen by that.
	const call = callWebhookWith(['127.0.0.1'])(asHttps, { body: '{}', headers: {} });
	await expect(call).rejects.toMatchObject({ code: 'EPROTO' });
});

describe('the server’s own network', () => {
	it.each([
		'http://127.0.0.1:1/',
		'http://localhost:1/',
		'http://[::1]:1/',
		'http://[::ffff:127.0.0.1]:1/',
		'http://0.0.0.0:1/',
		'http://169.254.169.254/latest/meta-data',
		'http://10.0.0.1/',
		'http://192.168.1.1/',
		'http://[::127.0.0.1]:1/',
		'http://[::7f00:1]:1/',
		'http://[::ffff:0:127.0.0.1]:1/',
		'http://[64:ff9b::127.0.0.1]:1/',
		'http://[64:ff9b:1::10.0.0.1]:1/',
		'http://[2002:7f00:1::]:1/',
		'http://[2001:0:7f00:1::]:1/',
		'http://[2001:db8::1]:1/',
		'http://[fec0::1]:1/',
		'http://[fe80::1]:1/',
		'http://[fd00::1]:1/',
		'http://[ff02::1]:1/',
		'http://[100::1]:1/',
		'http://[100:0:0:1::1]:1/',
		'http://[5f00::1]:1/',
		'http://[4000::1]:1/',
		'http://[2606:4700::5efe:10.0.0.1]:1/',
		'http://[2606:4700::200:5efe:10.0.0.1]:1/',
		'http://100.64.0.1:1/',
		'http://198.18.0.1:1/',
		'http://2130706433:1/',
		'http://0x7f.1:1/'
	])('is not reached by a webhook at %s', async (url) => {
		await expect(callWebhookWith([])(url, { body: '{}', headers: {} })).rejects.toThrow(/not allowed/);
	});

	it.each([
		[['127.0.0.1']],
		[['::1']],
		[['::ffff:7f00:1']],
		[['0.0.0.0']],
		[['169.254.169.254']],
		[['64:ff9b::7f00:1']],
		[['::7f00:1']],
		[['::127.0.0.1']],
		[['2002:7f00:1::']],
		[['fec0::1']],
		[['100:0:0:1::1']],
		// One that is public does not vouch for the other.
		[['1.1.1.1', '127.0.0.1']],
		[['2606:4700::1', '::7f00:1']]
	])('is not reached by a name that leads to %j, and is looked up once', async (addresses) => {
		let asked = 0;
		const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
		const call = callWebhookWith([], (_, { all }, tell) => {
			asked += 1;
			if (all) tell(null, found);
			else tell(null, found[0]!.address, found[0]!.family);
		});
		const url = receiver.url.replace('127.0.0.1', 'rebinds.example');
		await expect(call(url, { body: '{}', headers: {} })).rejects.toThrow(/not allowed/);
		expect([asked, receiver.calls]).toEqual([1, []]);
	});

	it.each([301, 302, 303, 307, 308])('is not reached by way of a redirect (%i)', async (status) => {
		const inner = await new Receiver().start();
		receiver.answers.push({ status, location: inner.url });
		expect(await callWebhookWith(['127.0.0.1'])(receiver.url, { body: '{}', headers: {} })).toBe(status);
		expect(inner.calls).toEqual([]);
		inner.stop();
	});

	it('may be reached by IPv6 where the operator has said so', async () => {
		const call = callWebhookWith(['::1'])('http://[::1]:1/', { body: '{}', headers: {} });
		await expect(call).rejects.not.toThrow(/not allowed/);
	});

	it('is not reached where the operator has not said so', async () => {
		await restart({});
		expect((await make({ url: receiver.url })).body.error).toMatchObject({
			code: 'not_encrypted',
			field: 'url'
		});
		await make({ url: receiver.url.replace('http:', 'https:') });
		await say('one');
		await expect.poll(async () => (await only()).failingSince).toBe(lab.nowMs);
		expect(receiver.calls).toEqual([]);
	});

	it('cuts off who answers without an end', async () => {
		receiver.answers.push('endless');
		expect(await callWebhookWith(['127.0.0.1'])(receiver.url, { body: '{}', headers: {} })).toBe(200);
	});

	it.each(['ftp://bot.example/', 'https://name:word@bot.example/', 'javascript:alert(1)', 'bot.example'])(
		'%s is no address for a webhook',
		async (url) => {
			expect((await make({ url })).body.error).toMatchObject({ code: 'invalid', field: 'url' });
		}
	);
});
