/**
 * Counts what is asked for, by address and by account, in a SQLite file of its own, so that it outlives the process. What
 * is lost with the machine's power is a few counts: the file does not wait for the disk. If it cannot be written, the
 * counts go on in memory.
 */
import { createHash } from 'node:crypto';
import { RateLimiterRes } from 'rate-limiter-flexible';
import { addressKey } from './addressKey';
import { RateTable } from './rateTable';
import { RATES, type Rate, type RateName } from './rates';
import { TableLimiter } from './tableLimiter';
import { Problem } from '../http/problem';

/** Who asks. Each that is known is counted; an account is a user id, or a name that somebody typed. */
export interface Asker {
	readonly address?: string;
	readonly account?: string;
	/** From where the account is asked for: the two are counted as one. */
	readonly from?: string;
}

interface RateLimitsOptions {
	/** Where the file is. */
	readonly folder: string;
	/** Multiplies all rates; 0 counts nothing. */
	readonly factor: number;
	readonly now: () => number;
}

type By = 'address' | 'account' | 'pair';

export class RateLimits {
	readonly #table: RateTable;
	/** Counts while the file cannot be written. */
	readonly #insurance: RateTable;
	readonly #limiters = new Map<string, TableLimiter>();

	constructor({ folder, factor, now }: RateLimitsOptions) {
		this.#table = new RateTable(folder, now);
		this.#insurance = new RateTable(undefined, now);
		if (factor > 0)
			for (const [name, rates] of Object.entries(RATES))
				for (const [by, rate] of Object.entries(rates)) this.#add(`${name}.${by}`, rate, factor);
	}

	/** Throws a Problem, 429, with the time to wait, if any of those who ask has asked too often. */
	async take(name: RateName, asker: Asker): Promise<void> {
		for (const [limiter, key] of this.#counted(name, asker)) {
			try {
				await limiter.consume(key);
			} catch (refused) {
				if (!(refused instanceof RateLimiterRes)) throw refused;
				throw tooOften(refused.msBeforeNext / 1_000);
			}
		}
	}

	/** What {@link take} would throw now, without counting; undefined if nothing. */
	async refusal(name: RateName, asker: Asker): Promise<Problem | undefined> {
		for (const [limiter, key] of this.#counted(name, asker)) {
			const counted = await limiter.get(key);
			if (counted && counted.consumedPoints >= limiter.points) return tooOften(counted.msBeforeNext / 1_000);
		}
		return undefined;
	}

	/** Counts so many, whether they go beyond what may be or not. */
	async add(name: RateName, asker: Asker, times: number): Promise<void> {
		for (const [limiter, key] of this.#counted(name, asker)) await limiter.penalty(key, times);
	}

	/** It was right after all: it does not count. */
	async giveBack(name: RateName, asker: Asker): Promise<void> {
		for (const [limiter, key] of this.#counted(name, asker)) await limiter.reward(key);
	}

	/** How often one address may ask from now on, in place of what {@link RATES} says; undefined: as often as it likes. */
	setTimes(name: RateName, times: number | undefined): void {
		const { seconds } = RATES[name].address;
		const by = `${name}.address`;
		if (times === undefined) this.#limiters.delete(by);
		else this.#add(by, { times, seconds }, 1);
	}

	close(): void {
		this.#table.close();
		this.#insurance.close();
	}

	*#counted(name: RateName, { address, account, from }: Asker): Iterable<[TableLimiter, string]> {
		// What people type as a name may be anything, also a password in the wrong field.
		const who = account === undefined ? undefined : createHash('sha256').update(account).digest('base64url');
		const keys: Record<By, string | undefined> = {
			address: address && addressKey(address),
			account: who,
			pair: who && from && `${addressKey(from)} ${who}`
		};
		for (const by of ['pair', 'account', 'address'] as const) {
			const limiter = this.#limiters.get(`${name}.${by}`);
			const key = keys[by];
			if (limiter && key !== undefined) yield [limiter, key];
		}
	}

	#add(keyPrefix: string, { times, seconds: duration }: Rate, factor: number): void {
		const points = Math.max(1, Math.floor(times * factor));
		const rate = { keyPrefix, points, duration };
		const insuranceLimiter = new TableLimiter(this.#insurance, rate);
		this.#limiters.set(keyPrefix, new TableLimiter(this.#table, { ...rate, insuranceLimiter }));
	}
}

function tooOften(retryAfterS: number): Problem {
	const message = 'This was tried too often. Wait a little, then try again.';
	return new Problem(429, 'too_often', message, undefined, { retryAfterS: Math.max(1, retryAfterS) });
}
