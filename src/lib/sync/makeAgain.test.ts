import { expect, it } from 'vitest';
import { CLOSE } from '../protocol/closeCodes';
import { infoFacts, readInfo, type Info } from '../domain/info';
import { makeAgain } from './makeAgain';
import { CONVERSATION_NAME_MAX, DESCRIPTION_MAX, MEMBERS_MAX } from '../domain/limits';
import { SEGMENTS_AGAIN_MAX } from '../domain/madeAgain';
import { memoryLocalStore } from './memoryStorage';
import { leftKey } from './newConversations';
import type { Command } from './commands/commandTable';
import type { QueuedCommand } from './outbox';
import type { Summary } from './summaries';

const person = (letter: string) => ({ id: letter.repeat(16), username: letter, displayName: letter });
const [ALICE, BOB, CAROL] = [person('a'), person('b'), person('c')];
const ID = '018f0000-0000-7000-8000-000000000001';
const DIRECT = `d-${ALICE.id}-${BOB.id}`;

const infoOf = (said: Partial<Info>): Info => {
	const people = new Map([ALICE, BOB, CAROL].map((each) => [each.id, each]));
	const facts = infoFacts({ kind: 'group', name: 'Boats', people, ...said });
	return readInfo(
		new Map([...facts].map(([key, value]) => [key, { value, stamp: { ms: 1, counter: 0 }, client: 1, s: 0 }]))
	)!;
};
const GROUP = infoOf({
	description: 'Whose turn it is',
	joining: 'request',
	live: 4,
	members: new Map([
		[ALICE.id, 'owner'],
		[BOB.id, 'member'],
		[CAROL.id, 'admin']
	]),
	firstSegments: new Map([[BOB.id, 2]]),
	joined: new Map([[BOB.id, 1_600]])
});

async function asked(
	told: Info | undefined,
	{
		self = ALICE.id,
		id = ID,
		live = 4,
		isForgotten = true,
		waiting = [] as QueuedCommand[],
		code = 0,
		leftAt = undefined as number | undefined
	} = {}
) {
	const commands: Command[] = [];
	const dismissed: string[] = [];
	let flushed = 0;
	const local = memoryLocalStore(new Map());
	if (leftAt !== undefined) await local.put('acks', leftKey(id), leftAt);
	const summaries = new Map([[id, { name: 'Boats' } as Summary]]);
	await makeAgain(
		{ id, told, live, isForgotten, refusal: code === 0 ? undefined : { code, reason: '' } },
		{
			self,
			local,
			outbox: {
				commands: waiting,
				add: async (command) => void commands.push(command),
				dismiss: async (key) => void dismissed.push(key),
				flush: async () => void flushed++
			},
			summaries: { get: (key) => summaries.get(key), set: (key, summary) => void summaries.set(key, summary) }
		}
	);
	return { commands, dismissed, flushed, summary: summaries.get(id) };
}

it('an owner asks for the group with all that their device knows of it', async () => {
	const { commands } = await asked(GROUP);
	expect(commands).toEqual([
		{
			type: 'create-conversation',
			request: {
				id: ID,
				kind: 'group',
				name: 'Boats',
				members: [],
				stood: {
					live: 4,
					description: 'Whose turn it is',
					history: 'start',
					joining: 'request',
					places: [
						{ user: ALICE.id, role: 'owner' },
						{ user: BOB.id, from: 2, joined: 1_600 },
						{ user: CAROL.id, role: 'admin' }
					]
				}
			},
			people: [BOB, CAROL]
		}
	]);
});

it('nobody else asks for it, be they an admin', async () => {
	for (const self of [BOB.id, CAROL.id]) expect((await asked(GROUP, { self })).commands).toEqual([]);
});

it('either of two asks for their direct conversation', async () => {
	const told = infoOf({
		kind: 'direct',
		name: '',
		members: new Map([
			[ALICE.id, 'owner'],
			[BOB.id, 'member']
		])
	});
	for (const [self, other] of [
		[ALICE, BOB],
		[BOB, ALICE]
	] as const) {
		const { commands } = await asked(told, { self: self.id, id: DIRECT, live: 90 });
		expect(commands).toMatchObject([
			{ request: { id: DIRECT, kind: 'direct', members: [other.id], stood: { live: 90 } } }
		]);
	}
});

