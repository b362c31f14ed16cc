/**
 * Sends what the queue holds, one mail after the other, whenever it is told that there is something; what fails is tried
 * again, less and less often, also after a restart. Nobody waits for it.
 */
import type { Logger } from 'pino';
import type { DueMail, MailQueue } from './mailQueue';
import type { Mail, SendMail } from './sendMail';

export interface ComposedMail {
	readonly mail: Mail;
	/** Called once it has been handed on. */
	readonly onSent?: () => void;
}

export interface MailerOptions {
	readonly queue: MailQueue;
	/** What the mail says now, and to whom; undefined if there is nobody to write to any more. */
	readonly compose: (due: DueMail) => ComposedMail | undefined;
	readonly send: SendMail;
	readonly now: () => number;
	/** Calls back after so many milliseconds. Returns the way to stop it. */
	readonly after: (ms: number, callback: () => void) => () => void;
	readonly log: Logger;
}

const RETRY_FIRST_MS = 5_000;
const RETRY_MAX_MS = 30 * 60_000;
const DAY_MS = 86_400_000;
/** Whoever asked for a link and did not get it has asked again by then; other news can wait for a day. */
const GIVE_UP_MS = {
	reset: 60 * 60_000,
	'password-changed': DAY_MS,
	'email-changed': DAY_MS,
	'account-deleted': DAY_MS
};

export class Mailer {
	readonly #options: MailerOptions;
	#running: Promise<void> | undefined;
	#stopped = false;
	#stopWaiting = () => {};

	constructor(options: MailerOptions) {
		this.#options = options;
	}

	/** There may be something to send. Returns at once. */
	poke(): void {
		if (this.#stopped || this.#running) return;
		this.#stopWaiting();
		// After whatever the caller still has to do, and after its answer.
		this.#stopWaiting = this.#options.after(0, () => {
			this.#running = this.#trySendDue().finally(() => {
				this.#running = undefined;
				this.#waitForNext();
			});
		});
	}

	/** Settles once nothing is on its way; what was not sent stays in the queue. */
	async stop(): Promise<void> {
		this.#stopped = true;
		this.#stopWaiting();
		await this.#running;
	}

	async #trySendDue(): Promise<void> {
		const { queue, now, log } = this.#options;
		try {
			for (let due = queue.next(now()); due && !this.#stopped; due = queue.next(now())) await this.#try(due);
		} catch (error) {
			log.error({ err: error }, 'the queue of mails could not be read or written');
		}
	}

	async #try(due: DueMail): Promise<void> {
		const { queue, compose, send, now, log } = this.#options;
		try {
			const composed = compose(due);
			if (composed) await send(composed.mail);
			composed?.onSent?.();
			queue.done(due.id);
		} catch (error) {
			const failed = { ...withoutWords(error), kind: due.kind, tries: due.tries + 1 };
			if (now() - due.askedAt > GIVE_UP_MS[due.kind]) {
				log.error(failed, 'a mail could not be sent, and is given up');
				queue.done(due.id);
			} else {
				log.warn(failed, 'a mail could not be sent, and is tried again');
				queue.putOff(due.id, now() + Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** due.tries));
			}
		}
	}

	#waitForNext(): void {
		const { queue, now, after } = this.#options;
		const at = this.#stopped ? undefined : queue.nextAt;
		if (at === undefined) return;
		this.#stopWaiting = after(Math.max(0, at - now()), () => {
			this.#stopWaiting = () => {};
			this.poke();
		});
	}
}

/**
 * What of an error the log may hold: what mail servers say of it, and so its message, names whom the mail was for. Where
 * none was reached, what the system says of its address does not.
 */
function withoutWords(error: unknown): object {
	if (!(error instanceof Error)) return {};
	const { name, code, command, responseCode, syscall, address, port } = error as Error &
		Record<string, unknown>;
	const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line));
	return { name, code, command, responseCode, syscall, address, port, stack: frames?.join('\n') };
}
