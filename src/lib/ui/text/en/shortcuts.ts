/** What is said about keys. */
export const shortcuts = {
	title: 'Keyboard shortcuts',
	jump: 'Jump to…',
	jumpLabel: 'Conversation or person',
	jumpNone: 'Nothing found.',
	toJump: 'Jump to a conversation or person',
	everywhere: 'Everywhere',
	previousNext: 'Previous, next conversation',
	unread: 'Previous, next unread conversation',
	regions: 'To the next, previous part of the screen',
	list: 'This list',
	back: 'Stop replying or editing, close',
	writing: 'Writing',
	send: 'Send',
	newLine: 'New line',
	editLast: 'In an empty field: change the last message',
	onMessage: 'On a message',
	move: 'Up, down, first, last',
	reply: 'Reply',
	react: 'React',
	remove: 'Delete, or cancel sending',
	keys: { alt: 'Alt', ctrl: 'Ctrl', shift: 'Shift', enter: 'Enter', home: 'Home', end: 'End' }
} as const;
