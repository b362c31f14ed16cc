/** The bots of the documents, as processes beside a whole server. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readFileSync } from 'node:fs';
import { BotProcess } from './botProcess.fixture';
import { startInProcessServer, type InProcessServer } from '../load/inProcessServer.fixture';
import type { Scope } from '../../src/lib/protocol/scopes';

const WAIT = { timeout: 30_000 };

interface Message {
	readonly id: string;
	readonly author: string;
	readonly text: string;
	readonly replyTo?: string;
}

let server: InProcessServer;
let bots: BotProcess[];
let alice: Account;
let wheel: Account;
let group: string;

/** Somebody over REST. */
class Account {
	id = '';
	#token = '';

	async register(username: string): Promise<this> {
		const password = `${username} likes wool and long walks`;
		const { user, token } = await this.call('POST', 'register', { username, password });
		this.id = user.id;
		this.#token = token;
		return this;
	}

	async call(method: string, path: string, body?: object) {
		const headers = {
			'content-type': 'application/json',
			...(this.#token ? { authorization: `Bearer ${this.#token}` } : {})
		};
		const answer = await fetch(`${server.origin}/api/${path}`, {
			method,
			headers,
			body: body && JSON.stringify(body)
		});
		expect(answer.ok, `${method} ${path}`).toBe(true);
		return answer.json();
	}

	async token(scopes: readonly Scope[]): Promise<string> {
		return (await this.call('POST', 'tokens', { name: 'bot', scopes, days: 1 })).token;
	}
}

const say = async (text: string): Promise<string> =>
	(await alice.call('POST', 'messages/send', { conversationId: group, text })).message.id;

const messages = async (): Promise<Message[]> =>
	(await alice.call('GET', `conversations/${group}/messages`)).messages;

const repliesTo = async (id: string): Promise<string[]> =>
	(await messages())
		.filter(({ replyTo, author }) => replyTo === id && author === wheel.id)
		.map(({ text }) => text);

function start(file: string, token: string): BotProcess {
	const bot = new BotProcess(file, {
		SKEIN_URL: server.origin,
		SKEIN_TOKEN: token,
		SKEIN_EVERY_MS: '50'
	});
	bots.push(bot);
	return bot;
}

beforeEach(async () => {
	server = await startInProcessServer();
	bots = [];
	[alice, wheel] = [await new Account().register('alice'), await new Account().register('wheel')];
	const made = await alice.call('POST', 'conversations', {
		kind: 'group',
		name: 'Looms',
		members: [wheel.id]
	});
	group = made.conversation.id;
});
afterEach(async () => {
	await Promise.all(bots.map((bot) => bot.end()));
	await server.dispose();
});

test('the bot on REST alone replies to what it is asked, and to nothing else', async () => {
	start('diceBot.mjs', await wheel.token(['conversations:read', 'messages:read', 'messages:send']));
	await say('the weather is fine');
	const asked = await say('!roll 3d1');
	await expect.poll(() => repliesTo(asked), WAIT).toEqual(['1 + 1 + 1']);
	expect((await messages()).length).toBe(3);
});

test('the bot on REST alone replies in conversations of the second page too', async () => {
	for (let n = 0; n < 50; n++)
		await alice.call('POST', 'conversations', { kind: 'group', name: `Loom ${n}`, members: [wheel.id] });
	start('diceBot.mjs', await wheel.token(['conversations:read', 'messages:read', 'messages:send']));
	const asked = await say('!roll 2d1');
	await expect.poll(() => repliesTo(asked), WAIT).toEqual(['1 + 1']);
});

test('the bot on REST alone that was killed and started again replies once', async () => {
	const token = await wheel.token(['conversations:read', 'messages:read', 'messages:send']);
	const first = start('diceBot.mjs', token);
	const asked = await say('!roll 5d999');
	await expect.poll(() => repliesTo(asked), WAIT).toHaveLength(1);
	await first.end('SIGKILL');
	start('diceBot.mjs', token);
	const again = await say('!roll 2d1');
	await expect.poll(() => repliesTo(again), WAIT).toEqual(['1 + 1']);
	expect(await repliesTo(asked)).toHaveLength(1);
});

test('the bot on the headless client counts what it holds, also what was asked while it was away', async () => {
	const token = await wheel.token(['profile:read', 'sync']);
	await say('one');
	const asked = await say('!count');
	const bot = start('countBot.ts', token);
	await expect.poll(() => repliesTo(asked), WAIT).toEqual(['2 messages, 1 of us wrote']);
	await server.relay.kill();
	await server.relay.restart();
	// A connection that was kept alive ends with the server.
	const again = await vi.waitFor(() => say('!count'));
	await expect.poll(() => repliesTo(again), WAIT).toEqual(['4 messages, 2 of us wrote']);
	await bot.end('SIGKILL');
	start('countBot.ts', token);
	const third = await say('!count');
	await expect.poll(() => repliesTo(third), WAIT).toHaveLength(1);
	expect(await repliesTo(asked)).toHaveLength(1);
	expect(await repliesTo(again)).toHaveLength(1);
});

test.each(['diceBot.mjs', 'countBot.ts'])('%s is of at most 60 lines', (file) => {
	const lines = readFileSync(new URL(`../../docs/bots/${file}`, import.meta.url), 'utf8')
		.trimEnd()
		.split('\n');
	expect(lines.length).toBeLessThanOrEqual(60);
});
