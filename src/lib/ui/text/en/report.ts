/** What is said about reporting messages and people to the administrators. */
import { say } from './sentences';
import type { ReportReason } from '../../../protocol/reportReasons';

const reasons: Readonly<Record<ReportReason, string>> = {
	spam: 'Spam or a scam',
	harassment: 'Insults or harassment',
	violence: 'Threats or violence',
	illegal: 'Something against the law',
	other: 'Something else'
};

export const report = {
	act: 'Report…',
	messageTitle: (name: string) => say`Report this message of ${name}?`,
	personTitle: (name: string) => say`Report ${name}?`,
	said: (name: string) =>
		say`It goes to the administrators of this server. ${name} is not told, and neither is anybody else here.`,
	reason: 'What is wrong with it?',
	reasonOfPerson: 'What is wrong?',
	reasons,
	reasonMissing: 'Choose what is wrong.',
	words: 'What the administrators should know (may stay empty)',
	shown: 'These messages are sent along, with who wrote them:',
	isReported: 'reported',
	send: 'Send report',
	leaves: 'The report is on its way to the administrators.',
	waits: 'The report waits here, and goes to the administrators with the next connection.',
	failed: 'The report could not be kept on this device. Try again.'
} as const;
