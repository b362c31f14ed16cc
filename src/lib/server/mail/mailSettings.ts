import { StartProblem } from '../startProblem';

export interface MailSettings {
	/** smtp:// or smtps://; undefined means that mails are written to files. */
	readonly smtpUrl: string | undefined;
	/** Whom mails are from. */
	readonly from: string;
}

type Env = Readonly<Record<string, string | undefined>>;

/** Throws a StartProblem in plain words if mails could not be sent so. */
export function readMailSettings({ SMTP_URL, MAIL_FROM, ORIGIN }: Env): MailSettings {
	if (!SMTP_URL) return { smtpUrl: undefined, from: MAIL_FROM || 'Skein <skein@localhost>' };
	if (!/^smtps?:\/\/[^/]/.test(SMTP_URL) || !URL.canParse(SMTP_URL))
		throw new StartProblem('SMTP_URL is no address of a mail server: write it like smtp://mail.example:587');
	if (!MAIL_FROM) throw new StartProblem('SMTP_URL needs MAIL_FROM: whom mails are from');
	// The address that a request came to is the caller's to choose, and would send a link to wherever they like.
	if (!ORIGIN) throw new StartProblem('SMTP_URL needs ORIGIN: mails hold links to it');
	return { smtpUrl: SMTP_URL, from: MAIL_FROM };
}
