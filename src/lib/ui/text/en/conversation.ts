/** What stands in place of messages or beside them, where a conversation is not just read and written in. */
import { counted, list, say } from './sentences';

export const conversation = {
	unwritable: {
		deleted: () => 'This account was deleted. Nobody reads what would be written here.',
		blocked: (name: string) => say`You have blocked ${name}. To write to them, unblock them first.`
	},
	missingTitle: 'No such conversation',
	missing: 'Your account has no conversation at this address.',
	missingOffline: 'This device knows no conversation at this address. It may come with the next connection.',
	removedTitle: (name: string) =>
		name === '' ? 'You are no longer in this conversation' : say`You are no longer in ${name}`,
	removed: 'Nothing new arrives here, and nothing can be sent.',
	notMadeTitle: 'This conversation was not created',
	notMade: 'Nobody else has heard of it.',
	startAnew: 'Start it anew',
	forgottenTitle: 'The server was put back to an older copy that does not know this conversation.',
	forgotten: {
		ours: 'It is created again as soon as the server can be reached. Nothing here is lost, and what you write waits.',
		owners:
			'It goes on once an owner of the group has opened Skein. Until then you see what is on this device, and what you write waits here.',
		leaving: 'You leave it once an owner of the group has opened Skein.'
	},
	unreadable: counted({
		one: '{$n} entry here was written by a newer version of Skein, or damaged, and cannot be shown.',
		other: '{$n} entries here were written by a newer version of Skein, or damaged, and cannot be shown.'
	}),
	peopleHeading: 'People',
	role: { owner: 'owner', admin: 'admin', member: '' },
	emptyTitle: 'Nothing written yet',
	emptySince: 'Nothing written since you joined',
	empty: 'The first message is yours.',
	emptyFor: 'Nothing was written here',
	aloneTitle: 'Nobody else is here yet',
	alone: 'Invite people, or write first: they may read it when they come.',
	notHereTitle: 'Not here yet',
	notHere: (name: string) => say`What was written in ${name} comes to this device with the next connection.`,
	onItsWay: 'It is on its way to this device…'
} as const;

export const unread = {
	toFirst: 'Jump to first unread',
	toFirstOf: (said: string) => say`Jump to first unread, ${said}`,
	newOrMore: (n: number) => say`${n}+ new`
} as const;

export const late = {
	bar: (n: number) => say`${n} arrived in earlier history`,
	from: (names: readonly string[]) => say`from ${list(names)}`,
	place: (at: number, of: number) => say`${at} of ${of}`,
	label: 'Arrived in earlier history',
	up: 'Previous one',
	down: 'Next one',
	done: 'Done'
} as const;

export const conversations = {
	noneTitle: 'No conversations yet',
	none: 'Find a person and write the first message.',
	notHereTitle: 'Your conversations are not here yet',
	notHereText: 'They come to this device with the next connection.',
	onTheirWay: 'They are on their way to this device…',
	chooseTitle: 'Choose a conversation',
	choose: 'Or start one: it works without a network too.',
	pin: 'Pin to the top',
	unpin: 'Unpin',
	mute: 'Mute',
	unmute: 'Unmute',
	hearAll: 'Notify for all messages',
	hearMentions: 'Notify for mentions only'
} as const;
