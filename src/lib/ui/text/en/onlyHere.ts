/** What is said of all that exists only on this device, and of what can never leave it. */
import { counted, say } from './sentences';

export const onlyHere = {
	title: 'Only on this device',
	said: counted({
		one: '{$n} message waiting here. It leaves by itself with the next connection.',
		other: '{$n} messages waiting here. They leave by themselves with the next connection.'
	}),
	saidSignedOut: counted({
		one: '{$n} message waiting here. It leaves once you have logged in again.',
		other: '{$n} messages waiting here. They leave once you have logged in again.'
	}),
	drafts: 'Drafts on this device alone',
	draftsSaid: counted({
		one: '{$n} draft that no other device has.',
		other: '{$n} drafts that no other device has.'
	}),
	list: 'Messages only on this device',
	none: 'Nothing waits here',
	noneSaid: 'Everything you wrote has left this device.',
	look: 'Look again',
	written: (when: string) => say`Written ${when}`,
	behind: (command: string) => say`Leaves once this is done: ${command}`,
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
		discarded: 'You discarded the group before it was created.',
		noSpace: 'Your messages take all the space that you have on the server. Delete some to write more.',
		refused: 'The server does not take this.',
		deleted: 'The message was deleted before your change reached it.'
	},
	kept: 'What you wrote stays here for you to copy.',
	discard: 'Discard',
	discarded: 'Discarded',
	undo: 'Undo'
} as const;

/** Why what one keeps for oneself does not leave this device. */
export const keptHere = {
	noSpace:
		'Your drafts, settings and what you have read stay on this device: your messages take all the space that you have on the server. Delete some, and they go on by themselves.',
	refused:
		'Your drafts, settings and what you have read stay on this device: the server does not take them now. It is asked again.'
} as const;
