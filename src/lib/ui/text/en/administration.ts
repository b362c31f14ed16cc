/** What is said to the administrators of a server. */
import type { AuditAction } from '../../../protocol/auditActions';
import type { ErasureTrouble } from '../../../protocol/erasureTrouble';
import type { RegistrationMode } from '../../../protocol/registration';
import type { ReportCheck, ReportOutcome } from '../../../protocol/reportReasons';
import type { FixedLimit, SettableLimit } from '../../../protocol/serverLimits';
import { counted, locale, number, say } from './sentences';

const megabytes = new Intl.NumberFormat(locale, {
	style: 'unit',
	unit: 'megabyte',
	maximumFractionDigits: 1
});

const accounts = counted({ one: '{$n} account', other: '{$n} accounts' });
const erasedIn = counted({
	one: 'Erased in {$done} of {$n} conversation',
	other: 'Erased in {$done} of {$n} conversations'
});

const documents = counted({ one: '{$n} document', other: '{$n} documents' });

const checks: Readonly<Record<ReportCheck, string>> = {
	same: 'as it was written',
	other: 'not what was written: the reporter’s word alone',
	gone: 'deleted, no text is kept',
	missing: 'the server knows no such message: the reporter’s word alone'
};

const outcomes: Readonly<Record<ReportOutcome, string>> = {
	acted: 'Something was done',
	dismissed: 'Nothing was to be done'
};

/** What each number says how much of. */
const settable: Readonly<Record<SettableLimit, string>> = {
	userStoreMb: 'Megabytes that one person may store',
	roomStoreMb: 'Megabytes that one person may store in one part of a conversation',
	userSockets: 'Connections of one person at once',
	accounts: 'Accounts on this server',
	registrationsPerHour: 'New accounts from one address in an hour'
};

const fixed: Readonly<Record<FixedLimit, string>> = {
	userKbPerSecond: 'Kilobytes that one person’s devices may send in a second, for long',
	groupMembers: 'People in a group',
	conversationsOfUser: 'Conversations that one person is in, those aside that others begin with them alone',
	conversationsByOthers: 'Conversations up to which others may bring a person into a group',
	conversationsBegunPerHour: 'Conversations that one person begins in an hour',
	groupChangesPerHour: 'Changes to groups, and to who is in them, that one person makes in an hour',
	messageCharacters: 'Characters of a message',
	pictureUploadMb: 'Megabytes of a picture of a person or a group, as it is handed in',
	tokensOfUser: 'API tokens of one person',
	webhooksOfConversation: 'Webhooks of a conversation',
	loginTries: 'Wrong passwords for one account from one address in 15 minutes',
	sendsPerMinute: 'Messages that one person sends by REST in a minute',
	searchesPerMinute: 'Searches of one person in a minute',
	pagesPerMinute: 'Pages of messages or conversations that one person reads by REST in a minute',
	peopleToldPerQuarter: 'People whom one person’s changes to groups and to their profile tell in 15 minutes'
};

const amount = (value: number | undefined): string => (value === undefined ? 'no limit' : number(value));

interface AuditMore {
	readonly limit?: { readonly name: SettableLimit; readonly value: number | null } | undefined;
	readonly report?: { readonly outcome: ReportOutcome } | undefined;
}

const actions: Readonly<Record<AuditAction, (who: string, whom: string, more: AuditMore) => string>> = {
	'administration-handed-over': (who, whom) => say`${who} left the administration to ${whom}`,
	'administrator-made': (who, whom) => say`${who} made ${whom} an administrator`,
	'administrator-unmade': (who, whom) => say`${who} took the administration from ${whom}`,
	'limit-set': (who, _, { limit }) =>
		limit
			? say`${who} set a limit. ${settable[limit.name]}: ${amount(limit.value ?? undefined)}`
			: say`${who} set a limit`,
	suspended: (who, whom) => say`${who} suspended ${whom}`,
	readmitted: (who, whom) => say`${who} readmitted ${whom}`,
	'sessions-ended': (who, whom) => say`${who} ended all sessions of ${whom}`,
	'reset-link-made': (who, whom) => say`${who} made a link for a new password of ${whom}`,
	'report-settled': (who, whom, { report }) =>
		report
			? say`${who} settled a report about ${whom}. ${outcomes[report.outcome]}`
			: say`${who} settled a report about ${whom}`,
	'registration-opened': (who) => say`${who} let everybody register`,
	'registration-by-invitation': (who) => say`${who} let people register by invitation alone`
};

const troubles: Readonly<Record<ErasureTrouble, string>> = {
	full: 'Not erased yet: the server’s disk is full',
	broken: 'Not erased yet: the server’s disk has errors',
	damaged: 'Not erased yet: the database is damaged',
	locked: 'Not erased yet: another program has locked the database',
	away: 'Not erased yet: the relay does not answer',
	unknown: 'Not erased yet: something failed on the server'
};

