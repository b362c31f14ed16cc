/** What is said about programs: personal API tokens, and webhooks of a conversation. */
import { list, say } from './sentences';

export const programs = {
	once: 'It is shown this once. Copy it now.',
	copy: 'Copy',
	copied: 'Copied',
	name: 'Name',
	nameMissing: 'Enter a name, so that you know it again.',

	tokens: {
		heading: 'Programs',
		why: 'A token lets a program of yours in, as you, for what you allow it.',
		none: 'No program has a token.',
		list: 'Tokens',
		mayDo: 'It may',
		scopes: {
			'messages:read': 'read messages',
			'messages:send': 'send messages',
			'messages:delete': 'delete messages',
			'conversations:read': 'see conversations',
			'conversations:write': 'begin and change conversations',
			'people:read': 'find people',
			'profile:read': 'see your profile',
			'profile:write': 'change your profile',
			sync: 'be a device of yours'
		},
		may: (what: readonly string[]) => list(what),
		scopesMissing: 'Allow it something.',
		holds: 'Expires after',
		holdsFor: { 7: 'a week', 30: '30 days', 90: '90 days', 366: 'a year' },
		make: 'Make a token',
		until: (when: string) => say`until ${when}`,
		seen: (when: string) => say`last used ${when}`,
		unused: 'never used',
		revoke: 'Revoke',
		revokeOf: (name: string) => say`Revoke ${name}`,
		copyOf: 'Token'
	},

	webhooks: {
		open: 'Webhooks…',
		title: 'Webhooks',
		said: 'Other programs post here with one, or are told of each message. Everybody here can see that they exist.',
		kind: 'What it does',
		kinds: { in: 'Takes messages in', out: 'Is told of each message from now on' },
		url: 'Address that is called',
		urlMissing: 'Enter the address, beginning with https://.',
		make: 'Make a webhook',
		list: 'Webhooks',
		none: 'There are none.',
		unknown: 'Without a connection nobody can know them.',
		takes: 'posts as',
		calls: (host: string) => say`calls ${host} for`,
		failing: (since: string, status: string) => say`failing since ${since}: ${status}`,
		stopped: 'stopped',
		delete: 'Delete',
		deleteOf: (name: string) => say`Delete ${name}`,
		address: 'Address to post to',
		secret: 'Secret that calls are signed with'
	}
} as const;
