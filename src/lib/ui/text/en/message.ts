/** What is said about single messages: what can be done to them, and what has become of them. */
import { counted, list, messages, say } from './sentences';

export const message = {
	copyFailed: 'The browser does not let Skein copy.',
	cancelled: (mayHaveLeft: boolean) =>
		mayHaveLeft
			? 'Message cancelled. If it was sent already, it will be deleted for everyone.'
			: 'Message cancelled. It was not sent.',
	changedMeanwhile: 'It was changed in another tab meanwhile, so it was not cancelled.',
	leftAlready: 'It was sent already, so it was deleted for everyone.',
	toDraft: 'Back to the field',
	removeFailed: 'It could not be deleted. Try again.',
	deleted: 'Message deleted',
	moderated: 'Removed by a moderator',
	removing: 'Will be deleted with the next connection',
	quoteDeleted: 'Deleted message',
	quoteBlocked: 'A message from somebody you blocked',
	folded: (n: number) => say`${messages(n)} from somebody you blocked`,
	unfold: 'Show',
	quoteMissing: 'An earlier message',
	notHere: 'This message is not on this device yet.',
	edited: 'edited',
	editedHint: 'Edited. Show earlier versions',
	forwardedFrom: (name: string) => say`Forwarded from ${name}`,
	forwarded: (name: string) => say`Forwarded to ${name}`,
	pinned: 'Pinned',
	pinnedCount: counted({ one: '{$n} pinned message', other: '{$n} pinned messages' }),
	readBy: (n: number) => say`Read by ${n}`,
	readers: (names: readonly string[]) => say`Read by ${list(names)}`,
	reaction: (emoji: string, names: readonly string[]) => say`${emoji} ${list(names)}`,
	andMore: (n: number) => say`+${n} more`,
	fewer: 'Fewer',
	replying: (name: string) => say`Replying to ${name}`,
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
	save: 'Save'
} as const;

export const unread = {
	new: (n: number) => say`${n} new`,
	newMark: 'New',
	orMore: (n: number) => say`${n}+`,
	inList: (n: string) => say`${n} unread`,
	muted: 'Muted'
} as const;

export const late = {
	mark: 'Arrived late',
	inList: (n: number) => say`${n} arrived late`
} as const;

export const onlyHere = {
	replies: counted({ one: '{$n} reply arrived since', other: '{$n} replies arrived since' })
} as const;

export const salvaged = {
	inLine: (n: number) => say`${n} not sent`
} as const;
