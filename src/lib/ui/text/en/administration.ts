/** What is said to the administrators of a server. */
import type { AuditAction } from '../../../protocol/auditActions';
import type { ErasureTrouble } from '../../../protocol/erasureTrouble';
import type { RegistrationMode } from '../../../protocol/registration';
import type { ReportCheck, ReportOutcome } from '../../../protocol/reportReasons';
import { counted, locale, say } from './sentences';

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

const actions: Readonly<Record<AuditAction, (who: string, whom: string) => string>> = {
	suspended: (who, whom) => say`${who} suspended ${whom}`,
	readmitted: (who, whom) => say`${who} readmitted ${whom}`,
	'sessions-ended': (who, whom) => say`${who} ended all sessions of ${whom}`,
	'reset-link-made': (who, whom) => say`${who} made a link for a new password of ${whom}`,
	'report-settled': (who, whom) => say`${who} settled a report about ${whom}`,
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
		suspended: 'Suspended',
		since: (when: string) => say`Since ${when}`,
		sessions: counted({ one: '{$n} session', other: '{$n} sessions' }),
		bytes: (n: number) => say`${megabytes.format(n / 1_000_000)} stored`,
		suspend: 'Suspend',
		readmit: 'Readmit',
		endSessions: 'End sessions',
		resetLink: 'New password link',
		of: (act: string, name: string) => say`${act}: ${name}`,
		suspendTitle: (name: string) => say`Suspend ${name}?`,
		suspendSaid: 'They are logged out everywhere at once, and cannot log in until they are readmitted.',
		endTitle: (name: string) => say`End all sessions of ${name}?`,
		endSaid:
			'They are logged out everywhere at once, and can log in again. What they have not sent stays with them.',
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
	audit: {
		heading: 'Audit log',
		list: 'What was done, the newest first',
		none: 'Nothing yet.',
		download: 'Download all of it (JSON)',
		actions
	}
} as const;
