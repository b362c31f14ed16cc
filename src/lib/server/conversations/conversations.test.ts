import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ApiLab } from '../testing/apiLab.fixture';
import type { ApiClient } from '../testing/apiClient.fixture';
import { decodeSystemBody } from '../../domain/bodies';
import { directConversationId } from '../../domain/ids';
import { openDatabase } from '../database';
import { SEGMENTS_LOST_MAX } from '../../domain/limits';
import { sqliteRoomStore } from '../../../../sync-server/sqliteRoomStore';

const GROUP_ID = '018f0000-0000-7000-8000-000000000001';
const NOBODY = 'a'.repeat(16);

let lab: ApiLab;
let alice: ApiClient;
let bob: ApiClient;
let carol: ApiClient;
beforeEach(async () => {
	lab = await new ApiLab().start();
	[alice, bob, carol] = [await lab.person('alice'), await lab.person('bob'), await lab.person('carol')];
});
afterEach(() => lab.stop());

const create = (by: ApiClient, fields: object) => by.post('/api/conversations', fields);
const events = async (id: string) =>
	(await lab.relay.entries(`c/${id}/0`)).map(({ body }) => body && decodeSystemBody(body));

describe('a direct conversation', () => {
	it('is made once, whoever asks first, under the id that both derive', async () => {
		const id = directConversationId(alice.id, bob.id);
		const first = await create(alice, { kind: 'direct', members: [bob.id] });
		expect(first.status).toBe(201);
		expect(first.body.conversation).toMatchObject({ id, kind: 'direct', name: '', live: 0 });
		const again = await create(bob, { id, kind: 'direct', members: [alice.id, bob.id] });
		expect([again.status, again.body]).toEqual([200, first.body]);
	});

	it('may be with oneself', async () => {
		const { status, body } = await create(alice, { kind: 'direct', members: [alice.id] });
		expect([status, body.conversation.members.length]).toEqual([201, 1]);
		expect(lab.relay.facts(`directory/${alice.id}`)[`conversation/${body.conversation.id}`]).toMatchObject({
			peer: alice.id
		});
	});

	it('is told to both, each with the other’s name, and has no line of its beginning', async () => {
		const { body } = await create(alice, { kind: 'direct', members: [bob.id] });
		const key = `conversation/${body.conversation.id}`;
		expect(lab.relay.facts(`directory/${alice.id}`)[key]).toMatchObject({ kind: 'direct', peer: bob.id });
		expect(lab.relay.facts(`directory/${bob.id}`)[key]).toMatchObject({ username: 'alice', peer: alice.id });
		expect(await events(body.conversation.id)).toEqual([]);
	});

	it.each([
		['with two others', () => ({ members: [bob.id, carol.id] }), 'members'],
		['under another id', () => ({ members: [bob.id], id: directConversationId(bob.id, carol.id) }), 'id'],
		['under a group’s id', () => ({ members: [bob.id], id: GROUP_ID }), 'id'],
		['with nobody known', () => ({ members: [NOBODY] }), 'members'],
		['with what is no user id', () => ({ members: ['bob'] }), 'members']
	])('is refused %s', async (_, fields, field) => {
		const { status, body } = await create(alice, { kind: 'direct', ...fields() });
		expect([status, body.error.field]).toEqual([400, field]);
	});

	it('takes no third person', async () => {
		const { body } = await create(alice, { kind: 'direct', members: [bob.id] });
		const answer = await alice.post(`/api/conversations/${body.conversation.id}/members`, {
			userId: carol.id
		});
		expect([answer.status, answer.body.error.code]).toEqual([409, 'direct_conversation']);
	});
});

