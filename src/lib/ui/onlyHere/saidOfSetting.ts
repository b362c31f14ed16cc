import type { SettingRow } from '../../state/onlyHereRows';
import { text } from '../text';

/** What another device of one's own is told with the next connection. */
export function saidOfSetting({ what, on }: SettingRow): string {
	const { conversations, settings, commands } = text;
	// Kept the other way about: without a word of the person others are told.
	const switched = (name: string) => (on ? commands.deeds.turnOff(name) : commands.deeds.turnOn(name));
	switch (what) {
		case 'pin':
			return on ? conversations.pin : conversations.unpin;
		case 'mute':
			return on ? conversations.mute : conversations.unmute;
		case 'mentions':
			return on ? conversations.hearMentions : conversations.hearAll;
		case 'receipts-off':
			return switched(settings.receipts);
		case 'presence-off':
			return switched(settings.presence);
		default:
			return text.account.settings;
	}
}
