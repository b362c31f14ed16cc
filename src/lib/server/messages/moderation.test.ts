import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { relayOnSqlite } from '../app';
import { ApiLab } from '../testing/apiLab.fixture';
import type { ApiClient } from '../testing/apiClient.fixture';
import type { MakeRelay } from '../relayPort';
import { encodeEditBody } from '../../domain/annotationBodies';
import { KIND } from '../../domain/entry';
import { foldTimeline } from '../../domain/timeline';
import { SYSTEM_USER } from '../../domain/ids';

const GROUP_ID = '018f0000-0000-7000-8000-000000000001';
const ROOM = `c/${GROUP_ID}/0`;

let lab: ApiLab;
let alice: ApiClient;
let bob: ApiClient;
let carol: ApiClient;
beforeEach(async () => {
	lab = await new ApiLab().start(relayOnSqlite);
	[alice, bob, carol] = [await lab.person('alice'), await lab.person('bob'), await lab.person('carol')];
	await alice.post('/api/conversations', { id: GROUP_ID, kind: 'group', members: [bob.id, carol.id] });
});
afterEach(() => lab.stop());

const say = async (by: ApiClient, text: string): Promise<string> =>
	(await by.post('/api/messages/send', { conversationId: GROUP_ID, text })).body.message.id;
const remove = (by: ApiClient, id: string, key?: string) =>
	by.send(
		'DELETE',
		`/api/conversations/${GROUP_ID}/messages/${id}`,
		undefined,
		key ? { 'idempotency-key': key } : {}
	);
const entries = () => lab.server.relay.entries(ROOM);
const reasons = async () =>
	(await entries()).filter(({ author, kind }) => author === SYSTEM_USER && kind === KIND.system).slice(1);
const shown = async () =>
	foldTimeline(await entries()).flatMap((item) =>
		item.type === 'message'
			? [item.deleted ? `deleted${item.moderator ? ' by a moderator' : ''}` : item.text]
			: []
	);
function makeAdmin({ id }: ApiClient): void {
	const db = new Database(join(lab.folder, 'skein.db'));
	db.prepare("UPDATE members SET role = 'admin' WHERE user_id = ?").run(id);
	db.close();
}

async function restart(makeRelay: MakeRelay): Promise<void> {
	await lab.server.relay.close();
	lab.server.closeDatabase();
	await lab.start(makeRelay);
}

describe('deleting a message of another', () => {
	it('is no affair of an admin whose history begins behind it: for them there is none', async () => {
		const dave = await lab.person('dave');
		await alice.patch(`/api/conversations/${GROUP_ID}`, { history: 'joining' });
		const id = await say(bob, 'before dave');
		await alice.post(`/api/conversations/${GROUP_ID}/members`, { userId: dave.id });
		makeAdmin(dave);
		const { status, body } = await remove(dave, id);
		expect([status, body?.error?.code]).toEqual([404, 'no_such_message']);
		expect(await shown()).toEqual(['before dave']);
	});

	it('is the owner’s to do: its text is gone, and a tombstone says who removed it', async () => {
		const id = await say(bob, 'not nice');
		expect((await remove(alice, id)).status).toBe(204);
		expect(await shown()).toEqual(['deleted by a moderator']);
		expect(foldTimeline(await entries())).toMatchObject([{}, { moderator: alice.id, author: bob.id }]);
		expect((await entries()).some(({ author, body }) => author === bob.id && body)).toBe(false);
		expect((await bob.get(`/api/conversations/${GROUP_ID}/messages`)).body.messages).toEqual([]);
	});

	it('is an admin’s to do, the owner’s messages among them', async () => {
		makeAdmin(bob);
		const id = await say(alice, 'not nice');
		expect((await remove(bob, id)).status).toBe(204);
		expect(await shown()).toEqual(['deleted by a moderator']);
	});

	it('is not a member’s to do', async () => {
		const id = await say(alice, 'stays');
		const { status, body } = await remove(bob, id);
		expect([status, body.error.code]).toEqual([403, 'not_moderator']);
		expect(await shown()).toEqual(['stays']);
	});

	it('is refused without reading what else stands in its segment', async () => {
		const id = await say(alice, 'stays');
		const read = vi.spyOn(lab.server.relay, 'entries');
		expect((await remove(bob, id)).status).toBe(403);
		expect((await remove(await lab.person('eve'), id)).status).toBe(404);
		expect(read).not.toHaveBeenCalled();
	});

	it('is nobody’s to do in a direct conversation', async () => {
		const { body } = await bob.post('/api/messages/send', { userId: alice.id, text: 'hello' });
		const { conversationId, id } = body.message;
		const path = `/api/conversations/${conversationId}/messages/${id}`;
		expect((await alice.send('DELETE', path)).status).toBe(403);
		expect((await bob.send('DELETE', path)).status).toBe(204);
	});

	it('is hidden from who is not a member, with the message and without', async () => {
		const id = await say(bob, 'inside');
		const eve = await lab.person('eve');
		expect((await remove(eve, id)).status).toBe(404);
		expect((await remove(alice, '0.1.0')).body.error.code).toBe('no_such_message');
		for (const odd of ['nonsense', '7.1.0', '0.1', '99999.1.0'])
			expect((await remove(alice, odd)).status).toBe(404);
		expect(await shown()).toEqual(['inside']);
	});

	it('takes no event for a message', async () => {
		const [created] = await entries();
		expect((await remove(alice, `0.${created!.client}.${created!.s}`)).status).toBe(404);
	});
});

