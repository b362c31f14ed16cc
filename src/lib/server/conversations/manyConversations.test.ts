/** Users who are in as many conversations as can be, and the list of those. */
import Database from 'better-sqlite3';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GroupLab } from '../testing/groupLab.fixture';
import { codes, type ApiClient } from '../testing/apiClient.fixture';
import { CONVERSATIONS_BY_OTHERS_MAX, CONVERSATIONS_OF_USER_MAX } from '../../domain/limits';

let lab: GroupLab;
beforeEach(async () => {
	lab = await new GroupLab().start();
});
afterEach(() => lab.stop());

/** Groups as if the user had made them, all but as many as they are in. */
function fill(user: ApiClient, count: number): void {
	const db = new Database(join(lab.folder, 'skein.db'));
	const held = db.prepare<[string], number>('SELECT count(*) FROM members WHERE user_id = ?').pluck();
	const group = db.prepare(
		`INSERT INTO conversations (id, kind, name, creator, created_at) VALUES (?, 'group', '', ?, ?)`
	);
	const member = db.prepare(
		`INSERT INTO members (conversation_id, user_id, role, joined_at) VALUES (?, ?, 'owner', 0)`
	);
	db.transaction(() => {
		for (let n = held.get(user.id) ?? 0; n < count; n++) {
			const id = `018f0000-0000-7000-8000-${String(n).padStart(12, '0')}`;
			// Several of one time.
			group.run(id, user.id, Math.floor(n / 3));
			member.run(id, user.id);
		}
	})();
	db.close();
}

const begin = (by: ApiClient, kind: string, ...members: ApiClient[]) =>
	by.post('/api/conversations', { kind, members: members.map(({ id }) => id) });

describe('somebody in as many conversations as can be', () => {
	beforeEach(() => fill(lab.stranger, CONVERSATIONS_OF_USER_MAX));

	it('begins no other, by whatever way', async () => {
		for (const kind of ['group', 'direct'])
			expect(codes(await begin(lab.stranger, kind, lab.member))).toEqual([409, 'too_many_conversations']);
		const message = { userId: lab.member.id, text: 'Hello' };
		const sent = await lab.stranger.post('/api/messages/send', message);
		expect(codes(sent)).toEqual([409, 'too_many_conversations']);
	});

	it('joins none, nor asks to', async () => {
		const { token } = (await lab.owner.post(`${lab.path}/invites`, {})).body;
		const accept = () => lab.stranger.post(`/api/invites/${token}/accept`);
		expect(codes(await accept())).toEqual([409, 'too_many_conversations']);
		await lab.change(lab.owner, { joining: 'request' });
		expect(codes(await accept())).toEqual([409, 'too_many_conversations']);
	});

	it('is added to none by others, who can still write to them', async () => {
		expect(codes(await lab.add(lab.owner, lab.stranger))).toEqual([409, 'theirs_too_many']);
		expect(codes(await begin(lab.owner, 'group', lab.stranger))).toEqual([409, 'theirs_too_many']);
		expect((await begin(lab.owner, 'direct', lab.stranger)).status).toBe(201);
	});

	it('begins another once they are in one less', async () => {
		const db = new Database(join(lab.folder, 'skein.db'));
		db.prepare('DELETE FROM members WHERE user_id = ? AND conversation_id LIKE ?').run(
			lab.stranger.id,
			'%000000000007'
		);
		db.close();
		expect((await begin(lab.stranger, 'group', lab.member)).status).toBe(201);
	});
});

it('others bring nobody into so many that they could begin none of their own', async () => {
	fill(lab.stranger, CONVERSATIONS_BY_OTHERS_MAX);
	expect(codes(await lab.add(lab.owner, lab.stranger))).toEqual([409, 'theirs_too_many']);
	expect((await begin(lab.stranger, 'group', lab.member)).status).toBe(201);
	await lab.change(lab.owner, { joining: 'request' });
	const { token } = (await lab.owner.post(`${lab.path}/invites`, {})).body;
	await lab.stranger.post(`/api/invites/${token}/accept`);
	const admitted = await lab.owner.post(`${lab.path}/requests/${lab.stranger.id}`);
	expect(admitted.status).toBeLessThan(300);
});

it('a user may be in a thousand', async () => {
	fill(lab.stranger, 1_000);
	expect((await lab.add(lab.owner, lab.stranger)).status).toBe(201);
	expect((await begin(lab.stranger, 'group', lab.member)).status).toBe(201);
});

describe('the list of one’s conversations', () => {
	const page = async (query: Record<string, string>) => {
		const { status, body } = await lab.stranger.get(`/api/conversations?${new URLSearchParams(query)}`);
		expect(status).toBe(200);
		return body as { conversations: { id: string; createdAt: number; members: object[] }[]; cursor?: string };
	};

	async function readOn(query: Record<string, string> = {}) {
		const pages: Awaited<ReturnType<typeof page>>['conversations'][] = [];
		for (let cursor: string | undefined = ''; cursor !== undefined;) {
			const read: Awaited<ReturnType<typeof page>> = await page({ ...query, cursor });
			pages.push(read.conversations);
			cursor = read.cursor;
		}
		return pages;
	}

	it('comes a page at a time, the newest made first, each once', async () => {
		fill(lab.stranger, 1_000);
		expect((await page({})).conversations).toHaveLength(50);
		const all = (await readOn({ limit: '200' })).flat();
		expect(all.map(({ createdAt }) => createdAt)).toEqual(
			Array.from({ length: 1_000 }, (_, n) => Math.floor((999 - n) / 3))
		);
		expect(new Set(all.map(({ id }) => id)).size).toBe(1_000);
	});

	it('goes on where it was, whatever begins or ends in between', async () => {
		fill(lab.stranger, 6);
		const first = await page({ limit: '2' });
		await lab.add(lab.owner, lab.stranger);
		const path = `/api/conversations/${first.conversations[1]!.id}`;
		await lab.stranger.post(`${path}/members`, { userId: lab.member.id });
		await lab.stranger.patch(`${path}/members/${lab.member.id}`, { role: 'owner' });
		expect((await lab.stranger.send('DELETE', `${path}/members/${lab.stranger.id}`)).status).toBe(204);
		const rest = await page({ limit: '200', cursor: first.cursor! });
		expect(rest.conversations).toHaveLength(4);
		expect(rest.cursor).toBeUndefined();
	});

	it('has fewer of large groups on a page, but one at least', async () => {
		const crowd = Array.from({ length: 499 }, (_, n) => lab.userOf(`weaver${n}`));
		for (let n = 0; n < 3; n++)
			await lab.stranger.post('/api/conversations', { kind: 'group', members: crowd });
		expect((await readOn()).map(({ length }) => length)).toEqual([2, 1]);
	});

	it.each(['x', 'W10', Buffer.from('[1]').toString('base64url')])(
		'refuses a cursor that was never given: %s',
		async (cursor) => {
			const { status, body } = await lab.stranger.get(`/api/conversations?cursor=${cursor}`);
			expect([status, body.error.field]).toEqual([400, 'cursor']);
		}
	);

	it.each(['0', '201', 'many'])('refuses a limit that is none: %s', async (limit) => {
		const { status, body } = await lab.stranger.get(`/api/conversations?limit=${limit}`);
		expect([status, body.error.field]).toEqual([400, 'limit']);
	});
});