describe('a group', () => {
	it('has its creator as owner and says who is in it', async () => {
		const { status, body } = await create(alice, {
			kind: 'group',
			members: [bob.id, bob.id],
			name: ' Boats '
		});
		expect(status).toBe(201);
		const { id, name, members } = body.conversation;
		expect(name).toBe('Boats');
		expect(members).toEqual([
			{ id: alice.id, username: 'alice', displayName: 'alice', role: 'owner' },
			{ id: bob.id, username: 'bob', displayName: 'bob', role: 'member' }
		]);
		expect(lab.relay.facts(`info/${id}`)).toMatchObject({
			kind: 'group',
			name: 'Boats',
			live: 0,
			[`member/${alice.id}`]: { role: 'owner' },
			[`member/${bob.id}`]: { role: 'member' },
			[`person/${bob.id}`]: { username: 'bob', displayName: 'bob' }
		});
		expect(lab.relay.facts(`directory/${bob.id}`)[`conversation/${id}`]).toEqual({ kind: 'group' });
		expect(await events(id)).toMatchObject([{ event: 'created', by: alice.id, who: [bob.id] }]);
	});

	it('is made once when its device asks again under the same id', async () => {
		const first = await create(alice, { id: GROUP_ID, kind: 'group', members: [bob.id] });
		const again = await create(alice, { id: GROUP_ID, kind: 'group', members: [bob.id] });
		expect([first.status, again.status]).toEqual([201, 200]);
		expect(again.body).toEqual(first.body);
		expect(await events(GROUP_ID)).toHaveLength(1);
	});

	it('keeps its id from everybody else, members too', async () => {
		await create(alice, { id: GROUP_ID, kind: 'group', members: [bob.id] });
		for (const other of [bob, carol]) {
			const { status, body } = await create(other, { id: GROUP_ID, kind: 'group', members: [] });
			expect([status, body.error.code]).toEqual([409, 'id_taken']);
		}
	});

	it.each([
		['under a direct conversation’s id', () => ({ id: directConversationId(alice.id, bob.id) }), 'id'],
		['under what is no id', () => ({ id: '../x' }), 'id'],
		['of another kind', () => ({ kind: 'channel' }), 'kind'],
		['with somebody unknown', () => ({ members: [bob.id, NOBODY] }), 'members'],
		['with a name over its length', () => ({ name: 'x'.repeat(81) }), 'name'],
		['without members', () => ({ members: undefined }), 'members']
	])('is refused %s', async (_, fields, field) => {
		const { status, body } = await create(alice, { kind: 'group', members: [bob.id], ...fields() });
		expect([status, body.error.field]).toEqual([400, field]);
		expect((await alice.get('/api/conversations')).body.conversations).toEqual([]);
	});

	it('has at most 500 members', async () => {
		const members = Array.from({ length: 500 }, (_, i) => `${i}`.padStart(16, 'a'));
		const { status, body } = await create(alice, { kind: 'group', members });
		expect([status, body.error.code]).toEqual([400, 'too_many_members']);
	});
});

describe('adding a member', () => {
	let id: string;
	beforeEach(async () => {
		id = (await create(alice, { kind: 'group', members: [bob.id] })).body.conversation.id;
	});
	const add = (by: ApiClient, userId: string) => by.post(`/api/conversations/${id}/members`, { userId });

	it('may be done by any member, and is told in the timeline, the info and the directory', async () => {
		const { status, body } = await add(bob, carol.id);
		expect(status).toBe(201);
		expect(body.conversation.members.map((member: { id: string }) => member.id)).toContain(carol.id);
		expect((await events(id)).at(-1)).toMatchObject({ event: 'joined', by: bob.id, who: [carol.id] });
		expect(lab.relay.facts(`info/${id}`)[`member/${carol.id}`]).toEqual({ role: 'member' });
		expect(lab.relay.facts(`directory/${carol.id}`)[`conversation/${id}`]).toEqual({ kind: 'group' });
	});

	it('twice changes nothing more', async () => {
		await add(alice, carol.id);
		expect((await add(bob, carol.id)).status).toBe(200);
		expect(await events(id)).toHaveLength(2);
	});

	it('is refused to someone who is not in it, and of someone who is not there', async () => {
		expect((await add(carol, carol.id)).status).toBe(404);
		expect((await add(alice, NOBODY)).body.error).toMatchObject({ code: 'unknown_user', field: 'userId' });
		expect(lab.relay.facts(`info/${id}`)[`member/${carol.id}`]).toBeUndefined();
	});
});

