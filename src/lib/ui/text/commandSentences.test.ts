import { describe, expect, it } from 'vitest';
import { commands } from './en/commands';
import { commands as arabicCommands } from './ar/commands';
import { commands as germanCommands } from './de/commands';
import { COMMAND_REFUSALS } from '../../protocol/problemCodes';
import type { Command, CommandOf, CommandType } from '../../sync/commands/commandTable';

const person = { id: 'k3v9x0q2m4n6b8z1', username: 'bob', displayName: 'Bob' };
const conversation = '0191d5a4-7c00-7a3b-8c5d-6e7f80910a2b';
const self = 'p5t1y7u3r9e0w2q8';
const picture = { name: 'new-1', bytes: new Uint8Array(), type: 'image/webp' };

/** One of each kind at least. */
const ONE: { readonly [Type in CommandType]: readonly Omit<CommandOf<Type>, 'type'>[] } = {
	'create-conversation': [
		{ request: { id: conversation, kind: 'group', members: [person.id] }, people: [person] }
	],
	'change-group': [
		{ conversation, change: { name: 'Ships' }, was: { name: 'Boats' } },
		{ conversation, change: { name: '' }, was: { name: 'Boats' } },
		{ conversation, change: { description: 'All of them' }, was: { description: '' } },
		{ conversation, change: { joining: 'request' }, was: { joining: 'open' } }
	],
	'set-group-picture': [{ conversation, picture }, { conversation }],
	'add-member': [{ conversation, person }],
	'remove-member': [{ conversation, person }],
	'change-role': [{ conversation, person, role: 'admin' }],
	'hand-over': [{ conversation, person, self }],
	'answer-request': [
		{ conversation, person, yes: true },
		{ conversation, person, yes: false }
	],
	'withdraw-request': [
		{ conversation, self, name: 'Boats' },
		{ conversation, self, name: '' }
	],
	'leave-group': [{ conversation, self }],
	'remove-message': [{ conversation, message: '0.2934857.12', text: 'hello' }],
	'change-profile': [{ change: { displayName: 'Bobby' } }],
	'set-picture': [{ picture }, {}],
	'block-person': [{ person }],
	'unblock-person': [{ person }],
	report: [
		{ request: { userId: person.id, reason: 'spam' }, name: 'Bob' },
		{ request: { conversationId: conversation, message: '0.2934857.12', reason: 'spam' }, name: 'Bob' }
	]
};

const all = Object.entries(ONE).flatMap(([type, some]) =>
	// The name says which shape it is.
	some.map((fields) => ({ type, ...fields }) as Command)
);
const titled = all.map((command) => [commands.queued({ command }), command] as const);

/** Whole sentences: each begins with a capital, a name in quotes or a name, and ends with a stop. */
const SENTENCES = /^([“\p{Lu}][^.]*\.)( [“\p{Lu}][^.]*\.)*$/u;

/** Nothing is left out of it. */
const WHOLE = /^(?!.*undefined).+$/u;

describe('a command that waits', () => {
	it.each(titled)('is worded: %s', (words) => {
		expect(words).toMatch(/^\p{Lu}[^.]+$/u);
	});

	it('names a change by what it changes', () => {
		expect(titled.map(([words]) => words)).toEqual(
			expect.arrayContaining(['Rename to “Ships”', 'Change the description', 'Change its settings'])
		);
	});
});

describe('a command that was refused', () => {
	const message = 'IN THE SERVER’S OWN WORDS';

	it.each(titled)('says so in plain sentences, whatever the reason: %s', (_, command) => {
		for (const code of COMMAND_REFUSALS)
			for (const conversationName of ['Boats', '']) {
				const said = commands.refused({ command, conversationName, refusal: { code, message } });
				expect(said).toMatch(SENTENCES);
				expect(said).not.toContain(message);
			}
	});

	it('for a reason that only a later server knows says it in that server’s words', () => {
		const [, command] = titled[0]!;
		const refusal = { code: 'a_later_one', message };
		expect(commands.refused({ command, conversationName: 'Boats', refusal })).toContain(message);
	});
});

describe.each([
	['German', germanCommands],
	['Arabic', arabicCommands]
] as const)('in %s', (_, words) => {
	it('each command is worded, whether it waits or was refused for any reason', () => {
		for (const command of all) {
			expect(words.queued({ command })).toMatch(WHOLE);
			for (const code of COMMAND_REFUSALS)
				for (const conversationName of ['Boats', '']) {
					const message = 'IN THE SERVER’S OWN WORDS';
					const said = words.refused({ command, conversationName, refusal: { code, message } });
					expect(said).toMatch(WHOLE);
					expect(said).not.toContain(message);
				}
		}
	});
});
