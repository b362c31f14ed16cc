/** What is said in notifications of the system, and about them. */
import { counted, messages, say } from './sentences';

export const notifications = {
	title: 'Notifications',
	said: 'They come while Skein is open in some window and you are not looking at it. When you read a message on another device, its notification here goes away.',
	allow: 'Allow notifications',
	allowSaid: 'The browser asks you once.',
	refused:
		'This browser was told not to show notifications of Skein. You can change that in its settings for this address.',
	impossible: 'This browser shows no notifications of Skein at this address.',
	show: 'Show notifications on this device',
	showText: 'Show what is written in them',
	own: 'Quieter conversations',
	none: 'None. In the menu of a conversation you choose: all messages, mentions only, or nothing.',
	ruleOf: (name: string) => say`Notifications for ${name}`,
	rules: { all: 'All messages', mentions: 'Mentions only', nothing: 'Nothing' },
	by: (name: string, said: string) => say`${name}: ${said}`,
	unread: counted({ one: '{$n} new message', other: '{$n} new messages' }),
	mentioned: (n: number) => say`You are mentioned in ${messages(n)}`
} as const;
