/** What each kind of command asks of the server. It is loaded when one leaves: until then nothing needs it. */
import type { Ask, NamedUpload } from './commandKind';
import type { Command, CommandOf, CommandType } from './commandTable';
import type { CommandRefusal } from '../../protocol/problemCodes';
import type { ConversationId } from '../../domain/ids';
import type { Person } from '../../domain/people';

type Asks = { readonly [Type in CommandType]: (command: CommandOf<Type>) => Ask };

interface OfGroup {
	readonly conversation: ConversationId;
}
interface OfPerson {
	readonly person: Person;
}

const pathOf = ({ conversation }: OfGroup) => `/conversations/${conversation}`;
const memberPath = ({ conversation, person }: OfGroup & OfPerson) =>
	`/conversations/${conversation}/members/${person.id}`;
const blockPath = ({ person }: OfPerson) => `/blocks/${person.id}`;

/** Sets the picture that stands at a path, or with none takes away the one that is there. */
const askForPicture = (path: string, picture: NamedUpload | undefined): Ask =>
	picture
		? { method: 'PUT', path, upload: { bytes: picture.bytes, type: picture.type } }
		: { method: 'DELETE', path };

const ASKS: Asks = {
	'create-conversation': ({ request }) => ({ method: 'POST', path: '/conversations', body: request }),
	'change-group': (command) => ({
		method: 'PATCH',
		path: pathOf(command),
		body: { ...command.change, was: command.was }
	}),
	'set-group-picture': ({ picture, was, ...group }) =>
		askForPicture(`${pathOf(group)}/picture${was === undefined ? '' : `?was=${was || 'none'}`}`, picture),
	'add-member': (command) => ({
		method: 'POST',
		path: `${pathOf(command)}/members`,
		body: { userId: command.person.id, at: command.at }
	}),
	'remove-member': (command) => ({ method: 'DELETE', path: memberPath(command) }),
	'change-role': (command) => ({
		method: 'PATCH',
		path: memberPath(command),
		body: { role: command.role, was: command.was }
	}),
	'hand-over': (command) => ({
		method: 'PATCH',
		path: memberPath(command),
		body: { role: 'owner', was: command.was, stepDown: true }
	}),
	'answer-request': (command) => ({
		method: command.yes ? 'POST' : 'DELETE',
		path: `${pathOf(command)}/requests/${command.person.id}`
	}),
	'withdraw-request': (command) => ({
		method: 'DELETE',
		path: `${pathOf(command)}/requests/${command.self}`
	}),
	'leave-group': (command) => ({ method: 'DELETE', path: `${pathOf(command)}/members/${command.self}` }),
	'remove-message': (command) => ({
		method: 'DELETE',
		path: `${pathOf(command)}/messages/${command.message}`
	}),
	'change-profile': ({ change }) => ({ method: 'PATCH', path: '/me', body: change }),
	'set-picture': ({ picture }) => askForPicture('/me/picture', picture),
	'block-person': (command) => ({ method: 'PUT', path: blockPath(command) }),
	'unblock-person': (command) => ({ method: 'DELETE', path: blockPath(command) }),
	report: ({ request }) => ({ method: 'POST', path: '/reports', body: request })
};

/** Refusals that say it is as the person wants it already: nobody need be told. */
const SO_ALREADY: { readonly [Type in CommandType]?: CommandRefusal } = {
	'remove-member': 'no_such_member',
	'leave-group': 'no_such_conversation'
};

/** Of a command that this version knows. */
export function askOf(command: Command): Ask {
	// The name says which shape it is.
	return (ASKS[command.type] as (command: Command) => Ask)(command);
}

export const isSoAlready = ({ type }: Command, { code }: { readonly code: string }): boolean =>
	SO_ALREADY[type] === code;

/** Asked for by no person: a conversation that the server has forgotten. */
export const isMadeAgain = (command: Command): boolean =>
	command.type === 'create-conversation' && command.request.stood !== undefined;