describe('deleting one’s own message', () => {
	it('is told as such, and not as a moderator’s doing', async () => {
		const id = await say(bob, 'oops');
		expect((await remove(bob, id)).status).toBe(204);
		expect(await shown()).toEqual(['deleted']);
	});
});

describe('done again', () => {
	it('it changes nothing, by whoever and under whatever id', async () => {
		const id = await say(bob, 'not nice');
		const key = '018f0000-0000-7000-8000-00000000000a';
		for (const [by, name] of [
			[alice, key],
			[alice, key],
			[alice, undefined],
			[bob, undefined]
		] as const)
			expect((await remove(by, id, name)).status).toBe(204);
		expect(await reasons()).toHaveLength(1);
		expect(await shown()).toEqual(['deleted by a moderator']);
	});

	it('it erases what its author has written of it since', async () => {
		const id = await say(bob, 'not nice');
		await remove(alice, id);
		const late = { kind: KIND.edit, body: encodeEditBody({ target: id, text: 'not nice at all' }) };
		await lab.server.relay.append(ROOM, bob.id, [late]);
		expect(await shown()).toEqual(['deleted by a moderator']);
		await remove(alice, id);
		expect((await entries()).some(({ author, body }) => author === bob.id && body)).toBe(false);
		expect(await reasons()).toHaveLength(1);
	});

	it('a refusal stays one, though the rules would allow it by then', async () => {
		const id = await say(carol, 'stays');
		const key = '018f0000-0000-7000-8000-00000000000b';
		expect((await remove(bob, id, key)).status).toBe(403);
		makeAdmin(bob);
		expect((await remove(bob, id, key)).status).toBe(403);
		expect(await shown()).toEqual(['stays']);
	});
});

it('is counted by itself, as what may cost as much as a page', async () => {
	await lab.server.relay.close();
	lab.server.closeDatabase();
	await lab.start(relayOnSqlite, { SKEIN_RATE_FACTOR: '0.005' });
	const statuses = [];
	for (let n = 0; n < 4; n++) statuses.push((await remove(alice, '0.1.0')).status);
	expect(statuses).toEqual([404, 404, 404, 429]);
	expect((await alice.patch('/api/me', { displayName: 'Alice' })).status).toBe(200);
});

it('a server killed before the text is erased does so at its next start', async () => {
	const id = await say(bob, 'not nice');
	let killed = () => {};
	const committed = new Promise<void>((resolve) => (killed = resolve));
	await restart(({ db, ...options }) => ({
		...relayOnSqlite({ db, ...options }),
		erase: () => (killed(), new Promise(() => {}))
	}));
	void remove(alice, id);
	await committed;
	await restart(relayOnSqlite);
	expect(await shown()).toEqual(['deleted by a moderator']);
});

it('deleting again under its id is answered as before, though whoever did it has left the group since', async () => {
	const id = await say(bob, 'mine');
	expect((await remove(bob, id, 'k')).status).toBe(204);
	await bob.delete(`/api/conversations/${GROUP_ID}/members/${bob.id}`);
	expect((await remove(bob, id, 'k')).status).toBe(204);
	expect((await remove(bob, id, 'k2')).status).toBe(404);
});
