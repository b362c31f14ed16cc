/** What is said about commands that wait on this device, and about those that the server would not carry out. */
import type { CommandProblem, QueuedRow } from '../../state/models';
import type { CommandOf, CommandType } from '../../sync/commands/commandTable';
import { count, list } from './enCount';

type Worded = {
	readonly [Type in CommandType]: {
		/** What will happen, under the conversation's name. */
		readonly queued: (command: CommandOf<Type>) => string;
		/** What has not happened. */
		readonly refused: (command: CommandOf<Type>, conversation: string) => string;
	};
};

const quoted = (name: string): string => `“${name}”`;
const it = (conversation: string): string =>
	conversation === '' ? 'The conversation' : quoted(conversation);
const there = (conversation: string): string =>
	conversation === '' ? 'the conversation' : quoted(conversation);

const worded: Worded = {
	'create-conversation': {
		queued: ({ people }) => `Start it with ${list.format(people.map(({ displayName }) => displayName))}`,
		refused: (_, conversation) => `${it(conversation)} could not be created.`
	},
	'change-group': {
		queued: ({ change }) =>
			change.name === undefined ? 'Change its settings' : `Rename to ${quoted(change.name)}`,
		refused: ({ change }, conversation) =>
			change.name === undefined
				? `The settings of ${there(conversation)} were not changed.`
				: `${it(conversation)} was not renamed to ${quoted(change.name)}.`
	},
	'set-group-picture': {
		queued: ({ picture }) => (picture ? 'Change its picture' : 'Remove its picture'),
		refused: (_, conversation) => `The picture of ${there(conversation)} was not changed.`
	},
	'add-member': {
		queued: ({ person }) => `Add ${person.displayName}`,
		refused: ({ person }, conversation) => `${person.displayName} was not added to ${there(conversation)}.`
	},
	'remove-member': {
		queued: ({ person }) => `Remove ${person.displayName}`,
		refused: ({ person }, conversation) =>
			`${person.displayName} was not removed from ${there(conversation)}.`
	},
	'change-role': {
		queued: ({ person, role }) => `Make ${person.displayName} ${role === 'member' ? 'a' : 'an'} ${role}`,
		refused: ({ person }, conversation) =>
			`The role of ${person.displayName} in ${there(conversation)} was not changed.`
	},
	'hand-over': {
		queued: ({ person }) => `Hand over to ${person.displayName}`,
		refused: ({ person }, conversation) =>
			`${there(conversation)} was not handed over to ${person.displayName}.`
	},
	'answer-request': {
		queued: ({ person, yes }) => `${yes ? 'Let in' : 'Refuse'} ${person.displayName}`,
		refused: ({ person }, conversation) =>
			`${person.displayName}, who asks to join ${there(conversation)}, was not answered.`
	},
	'leave-group': {
		queued: () => 'Leave',
		refused: (_, conversation) => `You have not left ${there(conversation)}.`
	},
	'remove-message': {
		queued: ({ text }) => `Delete for everyone: ${quoted(text)}`,
		refused: ({ text }) => `The message ${quoted(text)} was not deleted.`
	},
	'change-profile': {
		queued: () => 'Change your profile',
		refused: () => 'Your profile was not changed.'
	},
	'set-picture': {
		queued: ({ picture }) => (picture ? 'Change your picture' : 'Remove your picture'),
		refused: () => 'Your picture was not changed.'
	},
	'block-person': {
		queued: ({ person }) => `Block ${person.displayName}`,
		refused: ({ person }) => `${person.displayName} was not blocked.`
	},
	'unblock-person': {
		queued: ({ person }) => `Unblock ${person.displayName}`,
		refused: ({ person }) => `${person.displayName} was not unblocked.`
	}
};

/** Why, by the server's code; for others its own words serve. */
const why: Readonly<Record<string, string>> = {
	no_such_conversation: 'You are no longer in it, or it is gone.',
	not_moderator: 'Only owners and admins delete the messages of others.',
	no_such_message: 'It is no longer there.',
	not_allowed: 'Your role in the group does not let you do that.',
	changed_meanwhile: 'Somebody else has changed it meanwhile.',
	last_owner: 'You are the only owner. Hand the group over to somebody first.',
	no_such_user: 'There is no such account any more.',
	too_many_blocks: 'You have blocked as many people as can be. Unblock somebody first.',
	out_of_reach: 'Somebody in it is out of reach for you.',
	no_such_member: 'They are not in it any more.',
	no_such_request: 'They do not ask any more, or have been answered.',
	direct_conversation: 'A direct conversation stays between two.'
};

export const commands = {
	title: 'Changes that wait',
	said: (n: number) =>
		`${count(n, 'change', 'changes')} waiting here. They leave by themselves with the next connection.`,
	list: 'Changes only on this device',
	given: (when: string) => `Asked for ${when}`,
	cancel: 'Take back',
	takenBack: 'Taken back. It never left.',
	leftAlready: 'It had left already.',
	account: 'Your account',
	queued: ({ command }: Pick<QueuedRow, 'command'>): string => {
		// The name says which shape it is.
		const words = worded[command.type] as Worded[CommandType] | undefined;
		return words ? (words.queued as (of: typeof command) => string)(command) : '';
	},
	refused: ({
		command,
		conversationName,
		refusal
	}: Pick<CommandProblem, 'command' | 'conversationName' | 'refusal'>): string => {
		const words = worded[command.type] as Worded[CommandType] | undefined;
		const what = words
			? (words.refused as (of: typeof command, name: string) => string)(command, conversationName)
			: '';
		return `${what} ${why[refusal.code] ?? refusal.message}`.trim();
	}
} as const;
