/** What the samples of the API stand for, made by the API itself: in a lab, or on a server that runs. */
import { png } from '../pictures/png.fixture';
import { SAMPLE } from '../../protocol/restSamples';
import type { ApiClient } from '../testing/apiClient.fixture';

interface Samples {
	/** Who the examples are asked by. */
	readonly wanda: ApiClient;
	/** What stands in the places of the samples. */
	readonly real: Map<string, string>;
}

interface Asked {
	/** Somebody who is not logged in. */
	readonly visitor: () => ApiClient;
	/** Makes another person, and gives their id. Not the first here, who administers. */
	readonly person: () => string | Promise<string>;
	/** Where the usernames of the samples are taken: what is put behind them. */
	readonly tail?: string;
}

export async function makeSamples({ visitor, person, tail = '' }: Asked): Promise<Samples> {
	const [wanda, asking] = [visitor(), visitor()];
	const username = `${SAMPLE.username}${tail}`;
	const { password } = SAMPLE;
	await wanda.post('/api/register', { username, password, email: `${username}@chat.example` });
	const other = await person();
	await asking.register(`asking${tail}`);
	const members = [other];
	const group = (await wanda.post('/api/conversations', { kind: 'group', members })).body.conversation.id;
	await wanda.patch(`/api/conversations/${group}`, { joining: 'request' });
	const { invite, token } = (await wanda.post(`/api/conversations/${group}/invites`, {})).body;
	await asking.post(`/api/invites/${token}/accept`, {});
	const sent = await wanda.post('/api/messages/send', { conversationId: group, text: 'hello' });
	await visitor().post('/api/login', { username, password });
	const sessions = (await wanda.get('/api/sessions')).body.sessions as { id: string; current: boolean }[];
	const picture = (await wanda.upload('/api/me/picture', png({ width: 8, height: 8 }), 'image/png')).body.user
		.picture;
	const bot = await wanda.post('/api/tokens', { name: 'bot', scopes: ['sync'], days: 1 });
	await asking.post('/api/reports', { userId: other, reason: 'spam' });
	// Only an administrator is told of it.
	const [report] = (await wanda.get('/api/admin/reports')).body.reports ?? [];
	const webhook = (await wanda.post(`/api/conversations/${group}/webhooks`, { name: 'in' })).body;
	const real = new Map([
		[SAMPLE.username, username],
		[SAMPLE.webhookId, webhook.webhook.id],
		[SAMPLE.webhookToken, webhook.token],
		[SAMPLE.userId, other],
		[SAMPLE.askingId, asking.id],
		[SAMPLE.conversationId, group],
		[SAMPLE.entryId, sent.body.message.id],
		[SAMPLE.inviteId, invite.id],
		[SAMPLE.inviteToken, token],
		[SAMPLE.reportId, String(report?.id)],
		[SAMPLE.sessionId, sessions.find(({ current }) => !current)?.id ?? ''],
		[SAMPLE.pictureName, picture],
		[SAMPLE.tokenId, bot.body.apiToken.id]
	]);
	return { wanda, real };
}

/** A text of an example with what is real in the places of the samples. */
export const withReal = (text: string, real: ReadonlyMap<string, string>): string =>
	[...real].reduce((done, [sample, own]) => done.replaceAll(sample, own), text);

/** The token of the newest of these mails that leads to a new password; undefined if none does. */
export const resetTokenIn = (mails: readonly string[]): string | undefined =>
	mails.map((mail) => /reset#([\w-]{43})/.exec(mail)?.[1]).findLast((token) => token !== undefined);
