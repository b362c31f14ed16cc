/** Every command that can wait on a device, sent again under its id, over the real routes: it changes nothing. */
import { askOf } from '../../src/lib/sync/commands/commandAsks';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ApiLab } from '../../src/lib/server/testing/apiLab.fixture';
import type { Answer, ApiClient } from '../../src/lib/server/testing/apiClient.fixture';
import { png } from '../../src/lib/server/pictures/png.fixture';
import { COMMAND_HEADER } from '../../src/lib/protocol/headers';
import { mintUuid } from '../../src/lib/domain/ids';
import { type Command, type CommandOf, type CommandType } from '../../src/lib/sync/commands/commandTable';

let lab: ApiLab;
/** Owner, admin, member, one who asks to join, and one who is not in it. */
let olga: ApiClient;
let adam: ApiClient;
let mia: ApiClient;
let asa: ApiClient;
let sven: ApiClient;
let group: string;
let message: string;

beforeEach(async () => {
	lab = await new ApiLab().start();
	[olga, adam, mia] = [await lab.person('olga'), await lab.person('adam'), await lab.person('mia')];
	[asa, sven] = [await lab.person('asa'), await lab.person('sven')];
	const members = [adam.id, mia.id];
	group = (await olga.post('/api/conversations', { kind: 'group', members, name: 'Boats' })).body.conversation
		.id;
	await olga.patch(`/api/conversations/${group}/members/${adam.id}`, { role: 'admin' });
	await olga.patch(`/api/conversations/${group}`, { joining: 'request' });
	const { token } = (await olga.post(`/api/conversations/${group}/invites`, {})).body;
	for (const who of [asa, sven]) await who.post(`/api/invites/${token}/accept`, {});
	const sent = await mia.post('/api/messages/send', { conversationId: group, text: 'hello' });
	message = sent.body.message.id;
});
afterEach(() => lab.stop());

const personOf = ({ id }: ApiClient, name: string) => ({ id, username: name, displayName: name });
const mintId = () => mintUuid(lab.nowMs++, (length) => crypto.getRandomValues(new Uint8Array(length)));
const picture = () => ({
	name: 'new-1',
	bytes: Uint8Array.from(png({ width: 4, height: 4 })),
	type: 'image/png'
});

type Given = readonly [by: ApiClient, command: Command];

/** One of each kind and its counterpart, in an order in which each is allowed. */
function commands(): Given[] {
	const conversation = group;
	const by: {
		readonly [Type in CommandType]: readonly (readonly [ApiClient, Omit<CommandOf<Type>, 'type'>])[];
	} = {
		'create-conversation': [
			[mia, { request: { id: mintId(), kind: 'group', members: [adam.id], name: 'Rafts' }, people: [] }]
		],
		'change-group': [
			[olga, { conversation, change: { name: 'Ships' }, was: { name: 'Boats' } }],
			[adam, { conversation, change: { description: 'All of them' }, was: {} }],
			[adam, { conversation, change: { history: 'joining' }, was: {} }]
		],
		'set-group-picture': [
			[adam, { conversation, picture: picture() }],
			[olga, { conversation }]
		],
		'answer-request': [
			[adam, { conversation, person: personOf(asa, 'asa'), yes: true }],
			[olga, { conversation, person: personOf(sven, 'sven'), yes: false }]
		],
		'withdraw-request': [[sven, { conversation, self: sven.id, name: 'Boats' }]],
		'add-member': [[olga, { conversation, person: personOf(sven, 'sven') }]],
		'remove-member': [[adam, { conversation, person: personOf(sven, 'sven') }]],
		'change-role': [
			[olga, { conversation, person: personOf(asa, 'asa'), role: 'admin' }],
			[olga, { conversation, person: personOf(asa, 'asa'), role: 'member' }]
		],
		report: [
			[asa, { request: { userId: sven.id, reason: 'spam' }, name: 'sven' }],
			[adam, { request: { conversationId: group, message, reason: 'spam' }, name: 'mia' }]
		],
		'remove-message': [[adam, { conversation, message, text: 'hello' }]],
		'hand-over': [[olga, { conversation, person: personOf(mia, 'mia'), self: olga.id }]],
		'leave-group': [[olga, { conversation, self: olga.id }]],
		'change-profile': [[asa, { change: { displayName: 'Asa', about: 'Weaves.' } }]],
		'set-picture': [
			[asa, { picture: picture() }],
			[asa, {}]
		],
		'block-person': [[asa, { person: personOf(sven, 'sven') }]],
		'unblock-person': [[asa, { person: personOf(sven, 'sven') }]]
	};
	return Object.entries(by).flatMap(([type, some]) =>
		// The name says which shape it is.
		some.map(([who, fields]) => [who, { type, ...fields } as Command] as const)
	);
}

