/** Every example of the OpenAPI document does what it says, in a world that holds what the samples stand for. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ApiLab } from '../testing/apiLab.fixture';
import type { ApiClient } from '../testing/apiClient.fixture';
import { png } from '../pictures/png.fixture';
import { SAMPLE } from '../../protocol/restSamples';
import { routeTable } from '../../../routes/api/routeTable';

const routes = await routeTable();

let lab: ApiLab;
let wanda: ApiClient;
/** What stands in the places of the samples. */
let real: Map<string, string>;

beforeEach(async () => {
	lab = await new ApiLab().start(undefined, { ORIGIN: 'http://localhost:3000' });
	wanda = lab.visitor();
	await wanda.post('/api/register', {
		username: SAMPLE.username,
		password: SAMPLE.password,
		email: 'wanda@chat.example'
	});
	const [other, asking] = [lab.userOf('other'), await lab.person('asking')];
	const members = [other];
	const group = (await wanda.post('/api/conversations', { kind: 'group', members })).body.conversation.id;
	await wanda.patch(`/api/conversations/${group}`, { joining: 'request' });
	const { invite, token } = (await wanda.post(`/api/conversations/${group}/invites`, {})).body;
	await asking.post(`/api/invites/${token}/accept`, {});
	const sent = await wanda.post('/api/messages/send', { conversationId: group, text: 'hello' });
	await lab.visitor().post('/api/login', { username: SAMPLE.username, password: SAMPLE.password });
	const sessions = (await wanda.get('/api/sessions')).body.sessions as { id: string; current: boolean }[];
	const picture = (await wanda.upload('/api/me/picture', png({ width: 8, height: 8 }), 'image/png')).body.user
		.picture;
	const bot = await wanda.post('/api/tokens', { name: 'bot', scopes: ['sync'], days: 1 });
	await asking.post('/api/reports', { userId: other, reason: 'spam' });
	const [report] = (await wanda.get('/api/admin/reports')).body.reports;
	const hook = `/api/conversations/${group}/webhooks`;
	const webhook = (await wanda.post(hook, { name: 'in' })).body;
	real = new Map([
		[SAMPLE.webhookId, webhook.webhook.id],
		[SAMPLE.webhookToken, webhook.token],
		[SAMPLE.userId, other],
		[SAMPLE.askingId, asking.id],
		[SAMPLE.conversationId, group],
		[SAMPLE.entryId, sent.body.message.id],
		[SAMPLE.inviteId, invite.id],
		[SAMPLE.inviteToken, token],
		[SAMPLE.reportId, String(report.id)],
		[SAMPLE.sessionId, sessions.find(({ current }) => !current)?.id ?? ''],
		[SAMPLE.pictureName, picture],
		[SAMPLE.tokenId, bot.body.apiToken.id]
	]);
});
afterEach(() => lab.stop());

/** The token of the mail that a forgotten password brings. */
async function resetToken(): Promise<string> {
	await lab.visitor().post('/api/password/forgot', { username: SAMPLE.username });
	const folder = join(lab.folder, 'mail');
	const find = () => {
		try {
			const mails = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
			return mails.map((mail) => /reset#([\w-]{43})/.exec(mail)?.[1]).find((token) => token !== undefined);
		} catch {
			// The folder is made with the first mail.
			return undefined;
		}
	};
	await expect.poll(find).toBeDefined();
	return find() ?? '';
}

const filled = (text: string): string =>
	[...real].reduce((done, [sample, own]) => done.replaceAll(sample, own), text);

it.each(routes.map((route) => [`${route.method} ${route.path}`, route] as const))(
	'%s',
	async (_, { method, path, spec }) => {
		const { params = {}, query = {}, body } = spec.example ?? {};
		if (JSON.stringify(body ?? '').includes(SAMPLE.resetToken))
			real.set(SAMPLE.resetToken, await resetToken());
		const part = (name: string) => params[name] ?? expect.fail(`no example of ${name}`);
		const address = filled(path.replace(/\[(\w+)\]/g, (_, name: string) => part(name)));
		const search = new URLSearchParams(query);
		const url = `http://localhost:3000${address}${search.size > 0 ? `?${search}` : ''}`;
		const own = { cookie: wanda.cookie ?? '', origin: 'http://localhost:3000' };
		const type = spec.takes?.[0] ?? 'application/json';
		const bytes = spec.takes
			? Uint8Array.from(png({ width: 8, height: 8 }))
			: body && filled(JSON.stringify(body));
		if (spec.body) expect(body, 'an example of the body').toBeDefined();
		const headers = bytes === undefined ? own : { ...own, 'content-type': type };
		const { status } = await lab.fetch(new Request(url, { method, headers, body: bytes }));
		expect(Object.keys(spec.answers).map(Number)).toContain(status);
		expect(status).toBeLessThan(300);
	}
);
