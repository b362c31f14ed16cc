/**
 * The way out for mails: to an SMTP server, or, where none is set, into files that the operator may read. Neither reads
 * files or fetches addresses on behalf of what a mail says.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import type { Logger } from 'pino';

export interface Mail {
	readonly to: string;
	readonly subject: string;
	readonly text: string;
	readonly html: string;
}

/** Rejects if the mail was not taken. */
export type SendMail = (mail: Mail) => Promise<void>;

/** Neither may a slow server hold up those who come after. */
const TIMEOUT_MS = 20_000;
const CLOSED = { disableFileAccess: true, disableUrlAccess: true };

/** `url` is smtp:// or smtps://, with user and password where the server wants them. */
export function sendBySmtp(url: string, from: string): SendMail {
	const transport = createTransport(
		{
			url,
			...CLOSED,
			connectionTimeout: TIMEOUT_MS,
			greetingTimeout: TIMEOUT_MS,
			socketTimeout: TIMEOUT_MS
		},
		{ from }
	);
	return async (mail) => void (await transport.sendMail(mail));
}

/** Each mail is a file `<time>-<number>.eml` in the folder, which is made when the first one comes. */
export function sendToFiles(
	folder: string,
	{ from, now, log }: { from: string; now: () => number; log: Logger }
): SendMail {
	const transport = createTransport({ streamTransport: true, buffer: true, ...CLOSED }, { from });
	let written = 0;
	return async (mail) => {
		const { message } = await transport.sendMail(mail);
		const time = new Date(now()).toISOString().replaceAll(':', '-');
		const file = join(folder, `${time}-${++written}.eml`);
		await mkdir(folder, { recursive: true, mode: 0o700 });
		await writeFile(file, message as Buffer, { mode: 0o600 });
		log.warn({ file }, 'no SMTP server is set (SMTP_URL): a mail was written to a file');
	};
}