describe('reading conversations', () => {
	it('lists one’s own alone, the newest first', async () => {
		const ids: string[] = [];
		for (const members of [[bob.id], [carol.id]]) {
			lab.nowMs += 1000;
			ids.unshift((await create(alice, { kind: 'group', members })).body.conversation.id);
		}
		const listed = async (client: ApiClient) =>
			(await client.get('/api/conversations')).body.conversations.map(({ id }: { id: string }) => id);
		expect(await listed(alice)).toEqual(ids);
		expect(await listed(bob)).toEqual([ids[1]]);
	});

	it('gives a member the conversation, and others the same 404 as for none', async () => {
		const { id } = (await create(alice, { kind: 'group', members: [bob.id] })).body.conversation;
		expect((await bob.get(`/api/conversations/${id}`)).body.conversation.id).toBe(id);
		const outside = await carol.get(`/api/conversations/${id}`);
		const none = await carol.get(`/api/conversations/${GROUP_ID}`);
		expect([outside.status, outside.body]).toEqual([404, none.body]);
	});

	it('needs a session', async () => {
		expect((await lab.visitor().get('/api/conversations')).status).toBe(401);
		expect((await create(lab.visitor(), { kind: 'group', members: [] })).status).toBe(401);
	});
});

describe('what the server has forgotten since an older copy was put back', () => {
	// Behind the moment that the group's id names.
	beforeEach(() => {
		lab.nowMs = 1_760_000_000_000;
	});
	const STOOD = { live: 3, description: 'Whose turn it is', history: 'joining', joining: 'request' };
	const again = () => ({
		id: GROUP_ID,
		kind: 'group',
		name: 'Boats',
		members: [],
		stood: {
			...STOOD,
			places: [
				{ user: alice.id, role: 'owner' },
				{ user: bob.id, role: 'admin' },
				{ user: carol.id, from: 2, joined: 1_750_000_000_000 },
				{ user: NOBODY }
			]
		}
	});

	it('is made again as it was, without those whom the server does not know', async () => {
		lab.noteRestored();
		const { status, body } = await create(alice, again());
		expect([status, body.conversation]).toMatchObject([201, { name: 'Boats', live: 3 }]);
		const facts = lab.relay.facts(`info/${GROUP_ID}`);
		expect(facts).toMatchObject({ description: STOOD.description, history: 'joining', joining: 'request' });
		expect(facts[`member/${alice.id}`]).toEqual({ role: 'owner' });
		expect(facts[`member/${bob.id}`]).toEqual({ role: 'admin' });
		expect(facts[`member/${carol.id}`]).toEqual({ role: 'member', from: 2, joined: 1_750_000_000_000 });
		expect(facts[`member/${NOBODY}`]).toBeUndefined();
		expect(lab.relay.facts(`directory/${carol.id}`)[`conversation/${GROUP_ID}`]).toEqual({ kind: 'group' });
		expect(await events(GROUP_ID)).toEqual([]);
	});

	it('lets nobody read from an earlier segment than they did, and devices go on where they are', async () => {
		lab.noteRestored();
		const places = [
			{ user: alice.id, role: 'owner' },
			{ user: bob.id, from: 36 },
			{ user: carol.id, from: 37 }
		];
		expect((await create(alice, { ...again(), stood: { live: 36, places } })).status).toBe(201);
		const facts = lab.relay.facts(`info/${GROUP_ID}`);
		expect(facts[`member/${bob.id}`]).toMatchObject({ from: 36 });
		expect(facts[`member/${carol.id}`]).toBeUndefined();
		const database = openDatabase(join(lab.folder, 'skein.db'));
		const ahead = await sqliteRoomStore(database, () => 0).ahead(GROUP_ID);
		database.close();
		expect(ahead).toBe(36 + SEGMENTS_LOST_MAX);
	});

	it('goes on where an older device is, though somebody has begun a direct one anew', async () => {
		lab.noteRestored();
		const id = directConversationId(alice.id, bob.id);
		const direct = (live?: number) => ({
			id,
			kind: 'direct',
			members: [bob.id],
			...(live === undefined ? {} : { stood: { live } })
		});
		expect((await create(alice, direct())).body.conversation.live).toBe(0);
		expect((await create(alice, direct(40))).body.conversation.live).toBe(40);
		expect((await create(alice, direct(39))).body.conversation.live).toBe(40);
		expect((await create(alice, direct())).body.conversation.live).toBe(40);
		const database = openDatabase(join(lab.folder, 'skein.db'));
		const ahead = await sqliteRoomStore(database, () => 0).ahead(id);
		database.close();
		expect(ahead).toBe(40 + SEGMENTS_LOST_MAX);
	});

	it('does not go on by such a word where nothing was put back', async () => {
		const direct = { kind: 'direct', members: [bob.id], stood: { live: 40 } };
		await create(alice, direct);
		expect((await create(alice, direct)).body.conversation.live).toBe(0);
	});

	it('is made once, whichever of its owners comes first', async () => {
		lab.noteRestored();
		expect((await create(alice, again())).status).toBe(201);
		expect((await create(alice, again())).status).toBe(200);
		expect((await create(bob, again())).body.error.code).toBe('id_taken');
	});

	it('leaves out who has blocked the one who asks', async () => {
		lab.noteRestored();
		await bob.send('PUT', `/api/blocks/${alice.id}`);
		await create(alice, again());
		expect(lab.relay.facts(`info/${GROUP_ID}`)[`member/${bob.id}`]).toBeUndefined();
	});

	it('is refused where its other one is not known: there is nobody to make it with', async () => {
		lab.noteRestored();
		const id = directConversationId(alice.id, NOBODY);
		const asked = { id, kind: 'direct', members: [NOBODY], stood: { live: 0 } };
		expect((await create(alice, asked)).body.error.code).toBe('unknown_user');
	});

	it('is refused where nothing was put back, but for a direct one, which is like any other', async () => {
		const refused = await create(alice, again());
		expect([refused.status, refused.body.error.code]).toEqual([403, 'not_allowed']);
		const id = directConversationId(alice.id, bob.id);
		const direct = { id, kind: 'direct', members: [bob.id], stood: { live: 3 } };
		expect((await create(alice, direct)).body.conversation.live).toBe(0);
	});

	it('is refused once the restore is 90 days old, and of a group that began after it', async () => {
		lab.noteRestored();
		const restoredMs = lab.nowMs;
		const idAt = (ms: number) => {
			const hex = ms.toString(16).padStart(12, '0');
			return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000001`;
		};
		const late = await create(alice, { ...again(), id: idAt(restoredMs + 2 * 86_400_000) });
		expect([late.status, late.body.error.code]).toEqual([403, 'not_allowed']);
		expect((await create(alice, { ...again(), id: idAt(restoredMs + 3_600_000) })).status).toBe(201);
		const [last, over] = [idAt(restoredMs - 1), idAt(restoredMs - 2)];
		lab.nowMs = restoredMs + 90 * 86_400_000 - 1;
		expect((await create(alice, { ...again(), id: last })).status).toBe(201);
		lab.nowMs += 1;
		expect((await create(alice, { ...again(), id: over })).status).toBe(403);
		const id = directConversationId(alice.id, bob.id);
		const direct = { id, kind: 'direct', members: [bob.id], stood: { live: 3 } };
		expect((await create(alice, direct)).body.conversation.live).toBe(3);
	});
});
