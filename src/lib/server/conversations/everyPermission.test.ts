/**
 * Every cell of the table of permissions over the real routes, in both directions: what may be done is done, and what
 * may not changes nothing. What the table itself says, permissions.test.ts holds.
 */
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiLab } from '../testing/apiLab.fixture';
import type { Answer, ApiClient } from '../testing/apiClient.fixture';
import { may, mayDoTo, mayStepDown, type GroupDeed, type MemberDeed } from '../../domain/permissions';
import type { Joining, Role } from '../../domain/info';

const ROLES: readonly Role[] = ['owner', 'admin', 'member'];
const A: Readonly<Record<Role, string>> = { owner: 'an owner', admin: 'an admin', member: 'a member' };

let lab: ApiLab;
/** Two of each role: one who does, and one to whom it is done. */
let first: Record<Role, ApiClient>;
let second: Record<Role, ApiClient>;
let asking: ApiClient;
let removed: ApiClient;
let stranger: ApiClient;
/** The picture that groups have, and another. */
let pictures: readonly [Buffer, Buffer];

beforeAll(async () => {
	lab = await new ApiLab().start();
	const people = (n: number) => Promise.all(ROLES.map((role) => lab.person(`${role}${n}`)));
	const byRole = (clients: ApiClient[]) =>
		Object.fromEntries(ROLES.map((role, i) => [role, clients[i]])) as Record<Role, ApiClient>;
	first = byRole(await people(1));
	second = byRole(await people(2));
	asking = await lab.person('asking');
	removed = await lab.person('removed');
	stranger = await lab.person('stranger');
	const square = (background: string) =>
		sharp({ create: { width: 8, height: 8, channels: 3, background } })
			.png()
			.toBuffer();
	pictures = [await square('teal'), await square('maroon')];
});
afterAll(() => lab.stop());

interface World {
	/** `/api/conversations/<id>` of a group of its own. */
	readonly path: string;
	readonly invite: string;
	/** The id of a message of the group's second member. */
	readonly message: string;
}

async function world(joining: Joining): Promise<World> {
	const everyone = [...Object.values(first), ...Object.values(second)];
	const members = [...everyone, removed].filter((one) => one !== first.owner).map(({ id }) => id);
	const made = await first.owner.post('/api/conversations', { kind: 'group', members, name: 'Boats' });
	const id: string = made.body.conversation.id;
	const path = `/api/conversations/${id}`;
	const give = (who: ApiClient, role: Role) => first.owner.patch(`${path}/members/${who.id}`, { role });
	for (const who of [first.admin, second.admin]) await give(who, 'admin');
	await give(second.owner, 'owner');
	await first.owner.delete(`${path}/members/${removed.id}`);
	await first.owner.upload(`${path}/picture`, pictures[0], 'image/png');
	await first.owner.patch(path, { joining: 'request' });
	const { token, invite } = (await first.owner.post(`${path}/invites`, {})).body;
	await asking.post(`/api/invites/${token}/accept`, {});
	if (joining === 'open') await first.owner.patch(path, { joining });
	const sent = await second.member.post('/api/messages/send', { conversationId: id, text: 'hello' });
	return { path, invite: invite.id, message: sent.body.message.id };
}

/** All that the server says of the group, in its documents and to those who ask. */
async function stateOf({ path }: World): Promise<unknown> {
	const id = path.split('/').at(-1) ?? '';
	const { invites } = (await first.owner.get(`${path}/invites`)).body;
	const [facts, entries] = [lab.relay.facts(`info/${id}`), await lab.relay.entries(`c/${id}/0`)];
	return JSON.parse(JSON.stringify([facts, entries.map(({ body }) => body && [...body]), invites]));
}

type Ask = (by: ApiClient, world: World) => Promise<Answer>;

/** Each way to do a deed that concerns the group. */
const WAYS: Readonly<Record<GroupDeed, Readonly<Record<string, Ask>>>> = {
	describe: {
		'rename it': (by, { path }) => by.patch(path, { name: 'Ships' }),
		'say what it is about': (by, { path }) => by.patch(path, { description: 'All of them' }),
		'give it a picture': (by, { path }) => by.upload(`${path}/picture`, pictures[1], 'image/png'),
		'take its picture away': (by, { path }) => by.delete(`${path}/picture`)
	},
	configure: {
		'say how its history is read': (by, { path }) => by.patch(path, { history: 'joining' }),
		'say how people come in': async (by, { path }) => {
			const { joining } = (await first.owner.get(path)).body.conversation;
			return by.patch(path, { joining: joining === 'open' ? 'request' : 'open' });
		}
	},
	add: { 'bring somebody in': (by, { path }) => by.post(`${path}/members`, { userId: stranger.id }) },
	invite: {
		'make an invite link': (by, { path }) => by.post(`${path}/invites`, {}),
		'revoke an invite link': (by, { path, invite }) => by.delete(`${path}/invites/${invite}`)
	},
	admit: {
		'let somebody in who asks': (by, { path }) => by.post(`${path}/requests/${asking.id}`),
		'bring back whoever was removed': (by, { path }) => by.post(`${path}/members`, { userId: removed.id }),
		'say no to somebody who asks': (by, { path }) => by.delete(`${path}/requests/${asking.id}`)
	},
	moderate: {
		'have the message of another deleted': (by, { path, message }) => by.delete(`${path}/messages/${message}`)
	}
};

const REFUSED = ['not_allowed', 'not_moderator', 'was_removed'];

