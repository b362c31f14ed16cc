/** Every command that can wait on a device, sent again under its id, over the real routes: it changes nothing. */
import { askOf } from '../../src/lib/sync/commands/commandAsks';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Answer, ApiClient } from '../../src/lib/server/testing/apiClient.fixture';
import { COMMAND_HEADER } from '../../src/lib/protocol/headers';
import { personOf, picture, startCommandCast, type CommandCast, type Given } from './commandCast.fixture';
import type { Command } from '../../src/lib/sync/commands/commandTable';

let cast: CommandCast;
beforeEach(async () => void (cast = await startCommandCast()));
afterEach(() => cast.lab.stop());

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

it('each is carried out once, though it comes twice in a row', async () => {
	const { commands, mintId, state } = cast;
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
	const { commands, mintId, state } = cast;
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
	const { olga, adam, mia, asa, group, mintId, state } = cast;
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
