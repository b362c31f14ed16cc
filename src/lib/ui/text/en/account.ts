/** What is said about one's own account: the menu, the profile, the settings, logging out. */
import { counted, say } from './sentences';
import type { Lost } from '../lost';
import { named } from './lost';

const onlyHere = counted({
	one: '{$what} exists only here. Logging out erases this device’s copy, and it would be lost.',
	other: '{$what} exist only here. Logging out erases this device’s copy, and they would be lost.'
});

export const account = {
	storage: 'Storage',
	profile: 'Profile',
	settings: 'Settings',
	login: 'Login and devices',
	administration: 'Administration',
	logOut: 'Log out',
	saved: 'Saved',
	problem: {
		failed: 'This could not be kept on this device. Try again.'
	}
} as const;

export const profile = {
	lead: 'What others see of you. It changes everywhere at once; without a connection it waits here.',
	username: 'Username',
	usernameHint: 'What you log in with, and what others find you by.',
	displayName: 'Display name',
	displayNameHint: 'What others read above your messages.',
	about: 'About',
	aboutHint: (max: number) =>
		say`A line or two about yourself, at most ${max} characters. It may stay empty.`,
	problem: {
		nameMissing: 'Enter a name.',
		tooLong: (over: number) => say`Too long by ${over}.`
	}
} as const;

export const picture = {
	heading: 'Picture',
	hint: 'PNG, JPEG or WebP. The middle of it is used; where and with what it was taken is left out.',
	choose: 'Choose a picture',
	change: 'Choose another',
	remove: 'Remove',
	problem: {
		unreadable: 'This browser cannot read that picture. Use a PNG, JPEG or WebP.',
		failed: 'The picture could not be kept on this device. Try again.'
	}
} as const;

export const settings = {
	parts: 'Parts of the settings',
	look: 'Appearance and keys',
	here: 'For this device only.',
	theme: 'Colours',
	themes: { system: 'Same as the system', light: 'Light', dark: 'Dark' },
	contrast: 'Contrast',
	contrasts: { system: 'Same as the system', more: 'More' },
	enter: 'Enter key',
	enters: { send: 'Sends. Shift+Enter starts a new line', break: 'Starts a new line. Ctrl+Enter sends' },
	language: 'Language',
	languageSystem: 'Same as the browser',
	languageWaits:
		'What you typed could not be stored on this device, so the language stays for now. Copy it first.',
	reading: 'Reading',
	receipts: 'Tell others what I have read',
	receiptsSaid: 'For all your devices. Without it you still see who has read your messages.',
	presence: 'Tell others when I am here or writing',
	presenceSaid: 'For all your devices. Without it you still see who is here.'
} as const;

export const logOut = {
	title: 'Log out of this device?',
	consequence: (lost: Lost) => onlyHere(lost.unsent + lost.drafts + lost.queued, { what: named(lost) }),
	erases: 'Logging out erases this device’s copy.',
	stay: 'Stay',
	copy: 'Copy the text',
	go: 'Log out',
	going: 'Logging out…',
	failed: 'Logging out did not finish. Try again.',
	copyByHand: 'The browser does not let Skein copy. Select the text and copy it.',
	elsewhere: 'You have logged out in another window of this browser.',
	draftMark: 'Draft'
} as const;
