import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ApiLab } from '../testing/apiLab.fixture';
import { PASSWORD, type ApiClient } from '../testing/apiClient.fixture';
import { directConversationId } from '../../domain/ids';

let lab: ApiLab;
let alice: ApiClient;
let bob: ApiClient;
let carol: ApiClient;
let conversationId: string;
beforeEach(async () => {
	lab = await new ApiLab().start();
	[alice, bob, carol] = [await lab.person('alice'), await lab.person('bob'), await lab.person('carol')];
	const { body } = await alice.post('/api/conversations', { kind: 'group', members: [bob.id] });
	conversationId = body.conversation.id;
});
afterEach(() => lab.stop());

const send = (by: ApiClient, fields: object) => by.post('/api/messages/send', fields);
const say = async (by: ApiClient, text: string) => (await send(by, { conversationId, text })).body.message;
const read = (by: ApiClient, query = '') => by.get(`/api/conversations/${conversationId}/messages${query}`);
const texts = (messages: { text: string }[]) => messages.map(({ text }) => text);

describe('sending', () => {
	it('answers with the message, which every member then reads', async () => {
		const { status, body } = await send(alice, { conversationId, text: 'Land ahoy ⛵' });
		expect(status).toBe(201);
		expect(body.message).toMatchObject({ conversationId, author: alice.id, text: 'Land ahoy ⛵' });
		expect(body.message.at).toBeGreaterThan(0);
		expect((await read(bob)).body).toEqual({ messages: [body.message] });
	});

	it('answers with what every member reads, also where half a character was sent', async () => {
		const { body } = await send(alice, { conversationId, text: 'half of \ud83d' });
		expect(body.message.text).toBe('half of \ufffd');
		expect((await read(bob)).body).toEqual({ messages: [body.message] });
	});

	it('with the same key twice writes once and answers with the first', async () => {
		const first = await send(alice, { conversationId, text: 'once', key: 'k' });
		const again = await send(alice, { conversationId, text: 'once', key: 'k' });
		expect([again.status, again.body]).toEqual([201, first.body]);
		await send(bob, { conversationId, text: 'a key is one’s own', key: 'k' });
		expect(texts((await read(alice)).body.messages)).toEqual(['once', 'a key is one’s own']);
	});

	it('with one key in its body and another in its header is refused, and with the same in both is sent once', async () => {
		const headers = { 'idempotency-key': 'k' };
		const sendWith = (key: string) =>
			alice.post('/api/messages/send', { conversationId, text: 'once', key }, headers);
		const other = await sendWith('other');
		expect([other.status, other.body.error]).toMatchObject([400, { code: 'invalid', field: 'key' }]);
		const first = await sendWith('k');
		const again = await alice.post('/api/messages/send', { conversationId, text: 'once' }, headers);
		expect([again.status, again.body]).toEqual([201, first.body]);
		expect(texts((await read(alice)).body.messages)).toEqual(['once']);
	});

	it('with a key that was used for another message is refused, as commands are, however the key comes', async () => {
		const question = await say(alice, 'Tea?');
		const sent = { conversationId, text: 'once' };
		const first = await send(alice, { ...sent, key: 'k' });
		const other = [
			{ ...sent, text: 'twice' },
			{ ...sent, replyTo: question.id }
		];
		for (const fields of other) {
			const byHeader = await alice.post('/api/messages/send', fields, { 'idempotency-key': 'k' });
			for (const { status, body } of [await send(alice, { ...fields, key: 'k' }), byHeader])
				expect([status, body.error?.code]).toEqual([422, 'id_reused']);
		}
		expect(texts((await read(alice)).body.messages)).toEqual(['Tea?', 'once']);
		expect((await send(alice, { ...sent, key: 'k' })).body).toEqual(first.body);
	});

	describe('again with its key has the first answer', () => {
		const again = async (fields: object, meanwhile: () => Promise<unknown>) => {
			const first = await send(alice, { ...fields, key: 'k' });
			expect(first.status).toBe(201);
			await meanwhile();
			const { status, body } = await send(alice, { ...fields, key: 'k' });
			expect([status, body]).toEqual([201, first.body]);
			const byHeader = await alice.post('/api/messages/send', fields, { 'idempotency-key': 'k' });
			expect([byHeader.status, byHeader.body]).toEqual([201, first.body]);
		};
		const erase = (id: string, by: ApiClient) =>
			by.delete(`/api/conversations/${conversationId}/messages/${id}`);

		it('though what it replied to has been erased since', async () => {
			const question = await say(bob, 'Tea?');
			await again({ conversationId, text: 'Yes', replyTo: question.id }, () => erase(question.id, bob));
			expect((await send(alice, { conversationId, text: 'Yes', replyTo: question.id })).status).toBe(400);
		});

		it('though its author has left the conversation since, or was removed', async () => {
			await alice.patch(`/api/conversations/${conversationId}/members/${bob.id}`, { role: 'owner' });
			const member = `/api/conversations/${conversationId}/members/${alice.id}`;
			await again({ conversationId, text: 'bye' }, () => alice.delete(member));
			expect((await send(alice, { conversationId, text: 'and more', key: 'k2' })).status).toBe(404);
			expect((await send(alice, { conversationId, text: 'other', key: 'k' })).body.error.code).toBe(
				'id_reused'
			);
			expect((await send(carol, { conversationId, text: 'bye', key: 'k' })).status).toBe(404);
		});

		it('though the person it went to has blocked its author since, or is no more', async () => {
			await again({ userId: bob.id, text: 'psst' }, async () => {
				expect((await bob.send('PUT', `/api/blocks/${alice.id}`)).status).toBeLessThan(300);
				expect((await bob.delete('/api/me', { password: PASSWORD })).status).toBe(204);
			});
			expect((await send(alice, { userId: bob.id, text: 'psst' })).status).toBe(404);
		});
	});

	it('with a key that was used in another conversation is another message', async () => {
		const sent = { text: 'hello', key: 'k' };
		await send(alice, { ...sent, conversationId });
		const { status, body } = await send(alice, { ...sent, text: 'psst', userId: bob.id });
		expect([status, body.message.text]).toEqual([201, 'psst']);
	});

	it('to a person starts the direct conversation if there is none', async () => {
		const { status, body } = await send(alice, { userId: bob.id, text: 'psst' });
		expect([status, body.message.conversationId]).toEqual([201, directConversationId(alice.id, bob.id)]);
		await send(bob, { userId: alice.id, text: 'yes?' });
		const { body: page } = await bob.get(`/api/messages/conversation/${alice.id}`);
		expect(texts(page.messages)).toEqual(['psst', 'yes?']);
	});

	it('may reply to a message of the conversation', async () => {
		const question = await say(alice, 'Tea?');
		const { body } = await send(bob, { conversationId, text: 'Yes', replyTo: question.id });
		expect(body.message.replyTo).toBe(question.id);
	});

	it.each([
		['without text', { text: '' }, 'text'],
		['with nothing but space', { text: ' \n ' }, 'text'],
		['with text over its length', { text: 'x'.repeat(20_001) }, 'text'],
		['in reply to what is no id', { text: 'x', replyTo: 'x' }, 'replyTo'],
		['in reply to what is not there', { text: 'x', replyTo: '0.77.0' }, 'replyTo'],
		['in reply to a segment to come', { text: 'x', replyTo: '3.1.0' }, 'replyTo']
	])('is refused %s', async (_, fields, field) => {
		const { status, body } = await send(alice, { conversationId, ...fields });
		expect([status, body.error.field]).toEqual([400, field]);
		expect((await read(alice)).body.messages).toEqual([]);
	});

	it('goes either to a conversation or to a person', async () => {
		for (const fields of [{ text: 'x' }, { text: 'x', conversationId, userId: bob.id }]) {
			const { status, body } = await send(alice, fields);
			expect([status, body.error.message]).toEqual([
				400,
				'The request must name either conversationId or userId.'
			]);
		}
	});

	it('is refused to someone who is not a member, to nobody, and without a session', async () => {
		expect((await send(carol, { conversationId, text: 'hi' })).status).toBe(404);
		expect((await send(carol, { userId: 'a'.repeat(16), text: 'hi' })).status).toBe(404);
		expect((await send(lab.visitor(), { conversationId, text: 'hi' })).status).toBe(401);
		expect((await read(alice)).body.messages).toEqual([]);
	});
});

