import Database from 'better-sqlite3';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EMPTY_KEPT_MS } from './emptyConversations';
import { relayOnSqlite } from '../app';
import { png } from '../pictures/png.fixture';
import { PASSWORD, type ApiClient } from '../testing/apiClient.fixture';
import { decodeSetBody } from '../../domain/bodies';
import { GroupLab } from '../testing/groupLab.fixture';

let lab: GroupLab;
beforeEach(async () => {
	lab = await new GroupLab().start(relayOnSqlite);
	await lab.remove(lab.owner, lab.admin);
});
afterEach(() => lab.stop());

const leave = (who: ApiClient) => lab.remove(who, who);
const setPicture = () => lab.owner.upload(`${lab.path}/picture`, png({ width: 4, height: 4 }), 'image/png');
const written = async (): Promise<string[]> =>
	(await lab.server.relay.entries(`c/${lab.group}/0`)).flatMap(({ author, body }) =>
		author !== 'system' && body ? [author] : []
	);

function rows(sql: string): unknown[] {
	const db = new Database(join(lab.folder, 'skein.db'), { readonly: true });
	const found = db.prepare(sql).all();
	db.close();
	return found;
}

async function restart(): Promise<void> {
	await lab.server.relay.close();
	lab.server.closeDatabase();
	await lab.start(relayOnSqlite);
}

/** Everybody leaves, and it is over. */
async function leftLongAgo(): Promise<void> {
	await leave(lab.member);
	await leave(lab.owner);
	lab.nowMs += EMPTY_KEPT_MS;
}

describe('with its last member a group loses', () => {
	it('its picture', async () => {
		const picture = (await setPicture()).body.conversation.picture as string;
		await leave(lab.member);
		expect(rows('SELECT hash FROM pictures')).toEqual([{ hash: picture }]);
		await leave(lab.owner);
		expect(rows('SELECT hash FROM pictures')).toEqual([]);
	});

	it('its picture when they delete their account, too', async () => {
		await setPicture();
		await lab.setRole(lab.owner, lab.member, 'owner');
		await leave(lab.owner);
		expect((await lab.member.delete('/api/me', { password: PASSWORD, erase: false })).status).toBe(204);
		expect(rows('SELECT hash FROM pictures')).toEqual([]);
	});

	it('its name, its webhooks and who asks to join, who hears of it', async () => {
		await lab.change(lab.owner, { description: 'All of them', joining: 'request' });
		await lab.owner.post(`${lab.path}/webhooks`, { name: 'Weather' });
		const { token } = (await lab.owner.post(`${lab.path}/invites`, {})).body;
		expect((await lab.stranger.post(`/api/invites/${token}/accept`)).status).toBe(202);
		await leave(lab.member);
		await leave(lab.owner);
		expect(rows('SELECT name, description FROM conversations')).toEqual([{ name: '', description: '' }]);
		expect([rows('SELECT * FROM webhooks'), rows('SELECT * FROM join_requests')]).toEqual([[], []]);
		await lab.server.projector.bringUp();
		const told = await lab.server.relay.entries(`directory/${lab.stranger.id}`);
		const facts = told.map(({ body }) => body && decodeSetBody(body));
		expect(facts.filter((fact) => fact?.key.includes(lab.group))).toMatchObject([{ value: null }]);
	});
});