/** As a device sends it. */
function send(by: ApiClient, id: string, command: Command): Promise<Answer> {
	const ask = askOf(command);
	const headers: Record<string, string> = { [COMMAND_HEADER]: id };
	if (ask.upload) headers['content-type'] = ask.upload.type;
	return by.send(
		ask.method,
		`/api${ask.path}`,
		ask.upload?.bytes ?? (ask.body && JSON.stringify(ask.body)),
		headers
	);
}

/** All that the documents of everybody say, and what each is told of themselves. */
async function state(): Promise<unknown> {
	const people = [olga, adam, mia, asa, sven];
	const entries = await lab.relay.entries(`c/${group}/0`);
	const all = [
		lab.relay.facts(`info/${group}`),
		people.map(({ id }) => lab.relay.facts(`directory/${id}`)),
		entries.map(({ body }) => body && [...body]),
		// She is the administrator: the first account.
		(await olga.get('/api/admin/reports')).body,
		await Promise.all(people.map(async (one) => (await one.get('/api/me')).body)),
		await Promise.all(people.map(async (one) => (await one.get('/api/conversations')).body))
	];
	return JSON.parse(JSON.stringify(all));
}

it('each is carried out once, though it comes twice in a row', async () => {
	for (const [by, command] of commands()) {
		const id = mintId();
		const before = await state();
		const first = await send(by, id, command);
		expect([command.type, first.status < 300]).toEqual([command.type, true]);
		const after = await state();
		expect(after, `${command.type} does something`).not.toEqual(before);
		const again = await send(by, id, command);
		expect([again.status, again.body], command.type).toEqual([first.status, first.body]);
		expect(await state(), command.type).toEqual(after);
	}
});

it('none does anything when it comes once more after all the others, in whatever order', async () => {
	const given = commands().map(([by, command]) => [by, mintId(), command] as const);
	for (const [by, id, command] of given) await send(by, id, command);
	const after = await state();
	await fc.assert(
		fc.asyncProperty(fc.shuffledSubarray([...given.keys()], { minLength: 1 }), async (order) => {
			for (const i of order) await send(...given[i]!);
			expect(await state()).toEqual(after);
		}),
		{ numRuns: 12 }
	);
});

it('one that was refused stays refused, whatever its sender may do by then', async () => {
	const conversation = group;
	const given: Given[] = [
		[mia, { type: 'change-group', conversation, change: { name: 'Mine' }, was: {} }],
		[mia, { type: 'set-group-picture', conversation, picture: picture() }],
		[mia, { type: 'remove-member', conversation, person: personOf(adam, 'adam') }],
		[mia, { type: 'change-role', conversation, person: personOf(adam, 'adam'), role: 'member' }],
		[mia, { type: 'hand-over', conversation, person: personOf(adam, 'adam'), self: mia.id }],
		[mia, { type: 'answer-request', conversation, person: personOf(asa, 'asa'), yes: true }],
		[olga, { type: 'leave-group', conversation, self: olga.id }]
	];
	const sent = given.map(([by, command]) => [by, mintId(), command] as const);
	for (const one of sent) {
		const { status } = await send(...one);
		expect([one[2].type, [403, 409].includes(status)]).toEqual([one[2].type, true]);
	}
	await olga.patch(`/api/conversations/${group}/members/${mia.id}`, { role: 'owner' });
	const after = await state();
	for (const one of sent) expect([403, 409]).toContain((await send(...one)).status);
	expect(await state()).toEqual(after);
});
