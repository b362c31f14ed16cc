/**
 * What Skein says, in English, but for what later.ts has. A further language is another object of the type `FirstText`.
 * No middle dot stands between facts: beside Arabic digits it reads as a zero.
 */
import { counted, list, locale, messages, number, people as countedPeople, say } from './sentences';
import { late, message, onlyHere, salvaged, unread } from './message';

const newMessages = counted({ one: '{$n} new message', other: '{$n} new messages' });
const namesWrite = counted({ one: '{$names} is writing', other: '{$names} are writing' });

export const en = {
	message,
	unread,
	late,
	onlyHere,
	salvaged,
	locale,
	number,
	group: {
		askToJoin: counted({
			one: '{$n} person asks to join',
			other: '{$n} people ask to join'
		})
	},
	people: {
		find: 'Find people and groups',
		gone: 'Deleted user'
	},
	account: {
		label: 'Account'
	},

	brand: 'Skein',
	title: (page: string, unread = 0) => (unread > 0 ? say`(${unread}) ${page} – Skein` : say`${page} – Skein`),
	close: 'Close',
	you: 'You',
	tryNow: 'Try now',
	reload: 'Reload',
	dismiss: 'Dismiss',

	connection: {
		offline: 'Offline',
		connecting: 'Connecting',
		catchingUp: 'Catching up',
		synced: 'Synced',
		onlyHere: (n: number) => say`${n} only here`,
		left: counted({ one: '{$n} conversation left', other: '{$n} conversations left' }),
		allHere: 'all of it is on this device',
		logInToSend: (unsent: number, changes: number) =>
			unsent > 0 && changes === 0 ? say`Log in to send ${messages(unsent)}` : 'Log in to send',
		openedFromDevice: 'Opened from this device.',
		lastCaughtUp: (when: string) => say`Last caught up ${when}.`
	},

	notice: {
		notStarted: 'Skein could not open what is on this device.',
		pageMissing: 'There is nothing at this address.',
		pageBroken: 'This page could not be shown.',
		again: 'Try again',
		toConversations: 'To your conversations',
		partLater: 'This part of Skein is not on this device yet. It opens with the next connection.',
		partMissing: 'This part of Skein did not load. What you typed stays if you reload.',
		updateWaits: 'What you typed could not be stored on this device, so the update waits. Copy it first.'
	},

	conversations: {
		label: 'Conversations',
		newOne: 'New conversation',
		pinned: 'Pinned',
		recent: 'Recent',
		mentionsOnly: 'Mentions only',
		more: 'More about this conversation',
		moreOf: (name: string) => say`More about ${name}`,
		draft: 'Draft:',
		notSent: (n: number) => say`${n} not sent`,
		pending: 'Not created yet',
		notHere: 'Not on this device yet',
		by: (name: string) => say`${name}:`
	},

	conversation: {
		messages: 'Messages',
		people: countedPeople,
		direct: 'Direct conversation',
		about: 'About this conversation',
		back: 'Back',
		today: 'Today',
		yesterday: 'Yesterday',
		olderNotHere: 'There may be more than this device has. The rest comes with the next connection.',
		olderComes: 'There may be more than this device has. The rest is on its way.',
		toLatest: 'Latest',
		newBelow: (n: number, orMore: boolean) => (orMore ? say`${n}+ new messages` : newMessages(n)),
		replyTo: (name: string) => say`In reply to ${name}`
	},

	presence: {
		here: 'Here now',
		away: 'Away',
		gone: '',
		hereOf: (n: number) => say`${n} here now`,
		writing: (names: readonly string[]) =>
			names.length > 2
				? say`${countedPeople(names.length)} are writing`
				: namesWrite(names.length, { names: list(names) }),
		writes: 'Writing…'
	},

	state: { queued: 'Queued', sent: 'Sent', read: 'Read' },

	event: {
		created: (by: string) => say`${by} started the conversation`,
		joined: (who: readonly string[]) => say`${list(who)} joined`,
		added: (by: string, who: readonly string[]) => say`${by} added ${list(who)}`,
		left: (who: readonly string[]) => say`${list(who)} left`,
		removed: (by: string, who: readonly string[]) => say`${by} removed ${list(who)}`,
		renamed: (by: string, name: string) =>
			name === '' ? say`${by} removed the group’s name` : say`${by} renamed the conversation to “${name}”`,
		described: (by: string) => say`${by} changed the description`,
		picture: {
			changed: (by: string) => say`${by} changed the group’s picture`,
			removed: (by: string) => say`${by} removed the group’s picture`
		},
		role: {
			owner: (by: string, who: readonly string[]) => say`${by} made ${list(who)} an owner`,
			admin: (by: string, who: readonly string[]) => say`${by} made ${list(who)} an admin`,
			member: (by: string, who: readonly string[]) => say`${by} made ${list(who)} a member`
		},
		handedOver: (by: string, who: readonly string[]) => say`${by} handed the group over to ${list(who)}`,
		history: {
			start: (by: string) => say`${by} lets new members read all history`,
			joining: (by: string) => say`${by} lets new members read only what is written after they join`
		},
		joining: {
			open: (by: string) => say`${by} lets people join by link at once`,
			request: (by: string) => say`${by} has people ask before they join`
		},
		other: (by: string) => say`${by} changed the conversation`
	},

	composer: {
		label: 'Message',
		placeholder: (name: string) => say`Message ${name}`,
		send: 'Send',
		offline: 'Offline. Waits here, leaves by itself.',
		signedOut: 'Waits here until you have logged in again.',
		keys: {
			enter: 'Enter sends, Shift+Enter starts a new line',
			break: 'Enter starts a new line, Ctrl+Enter sends'
		},
		left: (n: number) => say`${n} left`,
		over: counted({
			one: 'Too long by {$n} character. It stays here.',
			other: 'Too long by {$n} characters. It stays here.'
		})
	}
} as const;
