/** What is said to who has no conversation yet: the way to a first message. */
export const begin = {
	start: 'Write your first message',
	title: 'Write your first message',
	lead: 'Give your name, choose who it is for, and write. Without a network it waits here and leaves by itself; only finding new people and making an invite link need a connection.',
	open: 'Begin',
	name: 'Your name',
	to: 'Who is it for?',
	ways: { person: 'People who are here', link: 'A new group, and I invite people by a link' },
	linkHint: 'The link is made in the group, once it is open.',
	groupMissing: 'Give the group a name.',
	go: 'Write'
} as const;
