/** A group and the people around it, over the real routes, and one command of each kind that can wait on a device. */
import { ApiLab } from '../../src/lib/server/testing/apiLab.fixture';
import type { ApiClient } from '../../src/lib/server/testing/apiClient.fixture';
import { mintUuid } from '../../src/lib/domain/ids';
import { png } from '../../src/lib/server/pictures/png.fixture';
import type { Command, CommandOf, CommandType } from '../../src/lib/sync/commands/commandTable';

export type Given = readonly [by: ApiClient, command: Command];
export type CommandCast = Awaited<ReturnType<typeof startCommandCast>>;

export const personOf = ({ id }: ApiClient, name: string) => ({ id, username: name, displayName: name });
export const picture = () => ({
	name: 'new-1',
	bytes: Uint8Array.from(png({ width: 4, height: 4 })),
	type: 'image/png'
});

export async function startCommandCast() {
	const lab = await new ApiLab().start();
	// Owner, admin, member, one who asks to join, and one who is not in it.
	const [olga, adam, mia] = [await lab.person('olga'), await lab.person('adam'), await lab.person('mia')];
	const [asa, sven] = [await lab.person('asa'), await lab.person('sven')];
	const members = [adam.id, mia.id];
	const made = await olga.post('/api/conversations', { kind: 'group', members, name: 'Boats' });
	const group: string = made.body.conversation.id;
	await olga.patch(`/api/conversations/${group}/members/${adam.id}`, { role: 'admin' });
	await olga.patch(`/api/conversations/${group}`, { joining: 'request' });
	const { token } = (await olga.post(`/api/conversations/${group}/invites`, {})).body;
	for (const who of [asa, sven]) await who.post(`/api/invites/${token}/accept`, {});
	const sent = await mia.post('/api/messages/send', { conversationId: group, text: 'hello' });
	const message: string = sent.body.message.id;
	const mintId = () => mintUuid(lab.nowMs++, (length) => crypto.getRandomValues(new Uint8Array(length)));

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

	return { lab, olga, adam, mia, asa, sven, group, mintId, commands, state };
}
