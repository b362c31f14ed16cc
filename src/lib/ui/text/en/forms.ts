/** What is said in the forms by which one gets in, and in the one that starts a conversation. */
import { fromNow, people as countedPeople, say } from './sentences';

export const entry = {
	registerTitle: 'Create your account',
	registerLead: 'This step needs a connection. After it, reading and writing do not.',
	loginTitle: 'Log in',
	loginLead: 'This step needs a connection. After it, reading and writing do not.',
	username: 'Username',
	password: 'Password',
	email: 'E-mail address',
	emailHint: 'May stay empty. Without one, nobody can help you if you forget your password.',
	createAccount: 'Create account',
	logIn: 'Log in',
	or: 'or',
	toLogin: 'log in',
	toRegister: 'create an account',
	usernameHint: (min: number, max: number) =>
		say`${min} to ${max} letters in any script, digits, dots, dashes, underscores.`,
	passwordHint: (min: number) => say`At least ${min} characters. A few words are better than one.`,
	legend:
		'A knot has been read. A filled stitch is on the server’s disk. A hollow stitch is only on your device, and leaves by itself.',
	sample: [
		'No coverage past the wall. Write as usual.',
		'Passing it now. Radio on 72.',
		'On station. Visibility 8 m.'
	],
	done: 'right',
	problem: {
		usernameMissing: 'Enter a username.',
		ownUsernameMissing: 'Enter your username.',
		usernameShort: (min: number) => say`Too short. Use at least ${min} characters.`,
		usernameLong: (over: number, max: number) => say`Too long by ${over}. Use at most ${max} characters.`,
		usernameSigns: 'Only letters, digits, dots, dashes and underscores.',
		usernameTaken: 'This name is taken. Choose another.',
		passwordMissing: 'Enter a password.',
		ownPasswordMissing: 'Enter your password.',
		passwordShort: (by: number, min: number) => say`Too short by ${by}. Use at least ${min} characters.`,
		passwordLong: (by: number, max: number) => say`Too long by ${by}. Use at most ${max} characters.`,
		passwordCommon: 'Too many people use this one. Choose another.',
		wrongLogin: 'Username and password do not match.',
		noConnection: 'No connection. What you typed stays here; try again when there is one.',
		tooMany: (retryAfterS: number | undefined) =>
			say`Too many tries. Try again ${retryAfterS === undefined ? 'a little later' : fromNow(retryAfterS)}.`,
		refused: 'The server did not accept this. Change it and try again.',
		server: 'The server could not do this now. What you typed stays here; try again.'
	}
} as const;

export const start = {
	people: 'People',
	searching: 'Type a name.',
	offline: 'Without a connection only people known on this device are found.',
	nobody: (query: string) => say`Nobody found for “${query}”.`,
	suggestions: 'Suggestions',
	found: (n: number) => say`${countedPeople(n)} found`,
	remove: (name: string) => say`Remove ${name}`,
	groupName: 'Group name',
	groupHint: 'Leave it empty to write to one person.',
	go: 'Start conversation',
	problem: {
		nobody: 'Choose at least one person.',
		notChosen: (query: string) => say`“${query}” is not chosen yet. Take a person from the list.`,
		tooMany: (max: number) => say`At most ${max} people fit in one group.`,
		failed: 'The conversation could not be started. Nothing was lost; try again.'
	}
} as const;
