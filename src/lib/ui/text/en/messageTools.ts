/** What can be done to single messages, and the dialogs that it takes. */
import { say } from './sentences';

export const message = {
	more: 'More',
	tools: 'Actions for this message',
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
	keys: { reply: 'R', react: 'E', remove: 'Del' },
	linkCopied: 'Link copied',
	removeTitle: 'Delete this message for everyone?',
	removeSaid:
		'Its text is erased on every device of everyone here, at their next connection. This cannot be undone.',
	moderateSaid:
		'Its text is erased on every device of everyone here, at their next connection, and it says that a moderator removed it. This cannot be undone.',
	removeGo: 'Delete',
	historyTitle: 'Versions of this message',
	now: 'Now',
	forwardTitle: 'Forward to',
	forwardFind: 'Conversation',
	forwardNone: 'No conversation of that name.',
	forwardFailed: 'It could not be forwarded. Try again.',
	pinnedTitle: 'Pinned messages',
	addReaction: 'Add a reaction',
	emojiFind: 'Find or type an emoji',
	emojiUse: (emoji: string) => say`React with ${emoji}`,
	textCopied: 'Text copied',
	otherDraft: 'Another draft from another device:',
	useIt: 'Use it',
	keepMine: 'Keep mine',
	task: { open: 'To do', done: 'Done' },
	emojiNone: 'None of that name. Any emoji can be typed or pasted.'
} as const;

/** What buttons of dialogs and forms say. */
export const act = { cancel: 'Cancel', save: 'Save', copied: 'Copied' } as const;
