import { pino } from 'pino';
import { expect, it } from 'vitest';
import { ApiLab } from './testing/apiLab.fixture';
import { SmtpLab } from './mail/smtp.fixture';
import { PASSWORD } from './testing/apiClient.fixture';

it('the log holds no text that people write and no secret, at its most talkative and when things break', async () => {
	const lines: string[] = [];
	const log = pino({ level: 'trace' }, { write: (line: string) => lines.push(line) });
	const lab = await new ApiLab().start(undefined, {}, log);
	const alice = await lab.person('alice');
	const group = (await alice.post('/api/conversations', { kind: 'group', members: [] })).body.conversation.id;
	const text = 'nobody else may read this';
	await alice.post('/api/messages/send', { conversationId: group, text });
	const scopes = ['messages:send'];
	const { token } = (await alice.post('/api/tokens', { name: 'bot', scopes, days: 1 })).body;
	const invite = (await alice.post(`/api/conversations/${group}/invites`, {})).body.token;
	await lab.visitor().post('/api/login', { username: 'alice', password: 'a wrong guess' });
	lab.relay.isBroken = true;
	const broken = await alice.post('/api/messages/send', { conversationId: group, text });
	expect(broken.status).toBe(500);
	const cookie = alice.cookie?.split('=')[1] ?? '';
	await lab.stop();
	expect(lines.length).toBeGreaterThan(0);
	const said = lines.join('');
	for (const secret of [text, PASSWORD, 'a wrong guess', token, invite, cookie])
		expect(said).not.toContain(secret);
});

it.each<[string, { readonly ORIGIN?: string }, number]>([
	['once', {}, 1],
	['not at all', { ORIGIN: 'https://chat.example' }, 0]
])('the log warns that links in mails lead to where a request came to: %s with %o', async (_, env, times) => {
	const lines: string[] = [];
	const log = pino({ level: 'warn' }, { write: (line: string) => lines.push(line) });
	const lab = await new ApiLab().start(
		undefined,
		env.ORIGIN === undefined ? {} : { ORIGIN: env.ORIGIN },
		log
	);
	const alice = lab.visitor(env.ORIGIN);
	await alice.register('alice');
	await alice.patch('/api/me', { email: 'alice@example.org', password: PASSWORD });
	expect(lines).toEqual([]);
	for (let n = 0; n < 2; n++)
		await lab.visitor(env.ORIGIN).post('/api/password/forgot', { username: 'alice' });
	await lab.stop();
	expect(lines.filter((line) => line.includes('ORIGIN is not set'))).toHaveLength(times);
});

it('the log says why a mail was not taken, and not whom it was for', async () => {
	const lines: string[] = [];
	const log = pino({ level: 'trace' }, { write: (line: string) => lines.push(line) });
	const smtp = await SmtpLab.start();
	const lab = await new ApiLab().start(undefined, smtp.env, log);
	const alice = lab.visitor('https://chat.example');
	await alice.register('alice');
	await alice.patch('/api/me', { email: 'alice@example.org', password: PASSWORD });
	smtp.knowsNobody = true;
	await alice.post('/api/password/forgot', { username: 'alice' });
	await expect.poll(() => lines.join('')).toContain('a mail could not be sent');
	await lab.stop();
	await smtp.stop();
	const [told] = lines.filter((line) => line.includes('a mail could not be sent'));
	expect(JSON.parse(told ?? '')).toMatchObject({ kind: 'reset', code: 'EENVELOPE', responseCode: 550 });
	expect(lines.join('')).not.toContain('example.org');
});

it('the log says who came in and who was kept out, from where, and not what they typed', async () => {
	const lines: string[] = [];
	const log = pino({ level: 'info' }, { write: (line: string) => lines.push(line) });
	const lab = await new ApiLab().start(undefined, {}, log);
	await lab.person('root');
	const bob = await lab.person('bob');
	lines.length = 0;
	await lab.visitor().post('/api/login', { username: 'bob', password: 'a wrong guess' });
	await lab.visitor().post('/api/login', { username: 'bob', password: PASSWORD });
	await bob.get('/api/admin/audit');
	await lab.stop();
	const { address } = lab;
	expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
		{ msg: 'a request was refused', code: 'wrong_login', route: '/api/login', address },
		{ msg: 'somebody has logged in', user: bob.id, address },
		{
			msg: 'a request was refused',
			code: 'not_administrator',
			route: '/api/admin/audit',
			user: bob.id,
			address
		}
	]);
	expect(lines.join('')).not.toContain('bob"');
});

it.each([
	['each of its addresses', '203.0.113.7', '198.51.100.1'],
	['all whose address is not known', undefined, '198.51.100.1']
])('the log does not tell without end of what %s are refused', async (_, from, other) => {
	const lines: string[] = [];
	const log = pino({ level: 'info' }, { write: (line: string) => lines.push(line) });
	const lab = await new ApiLab().start(undefined, { SKEIN_RATE_FACTOR: '0.1' }, log);
	const foreign = { origin: 'http://evil.example' };
	const ask = async (times: number, address: string | undefined) => {
		lab.address = address as string;
		for (let n = 0; n < times; n++) await lab.visitor().post('/api/logout', undefined, foreign);
	};
	await ask(25, from);
	expect(lines).toHaveLength(20);
	await ask(1, other);
	expect(lines).toHaveLength(21);
	lab.address = from as string;
	await lab.visitor().post('/api/login', { username: 'nobody', password: 'a guess' });
	expect(lines.at(-1)).toContain('wrong_login');
	lab.nowMs += 15 * 60_000;
	await ask(1, from);
	expect(lines).toHaveLength(23);
	await lab.stop();
});