describe('reading back', () => {
	it('many pages at once, one account has them one after the other, and others theirs between', async () => {
		for (let n = 0; n < 40; n++) await say(alice, `${n} `.padEnd(19_000, 'x'));
		const answered: string[] = [];
		const page = async (by: ApiClient, name: string) => {
			const { status } = await read(by);
			answered.push(`${name} ${status}`);
		};
		await Promise.all([...Array.from({ length: 12 }, () => page(alice, 'alice')), page(bob, 'bob')]);
		expect(answered).toHaveLength(13);
		expect(answered.indexOf('bob 200')).toBeLessThan(6);
		expect(answered.indexOf('bob 200')).toBeGreaterThanOrEqual(0);
	});

	it('goes page by page into the past, each page oldest first', async () => {
		for (const text of ['1', '2', '3', '4', '5']) await say(alice, text);
		const newest = (await read(bob, '?limit=2')).body;
		expect(texts(newest.messages)).toEqual(['4', '5']);
		const middle = (await read(bob, `?limit=2&before=${newest.before}`)).body;
		expect(texts(middle.messages)).toEqual(['2', '3']);
		const oldest = (await read(bob, `?limit=2&before=${middle.before}`)).body;
		expect([texts(oldest.messages), oldest.before]).toEqual([['1'], undefined]);
	});

	it.each(['limit=0', 'limit=201', 'limit=1.5', 'limit=x', 'before=0.77.0', 'before=x'])(
		'refuses %s',
		async (query) => {
			expect((await read(alice, `?${query}`)).status).toBe(400);
		}
	);

	it('is for members alone', async () => {
		expect((await read(carol)).status).toBe(404);
		expect((await read(lab.visitor())).status).toBe(401);
	});

	it('of a direct conversation is empty before it has begun, and 404 with nobody', async () => {
		expect((await alice.get(`/api/messages/conversation/${carol.id}`)).body).toEqual({ messages: [] });
		expect((await alice.get(`/api/messages/conversation/${'a'.repeat(16)}`)).status).toBe(404);
	});
});
