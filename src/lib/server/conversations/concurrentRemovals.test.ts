/** Removing a member while something else is asked at the same moment: in whichever order they come, what is left is whole. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { relayOnSqlite } from '../app';
import { GroupLab } from '../testing/groupLab.fixture';
import type { Answer, ApiClient } from '../testing/apiClient.fixture';
import { readDirectory } from '../../domain/directory';
import { foldFacts } from '../../domain/facts';
import { readInfo } from '../../domain/info';

const ROUNDS = 4;

let lab: GroupLab;
beforeAll(async () => void (lab = await new GroupLab().start(relayOnSqlite)));
afterAll(() => lab.stop());

const path = (id: string) => `/api/conversations/${id}`;
const facts = async (room: string) => foldFacts(await lab.server.relay.entries(room));
const is = (answer: Answer) => [answer.status, answer.body?.error?.code];

/** A group of its own, of the owner, an admin and a member. */
async function freshGroup(): Promise<string> {
	const { owner, admin, member } = lab;
	const members = [admin.id, member.id];
	const { body } = await owner.post('/api/conversations', { kind: 'group', members, name: 'Boats' });
	const { id } = body.conversation;
	expect((await owner.patch(`${path(id)}/members/${admin.id}`, { role: 'admin' })).status).toBe(200);
	return id;
}

/** Who is in it, and as what, by the database; the documents say the same of it, and one owns it. */
async function whole(id: string): Promise<Record<string, string>> {
	const { owner, admin, member, stranger } = lab;
	const people = [owner, admin, member, stranger];
	const seen = await Promise.all(people.map((each) => each.get(path(id))));
	const { conversation } = seen.find(({ status }) => status === 200)!.body;
	const roles: Record<string, string> = Object.fromEntries(
		conversation.members.map((one: { id: string; role: string }) => [one.id, one.role])
	);
	const info = readInfo(await facts(`info/${id}`));
	expect({ name: info?.name, roles: Object.fromEntries(info?.members ?? []) }).toEqual({
		name: conversation.name,
		roles
	});
	for (const [n, each] of people.entries()) {
		const isIn = each.id in roles;
		const directory = readDirectory(await facts(`directory/${each.id}`));
		expect([directory.conversations.has(id), seen[n]!.status]).toEqual([isIn, isIn ? 200 : 404]);
	}
	expect(Object.values(roles).filter((role) => role === 'owner')).toHaveLength(1);
	return roles;
}

const remove = (by: ApiClient, id: string, who: ApiClient) => by.delete(`${path(id)}/members/${who.id}`);
const role = (by: ApiClient, id: string, who: ApiClient, given: object) =>
	by.patch(`${path(id)}/members/${who.id}`, given);

/** What races, by whom the member is then removed, and what may be the answers: all others are faults. */
interface Race {
	readonly victim: () => ApiClient;
	readonly other: (id: string) => Promise<Answer>;
	/** Of the other, besides success. */
	readonly refused: readonly [number, string][];
	/** The removal may be refused: what went before has made them who cannot be removed. */
	readonly maySpare?: boolean;
}

const RACES: Readonly<Record<string, Race>> = {
	'their promotion': {
		victim: () => lab.member,
		other: (id) => role(lab.owner, id, lab.member, { role: 'admin' }),
		refused: [[404, 'no_such_member']]
	},
	'their demotion': {
		victim: () => lab.admin,
		other: (id) => role(lab.owner, id, lab.admin, { role: 'member' }),
		refused: [[404, 'no_such_member']]
	},
	'the handing over of the group to them': {
		victim: () => lab.member,
		other: (id) => role(lab.owner, id, lab.member, { role: 'owner', stepDown: true }),
		refused: [[404, 'no_such_member']],
		maySpare: true
	},
	'a new name by them': {
		victim: () => lab.admin,
		other: (id) => lab.admin.patch(path(id), { name: 'Ships' }),
		refused: [[404, 'no_such_conversation']]
	},
	'their leaving': {
		victim: () => lab.member,
		other: (id) => remove(lab.member, id, lab.member),
		refused: [[404, 'no_such_conversation']]
	},
	'their own removal of who removes': {
		victim: () => lab.admin,
		other: (id) => remove(lab.admin, id, lab.owner),
		refused: [
			[403, 'not_allowed'],
			[404, 'no_such_conversation']
		]
	},
	'a second removal': {
		victim: () => lab.member,
		other: (id) => remove(lab.admin, id, lab.member),
		refused: [[404, 'no_such_member']]
	},
	'a message by them': {
		victim: () => lab.member,
		other: (id) => lab.member.post('/api/messages/send', { conversationId: id, text: 'hi' }),
		refused: [[404, 'no_such_conversation']]
	}
};

it.each(Object.entries(RACES))('a removal at the moment of %s holds', async (_, race) => {
	for (let round = 0; round < ROUNDS; round++) {
		const id = await freshGroup();
		const { victim } = race;
		const asks = [() => remove(lab.owner, id, victim()), () => race.other(id)];
		const isFirst = round % 2 === 0;
		const answers = await Promise.all((isFirst ? asks : [...asks].reverse()).map((ask) => ask()));
		const [removed, other] = isFirst ? answers : answers.reverse();
		const roles = await whole(id);
		const isSpared = race.maySpare && removed!.status === 403;
		expect([victim().id in roles, roles[victim().id]]).toEqual(
			isSpared ? [true, 'owner'] : [false, undefined]
		);
		if (!isSpared)
			expect([
				[204, undefined],
				[404, 'no_such_member']
			]).toContainEqual(is(removed!));
		if (other!.status >= 300) expect(race.refused).toContainEqual(is(other!));
	}
});

it.each(['an invitation', 'whoever adds them again'])(
	'a removal at the moment in which they come in by %s leaves them in or out, and all documents say which',
	async (way) => {
		for (let round = 0; round < ROUNDS; round++) {
			const id = await freshGroup();
			const { owner, admin, member } = lab;
			const invite = await admin.post(`${path(id)}/invites`, {});
			const { token } = invite.body;
			expect([invite.status, typeof token]).toEqual([201, 'string']);
			const enter = () =>
				way === 'an invitation'
					? member.post(`/api/invites/${token}/accept`)
					: admin.post(`${path(id)}/members`, { userId: member.id });
			const asks = [() => remove(owner, id, member), enter];
			const isFirst = round % 2 === 0;
			const answers = await Promise.all((isFirst ? asks : [...asks].reverse()).map((ask) => ask()));
			const [removed, entered] = isFirst ? answers : answers.reverse();
			const roles = await whole(id);
			expect(removed!.status).toBe(204);
			// Who was removed asks again at the link of an invitation (202), and is let in by who adds them (201); 200 says
			// that they were still there.
			const afterwards = way === 'an invitation' ? [undefined, 202] : ['member', 201];
			expect([afterwards, [undefined, 200]]).toContainEqual([roles[member.id], entered!.status]);
		}
	}
);
