/** What is said about commands that wait on this device, and about those that the server would not carry out. */
import { commandSentences, type WhyRefused, type WordedCommands } from '../commandSentences';
import { counted, list, say } from './sentences';

const quoted = (name: string): string => say`“${name}”`;
const it = (conversation: string): string =>
	conversation === '' ? 'The conversation' : quoted(conversation);
const there = (conversation: string): string =>
	conversation === '' ? 'the conversation' : quoted(conversation);

const worded: WordedCommands = {
	'create-conversation': {
		queued: ({ people }) =>
			people.length === 0
				? 'Start it'
				: say`Start it with ${list(people.map(({ displayName }) => displayName))}`,
		refused: (_, conversation) => say`${it(conversation)} could not be created.`
	},
	'change-group': {
		queued: ({ change }) => {
			if (change.name === '') return 'Remove its name';
			if (change.name !== undefined) return say`Rename to ${quoted(change.name)}`;
			return change.description === undefined ? 'Change its settings' : 'Change the description';
		},
		refused: ({ change }, conversation) => {
			if (change.name === '') return say`The name of ${there(conversation)} was not removed.`;
			if (change.name !== undefined)
				return say`${it(conversation)} was not renamed to ${quoted(change.name)}.`;
			return change.description === undefined
				? say`The settings of ${there(conversation)} were not changed.`
				: say`The description of ${there(conversation)} was not changed.`;
		}
	},
	'set-group-picture': {
		queued: ({ picture }) => (picture ? 'Change its picture' : 'Remove its picture'),
		refused: (_, conversation) => say`The picture of ${there(conversation)} was not changed.`
	},
	'add-member': {
		queued: ({ person }) => say`Add ${person.displayName}`,
		refused: ({ person }, conversation) =>
			say`${person.displayName} was not added to ${there(conversation)}.`,
		why: {
			out_of_reach: 'They are out of reach for you.',
			unknown_user: 'They have deleted their account meanwhile.'
		}
	},
	'remove-member': {
		queued: ({ person }) => say`Remove ${person.displayName}`,
		refused: ({ person }, conversation) =>
			say`${person.displayName} was not removed from ${there(conversation)}.`
	},
	'change-role': {
		queued: ({ person, role }) => say`Make ${person.displayName} ${role === 'member' ? 'a' : 'an'} ${role}`,
		refused: ({ person }, conversation) =>
			say`The role of ${person.displayName} in ${there(conversation)} was not changed.`
	},
	'hand-over': {
		queued: ({ person }) => say`Hand over to ${person.displayName}`,
		refused: ({ person }, conversation) =>
			say`${it(conversation)} was not handed over to ${person.displayName}.`,
		why: { last_owner: 'Their account cannot own it now.' }
	},
	'answer-request': {
		queued: ({ person, yes }) => say`${yes ? 'Let in' : 'Refuse'} ${person.displayName}`,
		refused: ({ person }, conversation) =>
			say`${person.displayName}, who asks to join ${there(conversation)}, was not answered.`
	},
	'withdraw-request': {
		queued: ({ name }) => say`Withdraw the request to join ${there(name)}`,
		refused: ({ name }) => say`Your request to join ${there(name)} was not withdrawn.`,
		why: { no_such_request: 'It has been answered, or was withdrawn already.' }
	},
	'leave-group': {
		queued: () => 'Leave',
		refused: (_, conversation) => say`You have not left ${there(conversation)}.`
	},
	'remove-message': {
		queued: ({ text }) => say`Delete for everyone: ${quoted(text)}`,
		refused: ({ text }) => say`The message ${quoted(text)} was not deleted.`
	},
	report: {
		queued: ({ name, request }) =>
			request.message === undefined ? say`Report ${name}` : say`Report a message of ${name}`,
		refused: ({ name, request }) =>
			request.message === undefined
				? say`${name} was not reported.`
				: say`The message of ${name} was not reported.`
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
		queued: ({ person }) => say`Block ${person.displayName}`,
		refused: ({ person }) => say`${person.displayName} was not blocked.`
	},
	'unblock-person': {
		queued: ({ person }) => say`Unblock ${person.displayName}`,
		refused: ({ person }) => say`${person.displayName} was not unblocked.`
	}
};

const CANNOT_BE = 'The server did not understand it. A newer version of Skein may do it.';

/** Why, by the server's code. */
const why: WhyRefused = {
	changed_meanwhile: 'Somebody else has changed it meanwhile.',
	direct_conversation: 'A direct conversation stays between two.',
	gone_meanwhile: 'They have left it or were removed meanwhile. Add them again if you still want to.',
	id_reused: 'This device asked for two things under one number. Try again.',
	id_taken: 'Another conversation has taken its place. Start it anew.',
	invalid: 'The server does not take it as it is.',
	last_owner: 'You are its only active owner. Hand the group over to somebody first.',
	malformed_json: CANNOT_BE,
	message_gone: 'The message is no longer there.',
	no_such_conversation: 'You are no longer in it, or it is gone.',
	no_such_member: 'They are not in it any more.',
	no_such_message: 'It is no longer there.',
	no_such_method: CANNOT_BE,
	no_such_path: CANNOT_BE,
	no_such_request: 'They do not ask any more, or have been answered.',
	no_such_user: 'There is no such account any more.',
	not_a_picture: 'The server cannot read that picture.',
	not_allowed: 'Your role in the group does not let you do that.',
	not_json: CANNOT_BE,
	not_moderator: 'Only owners and admins delete the messages of others.',
	other_origin: 'The server does not take it from this address.',
	out_meanwhile: 'You were out of it since you asked for this. Do it again if you still want to.',
	out_of_reach: 'Somebody in it is out of reach for you.',
	out_of_scope: 'This login may not do that.',
	refused: 'The server refused it.',
	theirs_too_many: 'Somebody there takes part in no further group now.',
	too_large: 'It is too large.',
	too_many_blocks: 'You have blocked as many people as can be. Unblock somebody first.',
	too_many_conversations: 'You are in as many conversations as can be. Leave one first.',
	too_many_members: 'It has as many people as can be in one conversation.',
	too_many_reports: 'You have as many reports waiting as there can be. Try again when some are settled.',
	too_many_pixels: 'The picture has too many pixels.',
	unknown_user: 'Somebody has deleted their account meanwhile.',
	was_removed: 'Owners and admins alone bring back who was removed.'
};

export const commands = {
	title: 'Changes that wait',
	said: counted({
		one: '{$n} change waiting here. It leaves by itself with the next connection.',
		other: '{$n} changes waiting here. They leave by themselves with the next connection.'
	}),
	saidSignedOut: counted({
		one: '{$n} change waiting here. It leaves once you have logged in again.',
		other: '{$n} changes waiting here. They leave once you have logged in again.'
	}),
	list: 'Changes only on this device',
	given: (when: string) => say`Asked for ${when}`,
	cancel: 'Take back',
	takenBack: 'Taken back. It was not sent.',
	leftAlready: 'It was sent already.',
	deeds: {
		redaction: 'Delete a message of yours for everyone. The others still see it.',
		react: (emoji: string, message: string) => say`React with ${emoji} to ${quoted(message)}`,
		unreact: (emoji: string, message: string) => say`Take back ${emoji} from ${quoted(message)}`,
		pin: (message: string) => say`Pin ${quoted(message)}`,
		unpin: (message: string) => say`Unpin ${quoted(message)}`,
		turnOn: (what: string) => say`Turn on ${quoted(what)}`,
		turnOff: (what: string) => say`Turn off ${quoted(what)}`
	},
	account: 'Your account',
	...commandSentences(worded, why)
} as const;