const groupCells = (Object.keys(WAYS) as GroupDeed[]).flatMap((deed) =>
	Object.entries(WAYS[deed]).flatMap(([words, ask]) =>
		(['open', 'request'] as const).flatMap((joining) =>
			ROLES.map((role) => {
				const can = may(role, deed, { joining });
				const where = joining === 'request' ? ', where people have to ask' : '';
				return [
					`${A[role]} ${can ? 'may' : 'cannot'} ${words}${where}`,
					{ role, joining, can, ask }
				] as const;
			})
		)
	)
);

describe('with the group as a whole', () => {
	it.each(groupCells)('%s', async (_, { role, joining, can, ask }) => {
		const here = await world(joining);
		const before = await stateOf(here);
		const { status, body } = await ask(first[role], here);
		if (can) {
			expect(status).toBeLessThan(300);
			expect(await stateOf(here)).not.toEqual(before);
		} else {
			expect(status).toBe(403);
			expect(REFUSED).toContain(body.error.code);
			expect(await stateOf(here)).toEqual(before);
		}
	});

	const ways = Object.values(WAYS).flatMap((some) => Object.entries(some));
	it.each(ways)('whoever is not in it cannot %s, nor hears that there is a group', async (_, ask) => {
		const here = await world('open');
		const before = await stateOf(here);
		const { status, body } = await ask(stranger, here);
		expect([status, body.error.code]).toEqual([404, 'no_such_conversation']);
		expect(await stateOf(here)).toEqual(before);
	});

	it.each(ROLES)('an invite link is listed to who may make one, as asked by the %s', async (role) => {
		const { path } = await world('open');
		const { status } = await first[role].get(`${path}/invites`);
		expect(status).toBe(may(role, 'invite', { joining: 'open' }) ? 200 : 403);
	});
});

const give =
	(role: Role, stepDown?: boolean) =>
	(by: ApiClient, who: ApiClient, { path }: World): Promise<Answer> =>
		by.patch(`${path}/members/${who.id}`, { role, stepDown });

const MEMBER_WAYS = {
	remove: {
		words: (whom) => `remove ${whom}`,
		ask: (by, who, { path }) => by.delete(`${path}/members/${who.id}`)
	},
	makeOwner: { words: (whom) => `make an owner of ${whom}`, ask: give('owner') },
	makeAdmin: { words: (whom) => `make an admin of ${whom}`, ask: give('admin') },
	makeMember: { words: (whom) => `make a plain member of ${whom}`, ask: give('member') }
} satisfies Record<MemberDeed, MemberWay>;

interface MemberWay {
	words(whom: string): string;
	ask(by: ApiClient, who: ApiClient, here: World): Promise<Answer>;
}

describe('with another', () => {
	const cells = (Object.keys(MEMBER_WAYS) as MemberDeed[]).flatMap((deed) =>
		ROLES.flatMap((role) =>
			ROLES.map((other) => {
				const can = mayDoTo(role, deed, other);
				const words = MEMBER_WAYS[deed].words(A[other]);
				return [`${A[role]} ${can ? 'may' : 'cannot'} ${words}`, { deed, role, other, can }] as const;
			})
		)
	);
	it.each(cells)('%s', async (_, { deed, role, other, can }) => {
		const here = await world('open');
		const before = await stateOf(here);
		const { status } = await MEMBER_WAYS[deed].ask(first[role], second[other], here);
		if (can) {
			expect(status).toBeLessThan(300);
			expect(await stateOf(here)).not.toEqual(before);
		} else {
			// To be made what one is already is no news, whoever asks for it.
			const isSo = deed === `make${other[0]!.toUpperCase()}${other.slice(1)}`;
			expect(status).toBe(isSo ? 200 : 403);
			expect(await stateOf(here)).toEqual(before);
		}
	});

	it.each(ROLES.flatMap((role) => ROLES.map((other) => [A[role], A[other], role, other] as const)))(
		'%s hands the group over to %s as far as they own it',
		async (_, __, role, other) => {
			const here = await world('open');
			const before = await stateOf(here);
			const { status } = await give('owner', true)(first[role], second[other], here);
			if (mayDoTo(role, 'makeOwner', other)) {
				expect(status).toBe(200);
				const { members } = (await first.owner.get(here.path)).body.conversation;
				const roleOf = (who: ApiClient) => members.find(({ id }: { id: string }) => id === who.id).role;
				expect([roleOf(first.owner), roleOf(second[other])]).toEqual(['admin', 'owner']);
			} else expect(await stateOf(here)).toEqual(before);
		}
	);
});

describe('with oneself', () => {
	it.each(
		ROLES.flatMap((from) =>
			ROLES.filter((to) => to !== from).map((to) => {
				const can = mayStepDown(from, to);
				return [`${A[from]} ${can ? 'may' : 'cannot'} become ${A[to]}`, { from, to, can }] as const;
			})
		)
	)('%s', async (_, { from, to, can }) => {
		const here = await world('open');
		const before = await stateOf(here);
		const { status } = await give(to)(first[from], first[from], here);
		expect(status).toBe(can ? 200 : 403);
		if (!can) expect(await stateOf(here)).toEqual(before);
	});

	it.each(ROLES.map((role) => [A[role], role] as const))(
		'%s may leave, where others own it too',
		async (_, role) => {
			const here = await world('open');
			expect((await first[role].delete(`${here.path}/members/${first[role].id}`)).status).toBe(204);
			expect((await first[role].get(here.path)).status).toBe(404);
		}
	);
});
