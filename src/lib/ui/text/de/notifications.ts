import type { Text } from '..';
import { counted, messages, say } from './sentences';

export const notifications: Text['notifications'] = {
	title: 'Benachrichtigungen',
	said: 'Sie kommen, solange Skein in einem Fenster offen ist und du nicht hinsiehst. Liest du eine Nachricht auf einem anderen Gerät, verschwindet ihre Benachrichtigung hier.',
	allow: 'Benachrichtigungen erlauben',
	allowSaid: 'Der Browser fragt dich einmal.',
	refused:
		'Diesem Browser wurde gesagt, dass er keine Benachrichtigungen von Skein zeigen soll. Das lässt sich in seinen Einstellungen für diese Adresse ändern.',
	impossible: 'Dieser Browser zeigt an dieser Adresse keine Benachrichtigungen von Skein.',
	show: 'Benachrichtigungen auf diesem Gerät zeigen',
	showText: 'Darin zeigen, was geschrieben wurde',
	own: 'Unterhaltungen, die sich seltener melden',
	none: 'Keine. Im Menü einer Unterhaltung wählst du, ob sich alle Nachrichten melden, nur Erwähnungen oder nichts.',
	ruleOf: (name) => say`Was sich in ${name} meldet`,
	rules: { all: 'Alle Nachrichten', mentions: 'Nur Erwähnungen', nothing: 'Nichts' },
	by: (name, said) => say`${name}: ${said}`,
	unread: counted({ one: '{$n} neue Nachricht', other: '{$n} neue Nachrichten' }),
	mentioned: (n) => say`Du wirst in ${messages(n)} erwähnt`
};
