/** Conversations over several segments, by REST and with the real relay: segments here hold three messages. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ApiLab } from '../testing/apiLab.fixture';
import type { ApiClient } from '../testing/apiClient.fixture';
import type { MakeRelay } from '../relayPort';
import { decodeSystemBody, encodeMessageBody } from '../../domain/bodies';
import { KIND, parseEntryId } from '../../domain/entry';
import { foldFacts } from '../../domain/facts';
import { readInfo } from '../../domain/info';
import { readSegmentSpans } from '../../domain/segmentSpans';
import { createRelay } from '../../../../sync-server/relay';
import { sqliteRoomStore } from '../../../../sync-server/sqliteRoomStore';

const GROUP_ID = '018f0000-0000-7000-8000-000000000001';
const LIMIT = 3;

/** Rooms whose entries were read whole. */
let entriesRead: string[] = [];
const smallSegments: MakeRelay = ({ db, ...options }) => {
	const limits = { segmentMessagesMax: LIMIT };
	const relay = createRelay({ store: sqliteRoomStore(db, options.now), ...options, limits });
	return { ...relay, entries: (room) => (entriesRead.push(room), relay.entries(room)) };
};
/** As if the process were killed before it heard of any segment. */
const deaf: MakeRelay = (parts) => smallSegments({ ...parts, onSegment: () => {} });

let lab: ApiLab;
let alice: ApiClient;
let bob: ApiClient;
beforeEach(async () => {
	lab = await new ApiLab().start(smallSegments);
	[alice, bob] = [await lab.person('alice'), await lab.person('bob')];
	await alice.post('/api/conversations', { id: GROUP_ID, kind: 'group', members: [bob.id] });
	entriesRead = [];
});
afterEach(() => lab.stop());

const segment = (n: number) => `c/${GROUP_ID}/${n}`;
const send = async (text: string, key?: string) => {
	const { status, body } = await alice.post('/api/messages/send', { conversationId: GROUP_ID, text, key });
	expect(status).toBe(201);
	return body.message;
};
const sendMany = async (count: number) => {
	for (let i = 1; i <= count; i++) {
		lab.nowMs += 1_000;
		await send(String(i));
	}
};
const read = async (query = '') =>
	(await bob.get(`/api/conversations/${GROUP_ID}/messages${query}`)).body as {
		messages: { id: string; text: string }[];
		before?: string;
	};
const texts = (page: { messages: { text: string }[] }) => page.messages.map(({ text }) => text).join(' ');
const facts = async () => foldFacts(await lab.server.relay.entries(`info/${GROUP_ID}`));
const live = async () => readInfo(await facts())?.live;
const spans = async () => readSegmentSpans(await facts());
const seals = async (n: number) =>
	(await lab.server.relay.entries(segment(n)))
		.filter(({ kind }) => kind === KIND.system)
		.map(({ body }) => body && decodeSystemBody(body))
		.filter((system) => system?.event === 'seal');

async function restart(makeRelay: MakeRelay): Promise<void> {
	await lab.server.relay.close();
	lab.server.closeDatabase();
	await lab.start(makeRelay);
}

it('sends to the next segment when one is full, and says so in the info', async () => {
	await sendMany(7);
	for (const [n, count] of [3, 3, 1].entries()) {
		const messages = (await lab.server.relay.entries(segment(n))).filter(({ kind }) => kind === KIND.message);
		expect(messages).toHaveLength(count);
	}
	await expect.poll(async () => [await live(), (await spans()).size]).toEqual([2, 3]);
	const [first, second, third] = [...(await spans()).values()];
	expect(first!.last! - first!.first).toBe(2_000);
	expect(second!.first - first!.last!).toBe(1_000);
	expect(third).toEqual({ first: second!.last! + 1_000, last: undefined });
	expect(lab.server.conversations.read(alice.id, GROUP_ID).live).toBe(2);
});

it('seals a full segment once, with the logs that hold its messages', async () => {
	await sendMany(4);
	await expect.poll(() => seals(0)).toHaveLength(1);
	const [message] = (await lab.server.relay.entries(segment(0))).filter(({ kind }) => kind === KIND.message);
	expect((await seals(0))[0]).toMatchObject({ key: 'seal/0', vector: new Map([[message!.client, 6]]) });
	await restart(smallSegments);
	await sendMany(1);
	expect(await seals(0)).toHaveLength(1);
	expect(await seals(1)).toEqual([]);
});

it('finishes after a kill between the commit and what follows from it, when the segment is read', async () => {
	await restart(deaf);
	await sendMany(7);
	expect([await live(), await seals(0)]).toEqual([0, []]);
	await restart(smallSegments);
	await sendMany(1);
	await expect.poll(live).toBe(2);
	await expect.poll(async () => [await seals(0), await seals(1)].map(({ length }) => length)).toEqual([1, 1]);
	expect(texts(await read())).toBe('1 2 3 4 5 6 7 1');
});

it('a late message into a full segment stretches what the info says of it', async () => {
	await sendMany(4);
	await expect.poll(live).toBe(1);
	const before = (await spans()).get(0)!;
	lab.nowMs += 60_000;
	const entry = { kind: KIND.message, body: encodeMessageBody({ text: 'late' }) };
	const [late] = await lab.server.relay.append(segment(0), bob.id, [entry]);
	await expect
		.poll(async () => (await spans()).get(0))
		.toEqual({ first: before.first, last: late!.stamp!.ms });
	expect(texts(await read())).toBe('1 2 3 4 late');
	expect(texts(await read('?limit=2'))).toBe('4 late');
	expect(await seals(0)).toHaveLength(1);
});

it('pages walk back through the segments, each message once', async () => {
	await sendMany(10);
	const pages: string[] = [];
	for (let before: string | undefined, first = true; first || before; first = false) {
		const page = await read(`?limit=4${before ? `&before=${before}` : ''}`);
		pages.push(texts(page));
		before = page.before;
	}
	expect(pages).toEqual(['7 8 9 10', '3 4 5 6', '1 2']);
	expect(texts(await read('?limit=100'))).toBe('1 2 3 4 5 6 7 8 9 10');
});

it('a page reads the segments that it meets, and no others', async () => {
	await sendMany(30);
	await expect.poll(live).toBe(10);
	entriesRead = [];
	const newest = await read('?limit=3');
	expect(texts(newest)).toBe('28 29 30');
	expect(entriesRead).toEqual([segment(10), segment(9)]);
	const middle = (await read('?limit=15')).messages[0]!;
	entriesRead = [];
	expect(texts(await read(`?limit=2&before=${middle.id}`))).toBe('14 15');
	expect(entriesRead.every((room) => [segment(4), segment(5)].includes(room))).toBe(true);
});

it('sending reads no room', async () => {
	await send('one');
	expect(entriesRead).toEqual([]);
});

it('a key is remembered when its segment is over, and its message is the answer', async () => {
	const first = await send('once', 'k');
	await sendMany(5);
	const again = await send('once', 'k');
	expect(again).toEqual(first);
});

it('replies reach into earlier segments, and into none to come', async () => {
	const first = await send('question');
	await sendMany(5);
	const reply = (replyTo: string) =>
		alice.post('/api/messages/send', { conversationId: GROUP_ID, text: 'reply', replyTo });
	const { status, body } = await reply(first.id);
	expect([status, body.message.replyTo]).toEqual([201, first.id]);
	expect(parseEntryId(body.message.id)?.segment).toBe(2);
	expect((await reply('3.1.0')).status).toBe(400);
	expect((await read('?before=3.1.0')) as object).toHaveProperty('error');
});