describe('what was written in a group that everybody left', () => {
	beforeEach(async () => {
		await lab.say(lab.owner, 'Ahoy');
		await lab.say(lab.member, 'Ahoy yourself');
	});

	it('is erased a month later, of those who deleted their account as well', async () => {
		await lab.setRole(lab.owner, lab.member, 'owner');
		await leave(lab.owner);
		expect((await lab.member.delete('/api/me', { password: PASSWORD, erase: false })).status).toBe(204);
		lab.nowMs += EMPTY_KEPT_MS - 1;
		await restart();
		await lab.server.emptyConversations.run();
		expect(await written()).toHaveLength(2);
		lab.nowMs += 1;
		await restart();
		await lab.server.emptyConversations.run();
		expect(await written()).toEqual([]);
		expect(await lab.server.relay.messageVector(`c/${lab.group}/0`)).not.toEqual(new Map());
		expect(rows('SELECT empty_since FROM conversations')).toEqual([{ empty_since: null }]);
	});

	it('stays as long as somebody is in it', async () => {
		await leave(lab.member);
		lab.nowMs += EMPTY_KEPT_MS;
		await restart();
		await lab.server.emptyConversations.run();
		expect(await written()).toHaveLength(2);
	});

	it('stays while a report of it waits', async () => {
		const [message] = (await lab.owner.get(`${lab.path}/messages`)).body.messages;
		const reported = { conversationId: lab.group, message: message.id, reason: 'spam' };
		expect((await lab.member.post('/api/reports', reported)).status).toBe(204);
		await leftLongAgo();
		await restart();
		await lab.server.emptyConversations.run();
		expect(await written()).toHaveLength(2);
		const [report] = (await lab.owner.get('/api/admin/reports')).body.reports;
		await lab.owner.patch(`/api/admin/reports/${report.id}`, { outcome: 'dismissed' });
		await restart();
		await lab.server.emptyConversations.run();
		expect(await written()).toEqual([]);
	});

	it('is erased at a later start if the relay could not just then', async () => {
		await leftLongAgo();
		await lab.server.relay.close();
		lab.server.closeDatabase();
		let asked = 0;
		await lab.start((parts) => ({
			...relayOnSqlite(parts),
			erase: () => (asked++, Promise.reject(new Error('away')))
		}));
		await expect.poll(() => asked).toBeGreaterThan(0);
		await restart();
		await lab.server.emptyConversations.run();
		expect(await written()).toEqual([]);
	});

	it('leaves what the same people wrote elsewhere', async () => {
		const { body } = await lab.owner.post('/api/conversations', { kind: 'group', members: [] });
		await lab.owner.post('/api/messages/send', { conversationId: body.conversation.id, text: 'stays' });
		await leftLongAgo();
		await restart();
		await lab.server.emptyConversations.run();
		expect(await written()).toEqual([]);
		const { messages } = (await lab.owner.get(`/api/conversations/${body.conversation.id}/messages`)).body;
		expect(messages).toMatchObject([{ text: 'stays' }]);
	});
});

it('what two people wrote to each other is erased a month after both deleted their accounts', async () => {
	const { body } = await lab.member.post('/api/messages/send', { userId: lab.stranger.id, text: 'Psst' });
	const { conversationId } = body.message;
	await lab.stranger.post('/api/messages/send', { conversationId, text: 'Yes?' });
	const left = async () =>
		(await lab.server.relay.entries(`c/${conversationId}/0`)).filter(({ body }) => body).length;
	const leaveForGood = async (who: ApiClient) => {
		expect((await who.delete('/api/me', { password: PASSWORD, erase: false })).status).toBe(204);
		lab.nowMs += EMPTY_KEPT_MS;
		await restart();
		await lab.server.emptyConversations.run();
	};
	await leaveForGood(lab.member);
	expect(await left()).toBe(2);
	await leaveForGood(lab.stranger);
	expect(await left()).toBe(0);
});

it('changing groups is counted by itself: what it leaves on the disk is in nobody’s share', async () => {
	await lab.server.relay.close();
	lab.server.closeDatabase();
	await lab.start(relayOnSqlite, { SKEIN_RATE_FACTOR: '0.0025' });
	const statuses = [];
	for (const name of ['A', 'B', 'C', 'D']) statuses.push((await lab.change(lab.owner, { name })).status);
	expect(statuses).toEqual([200, 200, 200, 429]);
	expect([(await lab.add(lab.owner, lab.stranger)).status, (await leave(lab.owner)).status]).toEqual([
		429, 429
	]);
	lab.nowMs += 60 * 60_000;
	expect((await lab.change(lab.owner, { name: 'D' })).status).toBe(200);
});
