/** What is said about single messages: what can be done to them, and what has become of them. */
import { count, list, messages, numbers } from './enCount';

export const message = {
	more: 'More',
	tools: 'Do with this message',
	reply: 'Reply',
	react: 'React',
	edit: 'Edit',
	copy: 'Copy text',
	copyLink: 'Copy link',
	forward: 'Forward…',
	pin: 'Pin',
	unpin: 'Unpin',
	unreadFrom: 'Mark unread from here',
	remove: 'Delete for everyone…',
	cancel: 'Cancel sending',
	keys: { reply: 'R', react: 'E', edit: '↑', remove: 'Del' },
	linkCopied: 'Link copied',
	textCopied: 'Text copied',
	copyFailed: 'The browser does not let Skein copy.',
	cancelled: (mayHaveLeft: boolean) =>
		mayHaveLeft
			? 'Message cancelled. If it had left already, it will be deleted for everyone.'
			: 'Message cancelled. It never left.',
	changedMeanwhile: 'It was changed in another tab meanwhile, so it was not cancelled.',
	leftAlready: 'It had left already, so it was deleted for everyone.',
	toDraft: 'Back to the field',
	removeFailed: 'It could not be deleted. Try again.',
	removeTitle: 'Delete this message for everyone?',
	removeSaid:
		'Its text is erased on every device of everyone here, at their next connection. This cannot be undone.',
	moderateSaid:
		'Its text is erased on every device of everyone here, at their next connection, and it says that a moderator removed it. This cannot be undone.',
	removeGo: 'Delete',
	deleted: 'Message deleted',
	moderated: 'Removed by a moderator',
	removing: 'Will be deleted with the next connection',
	quoteDeleted: 'Deleted message',
	quoteBlocked: 'A message from somebody you blocked',
	folded: (n: number) => `${messages(n)} from somebody you blocked`,
	unfold: 'Show',
	quoteMissing: 'A message that is not here',
	notHere: 'This message is not on this device yet.',
	edited: 'edited',
	editedHint: 'Edited. Show earlier versions',
	historyTitle: 'Versions of this message',
	now: 'Now',
	forwardedFrom: (name: string) => `Forwarded from ${name}`,
	forwardTitle: 'Forward to',
	forwardFind: 'Conversation',
	forwardNone: 'No conversation of that name.',
	forwarded: (name: string) => `Forwarded to ${name}`,
	forwardFailed: 'It could not be forwarded. Try again.',
	pinned: 'Pinned',
	pinnedTitle: 'Pinned messages',
	pinnedCount: (n: number) => `${count(n, 'pinned message', 'pinned messages')}`,
	readBy: (n: number) => `Read by ${numbers.format(n)}`,
	readers: (names: readonly string[]) => `Read by ${list.format(names)}`,
	reaction: (emoji: string, names: readonly string[]) => `${emoji} ${list.format(names)}`,
	addReaction: 'Add a reaction',
	emojiFind: 'Find or type an emoji',
	emojiUse: (emoji: string) => `React with ${emoji}`,
	emojiNone: 'None of that name. Any emoji can be typed or pasted.',
	replying: (name: string) => `Replying to ${name}`,
	replyingAny: 'Replying',
	stopReplying: 'Stop replying',
	editing: 'Editing',
	stopEditing: 'Stop editing',
	editGone: {
		kept: 'The message was deleted meanwhile. Your text is in the field.',
		unchanged: 'The message was deleted meanwhile.'
	},
	editCancelled: {
		kept: 'The message was cancelled meanwhile. Your text is in the field.',
		unchanged: 'The message was cancelled meanwhile.'
	},
	editDropped: 'Your changes were dropped.',
	editAgain: 'Go on editing',
	save: 'Save',
	otherDraft: 'Another draft from another device:',
	useIt: 'Use it',
	keepMine: 'Keep mine'
} as const;

export const unread = {
	new: (n: number) => `${numbers.format(n)} new`,
	newMark: 'New',
	toFirst: 'Jump to first unread',
	toFirstOf: (said: string) => `Jump to first unread, ${said}`,
	newOrMore: (n: number) => `${numbers.format(n)}+ new`,
	orMore: (n: number) => `${numbers.format(n)}+`,
	inList: (n: string) => `${n} unread`,
	muted: 'Muted'
} as const;

export const late = {
	mark: 'Arrived late',
	inList: (n: number) => `${numbers.format(n)} arrived late`,
	bar: (n: number) => `${numbers.format(n)} arrived in earlier history`,
	from: (names: readonly string[]) => `from ${list.format(names)}`,
	place: (at: number, of: number) => `${numbers.format(at)} of ${numbers.format(of)}`,
	label: 'Arrived in earlier history',
	up: 'Previous one',
	down: 'Next one',
	done: 'Done'
} as const;

export const onlyHere = {
	title: 'Only on this device',
	said: (n: number) => `${messages(n)} waiting here. They leave by themselves with the next connection.`,
	list: 'Messages only on this device',
	none: 'Nothing waits here',
	noneSaid: 'Everything you wrote has left this device.',
	replies: (n: number) => `${count(n, 'reply', 'replies')} arrived since`,
	look: 'Look again',
	written: (when: string) => `Written ${when}`,
	edit: 'Edit',
	cancel: 'Cancel sending'
} as const;

export const salvaged = {
	title: 'Not sent',
	inLine: (n: number) => `${numbers.format(n)} not sent`,
	said: (n: number) => `${messages(n)} can no longer be sent. They stay here until you discard them.`,
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
