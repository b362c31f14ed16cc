/** What is said of all that exists only on this device, and of what can never leave it. */
import { counted, say } from './sentences';

export const onlyHere = {
	title: 'Only on this device',
	said: counted({
		one: '{$n} message waiting here. It leaves by itself with the next connection.',
		other: '{$n} messages waiting here. They leave by themselves with the next connection.'
	}),
	list: 'Messages only on this device',
	none: 'Nothing waits here',
	noneSaid: 'Everything you wrote has left this device.',
	look: 'Look again',
	written: (when: string) => say`Written ${when}`,
	edit: 'Edit',
	cancel: 'Cancel sending',
	drop: 'Discard change',
	dropped: 'Change discarded'
} as const;

export const salvaged = {
	title: 'Not sent',
	said: counted({
		one: '{$n} message can no longer be sent. It stays here until you discard it.',
		other: '{$n} messages can no longer be sent. They stay here until you discard them.'
	}),
	list: 'Messages that can no longer be sent',
	isEdit: 'A change to a message',
	why: {
		removed: 'You were no longer in this conversation.',
		notMade: 'The conversation could not be created.',
		noSpace: 'Your messages take all the space that you have on the server. Delete some to write more.',
		refused: 'The server does not take this.',
		deleted: 'The message was deleted before your change reached it.'
	},
	kept: 'What you wrote stays here for you to copy.',
	discard: 'Discard',
	discarded: 'Discarded',
	undo: 'Undo'
} as const;