it('nobody is to read from an earlier segment than before: where that cannot be said, they are left out', async () => {
	const far = infoOf({
		...GROUP,
		firstSegments: new Map([
			[BOB.id, 36],
			[CAROL.id, SEGMENTS_AGAIN_MAX + 1]
		])
	});
	const { commands } = await asked(far, { live: SEGMENTS_AGAIN_MAX + 1 });
	expect(commands).toMatchObject([
		{
			request: {
				stood: { live: SEGMENTS_AGAIN_MAX, places: [{ user: ALICE.id }, { user: BOB.id, from: 36 }] }
			}
		}
	]);
	const own = infoOf({ ...GROUP, firstSegments: new Map([[ALICE.id, SEGMENTS_AGAIN_MAX + 1]]) });
	expect((await asked(own)).commands).toEqual([]);
});

it('it is asked for once, and not where the relay said anything else', async () => {
	const [command] = (await asked(GROUP)).commands;
	expect((await asked(GROUP, { waiting: [{ id: 'k', command: command! }] })).commands).toEqual([]);
	expect((await asked(GROUP, { isForgotten: false })).commands).toEqual([]);
	expect((await asked(undefined)).commands).toEqual([]);
});

it('that the server has it without this user is kept', async () => {
	const { commands, summary } = await asked(GROUP, { isForgotten: false, code: CLOSE.forbidden });
	expect([commands, summary]).toEqual([[], { name: 'Boats', left: true }]);
});

const waits = (command: Command): QueuedCommand => ({ id: 'k', command });
const LEAVE = waits({ type: 'leave-group', conversation: ID, self: ALICE.id });

it('who wants to leave it waits for another owner to make it again', async () => {
	const two = infoOf({ ...GROUP, members: new Map(GROUP.members).set(BOB.id, 'owner') });
	const { commands, flushed, summary } = await asked(two, { waiting: [LEAVE] });
	expect([commands, flushed, summary]).toEqual([[], 0, { name: 'Boats' }]);
});

it('and where there is none, they have left', async () => {
	const { commands, flushed, summary } = await asked(GROUP, { waiting: [LEAVE] });
	expect([commands, flushed, summary]).toEqual([[], 1, { name: 'Boats', left: true }]);
	const other = waits({ ...LEAVE.command, conversation: DIRECT } as Command);
	expect((await asked(GROUP, { waiting: [other] })).commands).toHaveLength(1);
});

it('who has left it does not make it again, unless they came back since', async () => {
	const back = infoOf({ ...GROUP, joined: new Map([[ALICE.id, 2_000]]) });
	const { commands, summary } = await asked(back, { leftAt: 2_001 });
	expect([commands, summary]).toEqual([[], { name: 'Boats', left: true }]);
	expect((await asked(back, { leftAt: 1_999 })).commands).toHaveLength(1);
});

it('whom the owner is about to remove is not in it', async () => {
	const remove = waits({ type: 'remove-member', conversation: ID, person: BOB });
	const { commands } = await asked(GROUP, { waiting: [remove] });
	expect(commands).toMatchObject([
		{ request: { stood: { places: [{ user: ALICE.id }, { user: CAROL.id }] } }, people: [CAROL] }
	]);
});

it('one that was refused is asked for anew', async () => {
	const [command] = (await asked(GROUP)).commands;
	const refused = { ...waits(command!), refusal: { code: 'unknown_user', message: '' } };
	const { commands, dismissed } = await asked(GROUP, { waiting: [refused] });
	expect([commands, dismissed]).toEqual([[command], ['k']]);
});

it('the largest group fits into a request', async () => {
	const ids = Array.from({ length: MEMBERS_MAX }, (_, n) => `${n}`.padStart(16, 'a'));
	const members = new Map(ids.map((id) => [id, 'admin' as 'admin' | 'owner']));
	const told = infoOf({
		...GROUP,
		name: '界'.repeat(CONVERSATION_NAME_MAX),
		description: '界'.repeat(DESCRIPTION_MAX),
		members: members.set(ids[0]!, 'owner'),
		joined: new Map(ids.map((id) => [id, 1_795_998_584_599])),
		firstSegments: new Map(ids.map((id) => [id, 9_999]))
	});
	const [command] = (await asked(told, { self: ids[0]!, live: SEGMENTS_AGAIN_MAX })).commands;
	expect(command).toMatchObject({ request: { stood: { places: { length: MEMBERS_MAX } } } });
	const bytes = new TextEncoder().encode(JSON.stringify((command as { request: unknown }).request)).length;
	expect(bytes).toBeLessThan(44_000);
});
