/** What is said about what this device keeps. */
import { counted, say } from './sentences';
import type { Lost } from '../lost';
import { named } from './lost';

const onlyHere = counted({
	one: '{$what} exists only on this device. Clearing the browser’s data would lose it.',
	other: '{$what} exist only on this device. Clearing the browser’s data would lose them.'
});

export const storage = {
	lead: 'What this device keeps, and what would be lost with it.',
	usedTitle: 'Space',
	used: (used: string, allowed: string) => say`Skein uses ${used} of the ${allowed} that this browser allows`,
	unknown: 'This browser does not say how much it keeps.',
	short: 'Little space is left. Free some on this device, or what you write may not be kept.',
	parts: { conversations: 'Conversations', app: 'The app itself', used: 'Used', free: 'Free' },
	only: 'Only on this device',
	onlyHere: (lost: Lost) => onlyHere(lost.unsent + lost.drafts + lost.queued, { what: named(lost) }),
	nothing: 'Nothing. All that you wrote is with the server too.',
	show: 'Show them',
	save: 'Save as a file',
	leaves: 'What waits leaves by itself with the next connection.',
	saveSaid: 'The file is for you, should this device fail.',
	keep: 'Protection from clean-up',
	kept: 'The browser has agreed to keep Skein, however short the disk gets. Only you can clear it.',
	mayGo:
		'When the disk gets short, the browser may clear what Skein keeps. What was sent comes back from the server; what was not is lost.',
	keepUnknown: 'This browser does not say whether it keeps what Skein stores.',
	ask: 'Ask the browser to keep it',
	refused:
		'It did not agree. Browsers do for sites that are used often, installed as an app or allowed to notify: try again then.',
	file: {
		title: (name: string, host: string) => say`What existed only on a device of ${name} at ${host}`,
		saved: (when: string) => say`Saved ${when}`,
		changes: 'Changes that wait'
	}
} as const;
