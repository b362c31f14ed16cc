/** What is said about people: finding them, and who they are. */
import { people as countedPeople, say } from './sentences';

export const people = {
	unblock: 'Unblock',
	name: 'Name or username',
	searching: 'Searching…',
	offline: 'Offline: only people known on this device are searched.',
	nobody: (query: string) => say`Nobody found for “${query}”.`,
	nobodyKnown: (query: string) =>
		say`Nobody known on this device matches “${query}”. Everybody is searched with the next connection.`,
	found: (n: number, more: boolean) =>
		more ? say`The first ${countedPeople(n)}` : say`${countedPeople(n)} found`,
	list: 'People found',
	groups: 'Groups found',
	more: 'Show more',
	you: 'This is you',
	message: 'Message',
	ownNotes: 'Notes to yourself',
	block: 'Block',
	blockTitle: (name: string) => say`Block ${name}?`,
	blockSaid:
		'They cannot start a conversation with you, and do not see whether you are here or writing. Where you both are, what they write is folded away and not counted as unread. Skein does not tell them that you blocked them.',
	blocked: 'You have blocked them. To start a conversation, unblock them first.',
	blockedTitle: 'Blocked people',
	blockedNone: 'You have blocked nobody.',
	unblockOf: (name: string) => say`Unblock ${name}`,
	changeFailed: 'This could not be kept on this device. Try again.',
	shared: 'Conversations you share',
	sharedNone: 'None that this device knows.',
	missingTitle: 'No such person',
	missing: 'There is nobody at this address, or they have deleted their account.',
	unknownTitle: 'Not known on this device',
	unknown: 'Who this is comes with the next connection.',
	opening: 'Looking who this is…',
	startFailed: 'The conversation could not be started. Try again.'
} as const;
