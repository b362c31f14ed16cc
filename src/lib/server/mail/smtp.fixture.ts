/** A real SMTP server on a port of its own, and the mails that it was given. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
	readonly to: readonly string[];
	/** As it came over the wire. */
	readonly raw: string;
	/** With what quoted-printable (RFC 2045, 6.7) had wrapped and escaped. */
	readonly read: string;
}

export class SmtpLab {
	readonly mails: ReceivedMail[] = [];
	/** While true it takes nothing, for now. */
	isBusy = false;
	/** While true it knows nobody. */
	knowsNobody = false;
	/** Mails that it would not take. */
	refused = 0;
	readonly #server: SMTPServer;

	private constructor() {
		this.#server = new SMTPServer({
			disabledCommands: ['AUTH', 'STARTTLS'],
			logger: false,
			onMailFrom: (_address, _session, answer) => {
				if (!this.isBusy) return answer();
				this.refused++;
				answer(Object.assign(new Error('come back later'), { responseCode: 451 }));
			},
			onRcptTo: ({ address }, _session, answer) => {
				if (!this.knowsNobody) return answer();
				this.refused++;
				answer(Object.assign(new Error(`no mailbox ${address}`), { responseCode: 550 }));
			},
			onData: (stream, session, answer) => {
				const parts: Buffer[] = [];
				stream.on('data', (part: Buffer) => parts.push(part));
				stream.on('end', () => {
					const raw = Buffer.concat(parts).toString();
					const to = session.envelope.rcptTo.map(({ address }) => address);
					this.mails.push({ to, raw, read: unquoted(raw) });
					answer();
				});
			}
		});
	}

	static async start(): Promise<SmtpLab> {
		const lab = new SmtpLab();
		lab.#server.listen(0, '127.0.0.1');
		await once(lab.#server.server, 'listening');
		return lab;
	}

	/** What a server needs in its environment to send here. */
	get env(): Record<string, string> {
		const { port } = this.#server.server.address() as AddressInfo;
		return {
			SMTP_URL: `smtp://127.0.0.1:${port}`,
			MAIL_FROM: 'Skein <skein@chat.example>',
			ORIGIN: 'https://chat.example'
		};
	}

	stop(): Promise<void> {
		return new Promise((resolve) => this.#server.close(() => resolve()));
	}
}

const unquoted = (raw: string): string =>
	raw
		.replace(/=\r?\n/g, '')
		.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