const modes: Readonly<Record<RegistrationMode, string>> = {
	open: 'Everybody who finds this server',
	invitation: 'People with an invite link into a group'
};

export const administration = {
	title: 'Administration',
	lead: 'For the administrators of this server alone. What is done here stands in the audit log.',
	looking: 'Asking the server…',
	more: 'Show more',
	person: (name: string, username: string) => say`${name} (${username})`,
	reports: {
		heading: 'Reports',
		list: 'Reports',
		open: 'Waiting',
		settled: 'Settled',
		which: 'Which reports',
		none: 'No report waits.',
		noneSettled: 'None has been settled.',
		about: (name: string) => say`About ${name}`,
		by: (name: string, when: string) => say`Reported by ${name} ${when}`,
		byHidden: (when: string) => say`Reported ${when}. Who did is not told to you, since it is about you.`,
		shown: 'What was reported, and what stood around it',
		isReported: 'reported',
		unknownAuthor: 'Unknown',
		checks,
		findAccount: 'Find the account',
		act: 'Settle',
		dismiss: 'Dismiss',
		actTitle: 'Settle this report?',
		dismissTitle: 'Dismiss this report?',
		settleSaid: 'The texts in it are erased then, and cannot be read again. Who, what and why stay.',
		outcomes,
		settledBy: (name: string, when: string) => say`${name}, ${when}`
	},
	accounts: {
		heading: 'People',
		list: 'Accounts',
		search: 'Name or username',
		found: (n: number, more: boolean) => (more ? say`The first ${accounts(n)}` : say`${accounts(n)} found`),
		administrator: 'Administrator',
		named: 'Administrator, by the settings of the server',
		suspended: 'Suspended',
		since: (when: string) => say`Since ${when}`,
		sessions: counted({ one: '{$n} session', other: '{$n} sessions' }),
		bytes: (n: number) => say`${megabytes.format(n / 1_000_000)} stored`,
		suspend: 'Suspend',
		readmit: 'Readmit',
		endSessions: 'End sessions',
		resetLink: 'New password link',
		of: (act: string, name: string) => say`${act}: ${name}`,
		make: 'Make administrator',
		makeTitle: (name: string) => say`Make ${name} an administrator?`,
		makeSaid:
			'They can do all that you can do here, also suspend people and take the administration from you. It holds at once.',
		unmake: 'Take administration away',
		unmakeTitle: (name: string) => say`Take the administration from ${name}?`,
		unmakeSaid: 'They stay logged in, and can do nothing here from now on.',
		unmakeOwnTitle: 'Give up the administration?',
		unmakeOwnSaid:
			'You stay logged in, and can do nothing here from now on. Another administrator can make you one again.',
		suspendTitle: (name: string) => say`Suspend ${name}?`,
		suspendSaid: 'They are logged out everywhere at once, and cannot log in until they are readmitted.',
		endTitle: (name: string) => say`End all sessions of ${name}?`,
		endSaid:
			'They are logged out everywhere at once, and can log in again. Tokens of their programs and webhooks that they made end too. What they have not sent stays with them.',
		resetTitle: (name: string) => say`Make a link for a new password of ${name}?`,
		resetSaid:
			'Whoever opens it within half an hour sets the password, once. Give it to them and to nobody else. It is shown this once.',
		resetShown: (name: string) => say`The link for ${name}. It is shown this once:`,
		copy: 'Copy link'
	},
	erasures: {
		failed: (trouble: ErasureTrouble, rooms: number) =>
			rooms === 0 ? troubles[trouble] : say`${troubles[trouble]} (${documents(rooms)})`,
		reason: (reason: string) => say`The server’s words: ${reason}`,
		retry: (when: string) => say`Tried again at ${when}`,
		trying: 'Being tried again now',
		heading: 'Being erased',
		list: 'Messages of deleted accounts',
		begun: (when: string) => say`An account that was deleted ${when}`,
		lookedFor: 'Its messages are being looked for',
		done: (done: number, all: number) => erasedIn(all, { done })
	},
	registration: {
		heading: 'Who may make an account',
		modes
	},
	limits: {
		heading: 'Limits',
		lead: 'They hold at once, for whatever is stored, opened or asked for next. What people have already stays.',
		settable,
		fixed,
		amount,
		standard: (value: number | undefined) => say`Empty: ${amount(value)}`,
		wrong: (min: number, max: number) => say`A whole number from ${min} to ${max}, or nothing.`,
		save: 'Save limits',
		fixedHeading: 'What cannot be changed here',
		fixedLead: 'These are part of Skein, or set in the server’s environment when it starts.'
	},
	audit: {
		again: 'Look again',
		shown: counted({ one: '{$n} new entry', other: '{$n} new entries' }),
		heading: 'Audit log',
		list: 'What was done, the newest first',
		none: 'Nothing yet.',
		download: 'Download all of it (JSON)',
		actions
	}
} as const;
