/** Groups whose history begins at joining, with the real relay behind the routes. */
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { GroupLab } from '../testing/groupLab.fixture';
import type { ApiClient } from '../testing/apiClient.fixture';
import { relayOnSqlite } from '../app';
import { encodeMessageBody } from '../../domain/bodies';
import { KIND } from '../../domain/entry';
import { foldFacts } from '../../domain/facts';
import { foldSeals } from '../../domain/seals';
import { readInfo } from '../../domain/info';
import { roomsAhead } from '../../../../sync-server/sqliteRoomTables';
import { openDatabase } from '../database';
import { readSegmentSpans } from '../../domain/segmentSpans';

let lab: GroupLab;
beforeEach(async () => {
	lab = await new GroupLab().start(relayOnSqlite);
	await lab.change(lab.owner, { history: 'joining' });
	await lab.say(lab.owner, 'before');
	lab.nowMs += 1_000;
});
afterEach(() => lab.stop());

const entries = (room: string) => lab.server.relay.entries(room);
const facts = async () => foldFacts(await entries(`info/${lab.group}`));
const info = async () => readInfo(await facts());
const texts = async (by: ApiClient, query = '') =>
	(await by.get(`${lab.path}/messages${query}`)).body.messages?.map(({ text }: { text: string }) => text);
const eventsIn = async (segment: number) => {
	const said = await entries(`c/${lab.group}/${segment}`);
	return said.filter(({ author }) => author === 'system').length;
};

it('a join ends the live segment, and who joins reads on from the next', async () => {
	await lab.add(lab.owner, lab.stranger);
	expect(await info()).toMatchObject({ live: 1, firstSegments: new Map([[lab.stranger.id, 1]]) });
	expect(foldSeals(await entries(`c/${lab.group}/0`)).get(0)?.size).toBe(1);
	expect(await eventsIn(1)).toBe(1);
	await lab.say(lab.member, 'after');
	expect(await texts(lab.stranger)).toEqual(['after']);
	expect(await texts(lab.member)).toEqual(['before', 'after']);
});

it('who joins a group that devices have yet to give something back to reads nothing of that', async () => {
	const database = openDatabase(join(lab.folder, 'skein.db'));
	roomsAhead(database).raise(lab.group, 3);
	database.close();
	await lab.add(lab.owner, lab.stranger);
	expect(await info()).toMatchObject({ live: 4, firstSegments: new Map([[lab.stranger.id, 4]]) });
	await lab.say(lab.member, 'after');
	expect(await texts(lab.stranger)).toEqual(['after']);
	expect(await texts(lab.member)).toEqual(['before', 'after']);
	const other = await lab.person('otto');
	await lab.add(lab.owner, other);
	await lab.say(lab.member, 'for otto too');
	expect(await texts(other)).toEqual(['for otto too']);
});

it('the span of a segment that ended so has an end', async () => {
	await lab.add(lab.owner, lab.stranger);
	await lab.server.keeper.settled();
	await lab.server.projector.bringUp();
	const span = readSegmentSpans(await facts()).get(0);
	expect(span?.last).toBe(span?.first);
});

it('what was before is kept from every question of who joined later', async () => {
	const { body: before } = await lab.say(lab.owner, 'a secret');
	await lab.add(lab.owner, lab.stranger);
	await lab.say(lab.member, 'after');
	expect((await lab.stranger.get(`${lab.path}/messages?before=${before.message.id}`)).status).toBe(400);
	const reply = { conversationId: lab.group, text: 'what?', replyTo: before.message.id };
	expect((await lab.stranger.post('/api/messages/send', reply)).status).toBe(400);
	expect((await lab.member.post('/api/messages/send', reply)).status).toBe(201);
	expect(await texts(lab.stranger)).toEqual(['after', 'what?']);
});

it('what was before is neither deleted nor confirmed by who joined later', async () => {
	const { body: before } = await lab.say(lab.owner, 'a secret');
	const { body: mine } = await lab.say(lab.member, 'mine');
	await lab.add(lab.owner, lab.stranger);
	await lab.setRole(lab.owner, lab.stranger, 'admin');
	await lab.remove(lab.owner, lab.member);
	await lab.add(lab.owner, lab.member);
	const erase = async (by: ApiClient, id: string) => {
		const { status, body } = await by.delete(`${lab.path}/messages/${id}`);
		return [status, body?.error.code];
	};
	const absent = before.message.id.replace(/\d+$/, '999');
	for (const id of [before.message.id, absent])
		expect(await erase(lab.stranger, id)).toEqual([404, 'no_such_message']);
	expect(await texts(lab.owner)).toEqual(['before', 'a secret', 'mine']);
	// One's own may always go.
	expect(await erase(lab.member, mine.message.id)).toEqual([204, undefined]);
	expect(await erase(lab.admin, before.message.id)).toEqual([204, undefined]);
	expect(await texts(lab.owner)).toEqual(['before']);
});

it('each join opens a segment, though nobody has written in the one before', async () => {
	const other = await lab.person('otto');
	await lab.add(lab.owner, lab.stranger);
	await lab.add(lab.owner, other);
	const each = new Map([lab.stranger, other].map(({ id }, n) => [id, n + 1]));
	expect(await info()).toMatchObject({ live: 2, firstSegments: each });
	expect(foldSeals(await entries(`c/${lab.group}/1`)).get(1)?.size).toBe(0);
});

it('what a device that was away brings late is not for who joined meanwhile, though the segment was empty', async () => {
	await lab.add(lab.owner, lab.stranger);
	const other = await lab.person('otto');
	await lab.add(lab.owner, other);
	const late = { kind: KIND.message, body: encodeMessageBody({ text: 'not for otto' }) };
	await lab.server.relay.append(`c/${lab.group}/1`, lab.member.id, [late]);
	lab.nowMs += 1_000;
	await lab.say(lab.member, 'for otto too');
	expect(await texts(lab.stranger)).toEqual(['not for otto', 'for otto too']);
	expect(await texts(other)).toEqual(['for otto too']);
});

it('history begins at joining again for whoever comes back', async () => {
	await lab.remove(lab.owner, lab.member);
	await lab.add(lab.owner, lab.member);
	expect(await texts(lab.member)).toEqual([]);
	await lab.say(lab.owner, 'welcome back');
	expect(await texts(lab.member)).toEqual(['welcome back']);
});

it('it is from the start again for those who join after it was set so', async () => {
	await lab.change(lab.owner, { history: 'start' });
	await lab.add(lab.owner, lab.stranger);
	expect(await texts(lab.stranger)).toEqual(['before']);
});

it('a server that was killed behind a join seals the segment at its next start', async () => {
	lab.server.projector.bringUp = () => Promise.resolve();
	await lab.add(lab.owner, lab.stranger);
	expect(foldSeals(await entries(`c/${lab.group}/0`)).size).toBe(0);
	await lab.server.relay.close();
	lab.server.closeDatabase();
	await lab.start(relayOnSqlite);
	expect(foldSeals(await entries(`c/${lab.group}/0`)).get(0)?.size).toBe(1);
	expect(await info()).toMatchObject({ live: 1 });
});
