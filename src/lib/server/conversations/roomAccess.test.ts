import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ApiLab } from '../testing/apiLab.fixture';
import { FakeRelay } from '../testing/fakeRelay.fixture';
import type { MakeRelay, RelayAccess } from '../relayPort';
import { directConversationId } from '../../domain/ids';
import { parseRoom } from '../../protocol/rooms';

const GROUP_ID = '018f0000-0000-7000-8000-000000000001';

let lab: ApiLab;
let access: RelayAccess;
beforeEach(async () => {
	const makeRelay: MakeRelay = (parts) => {
		access = parts.access;
		return new FakeRelay();
	};
	lab = await new ApiLab().start(makeRelay, { PROTOCOL_HEADER: 'x-forwarded-proto' });
});
afterEach(() => lab.stop());

it('lets members write segments and read the info, and each user at their own documents alone', async () => {
	const [alice, bob, carol] = [await lab.person('alice'), await lab.person('bob'), await lab.person('carol')];
	await alice.post('/api/conversations', { id: GROUP_ID, kind: 'group', members: [bob.id] });
	const table = [
		[`c/${GROUP_ID}/0`, 'write', 'write', 'none'],
		[`c/${GROUP_ID}/1`, 'write', 'write', 'none'],
		[`c/018f0000-0000-7000-8000-000000000002/0`, 'none', 'none', 'none'],
		[`info/${GROUP_ID}`, 'read', 'read', 'none'],
		[`directory/${alice.id}`, 'read', 'none', 'none'],
		[`home/${alice.id}`, 'write', 'none', 'none']
	] as const;
	for (const [name, ...levels] of table) {
		const room = parseRoom(name)!;
		const given = await Promise.all([alice, bob, carol].map(({ id }) => access.access(id, room)));
		expect([name, ...given]).toEqual([name, ...levels]);
	}
});

it('knows who once was in a conversation, who may hear what was taken of theirs there', async () => {
	const [alice, bob] = [await lab.person('alice'), await lab.person('bob')];
	await alice.post('/api/conversations', { id: GROUP_ID, kind: 'group', members: [bob.id] });
	await alice.delete(`/api/conversations/${GROUP_ID}/members/${bob.id}`);
	expect(await access.access(bob.id, parseRoom(`c/${GROUP_ID}/0`)!)).toBe('gone');
	expect(await access.access(bob.id, parseRoom(`info/${GROUP_ID}`)!)).toBe('none');
});

it('knows the conversations that a user is in', async () => {
	const [alice, bob, carol] = [await lab.person('alice'), await lab.person('bob'), await lab.person('carol')];
	await alice.post('/api/conversations', { id: GROUP_ID, kind: 'group', members: [bob.id] });
	expect(await access.conversationsOf(bob.id)).toEqual([GROUP_ID]);
	expect(await access.conversationsOf(carol.id)).toEqual([]);
});

/** An upgrade that came to that origin, as a proxy says it. */
function upgradeAt(origin: string): IncomingMessage {
	const { protocol, host } = new URL(origin);
	const request = new IncomingMessage(new Socket());
	return Object.assign(request, { headers: { host, 'x-forwarded-proto': protocol.slice(0, -1) } });
}

it('knows at an upgrade who holds a cookie or a token', async () => {
	const { id, cookie, token } = await lab.person('alice');
	const caller = (headers: { cookie?: string; authorization?: string }) =>
		access.authenticate(headers, upgradeAt('http://chat.example'));
	expect(await caller({ cookie })).toMatchObject({ userId: id });
	expect(await caller({ authorization: `Bearer ${token}` })).toMatchObject({ userId: id });
	expect(await caller({ cookie: `skein=${token}` })).toMatchObject({ userId: id });
	expect(await caller({})).toBeUndefined();
});

it('believes at an upgrade by https no plain cookie, which any page nearby could plant', async () => {
	const { id, cookie, token } = await lab.person('alice');
	const upgrade = upgradeAt('https://chat.example');
	expect(await access.authenticate({ cookie: `skein=${token}` }, upgrade)).toBeUndefined();
	expect(await access.authenticate({ cookie }, upgrade)).toMatchObject({ userId: id });
});

it('tells apart what the server has forgotten, once an older copy was put back; of two people to those two alone', async () => {
	const [alice, bob, carol] = [await lab.person('alice'), await lab.person('bob'), await lab.person('carol')];
	await alice.post('/api/conversations', { id: GROUP_ID, kind: 'group', members: [bob.id] });
	const direct = directConversationId(alice.id, bob.id);
	const other = '018f0000-0000-7000-8000-000000000002';
	const levelsOf = async (id: string) => {
		const rooms = [`info/${id}`, `c/${id}/0`].map((name) => parseRoom(name)!);
		const asked = [alice, bob, carol].map((each) =>
			Promise.all(rooms.map((room) => access.access(each.id, room)))
		);
		return (await Promise.all(asked)).map((levels) => [...new Set(levels)].join());
	};
	for (const id of [direct, other]) expect(await levelsOf(id)).toEqual(['none', 'none', 'none']);
	lab.noteRestored();
	expect(await levelsOf(other)).toEqual(['forgotten', 'forgotten', 'forgotten']);
	expect(await levelsOf(direct)).toEqual(['forgotten', 'forgotten', 'none']);
	expect((await levelsOf(GROUP_ID))[2]).toBe('none');
	await bob.post('/api/conversations', { kind: 'direct', members: [alice.id] });
	expect((await levelsOf(direct))[2]).toBe('none');
});
