/** What the relay closes, told to the meters each time and to the log not too often: whoever is refused may try on. */
import { isPermanentClose } from '../src/lib/protocol/closeCodes';
import { TokenBucket } from './tokenBucket';
import type { RelayLog } from './ports';
import type { RelayMeters } from './meters';

/** Lines of the log, of all refusals together. */
const LINES = { perSecond: 10, burst: 200 };

export interface RefusalsOptions {
	readonly log: RelayLog;
	readonly meters: RelayMeters;
	/** Milliseconds of a clock that never goes back. */
	readonly elapsedMs: () => number;
}

export class Refusals {
	readonly #options: RefusalsOptions;
	readonly #lines: TokenBucket;
	/** Refusals since the last line. */
	#unsaid = 0;

	constructor(options: RefusalsOptions) {
		this.#options = options;
		this.#lines = new TokenBucket(LINES, options.elapsedMs());
	}

	/** A socket, link or channel was closed from the relay's side. */
	note(what: 'socket' | 'link' | 'channel', code: number, reason: string, fields: object = {}): void {
		this.#options.meters.refused(code, reason);
		this.#say(isPermanentClose(code) ? 'warn' : 'info', { code, ...fields }, `${what} closed: ${reason}`);
	}

	/** A connection has broken, or what came on it is no WebSocket's. */
	broken(reason: string): void {
		this.#options.meters.count('socketErrors');
		this.#say('info', { reason }, 'socket error');
	}

	#say(level: 'warn' | 'info', fields: object, message: string): void {
		const { log, elapsedMs } = this.#options;
		if (this.#lines.spend(0, elapsedMs()) > 0) {
			this.#unsaid += 1;
			return;
		}
		this.#lines.spend(1, elapsedMs());
		const unsaid = this.#unsaid > 0 ? { unsaid: this.#unsaid } : {};
		this.#unsaid = 0;
		log[level]({ ...fields, ...unsaid }, message);
	}
}
