/** What is said about getting into one's account: passwords, the address, devices, and deleting it. */
import { counted, say } from './sentences';
import type { Lost } from '../lost';
import { named } from './lost';

export const forgot = {
	title: 'Forgot your password?',
	lead: 'A link for a new one goes to the address of your account. This needs a connection.',
	who: 'Username or e-mail address',
	whoMissing: 'Enter your username or your address.',
	go: 'Send the link',
	toLogin: 'log in',
	link: 'Forgot your password?',
	sentTitle: 'Check your mail',
	sent: 'If there is such an account and it has an address, a link is on its way there. It works once, for half an hour.',
	noAddress: 'No address in your account, or no mail comes? Ask whoever runs your Skein.'
} as const;

export const reset = {
	title: 'Choose a new password',
	lead: 'All your devices and programs are logged out then, and your webhooks are gone. What your devices have not sent stays on them until you log in again.',
	password: 'New password',
	go: 'Set password',
	noLink: 'This address is not complete. Open the link of the mail again, or ask for a new one.',
	over: 'This link has been used, or is older than half an hour.',
	askAgain: 'Ask for a new one',
	done: 'Your new password is set. Log in with it.'
} as const;

export const security = {
	title: 'Login and devices',
	lead: 'This needs a connection: passwords are never kept on a device.',
	offline: 'Offline. This waits for a connection; everything else goes on.',
	unreachable: 'The server cannot be reached now.',
	problem: {
		wrongPassword: 'This is not your password.',
		missing: 'Enter your password.',
		loggedOut: 'You have been logged out. Log in, then try again.',
		address: 'This is not an e-mail address.'
	},
	email: {
		heading: 'E-mail address',
		why: 'For a link when you have forgotten your password. Nobody else sees it.',
		address: 'Address',
		hint: 'Leave it empty to have none.',
		password: 'Your password',
		save: 'Save address',
		saved: 'Saved'
	},
	password: {
		heading: 'Password',
		why: 'A new one logs out all your other devices. What they have not sent stays on them. Programs keep their tokens until you revoke them, below.',
		current: 'Current password',
		fresh: 'New password',
		save: 'Change password',
		saved: 'Changed. Your other devices are logged out.'
	},
	sessions: {
		heading: 'Where you are logged in',
		list: 'Sessions',
		loading: 'Asking the server…',
		later: 'They are listed once there is a connection.',
		unknown: 'Some program',
		on: (browser: string, system: string) => say`${browser} on ${system}`,
		current: 'This device',
		seen: (when: string) => say`Last seen ${when}`,
		end: 'Log out',
		endOf: (name: string) => say`Log out ${name}`,
		endOthers: 'Log out all others'
	},
	remove: {
		heading: 'Delete account',
		why: 'Nobody finds you any more, and your messages stand there as those of a deleted user. There is no way back.',
		open: 'Delete for good',
		title: 'Delete your account for good?',
		consequence:
			'You are logged out everywhere and all your devices erase their copies. Groups that you alone own go to an admin, or else to who has been there longest. Your username is free again after 30 days.',
		unsent: (lost: Lost) => say`Only here, and lost with it: ${named(lost)}.`,
		password: 'Your password',
		erase: 'Erase all that I wrote, for everybody',
		eraseSaid: 'From all conversations, those you have left too. Otherwise it stays, without your name.',
		successor: 'Who administers this server after you',
		successorSaid:
			'You administer this server, and somebody has to. If nobody else has an account here, leave it empty.',
		keep: 'Stay',
		go: 'Delete for good',
		going: 'Deleting…',
		left: counted({
			one: 'Erasing this device’s copy: {$n} part left',
			other: 'Erasing this device’s copy: {$n} parts left'
		}),
		unfinished:
			'The account is deleted. This device’s copy could not be erased yet; it is tried again at the next start.',
		done: 'Your account is deleted.'
	},
	gone: {
		title: 'This account was deleted',
		said: 'What this device keeps of it is erased now.',
		copyFirst: 'Some of it exists only here. Copy it first if you want it.',
		go: 'Erase and go on'
	}
} as const;
