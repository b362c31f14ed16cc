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
	/**
	 * Whoever asks has shown lately that the account is theirs, from there: what others do to it elsewhere does not count for
	 * them.
	 */
	readonly isKnown?: boolean;
}

interface RateLimitsOptions {
	/** Where the file is. */
	readonly folder: string;
	/** Multiplies all rates; 0 counts nothing. */
	readonly factor: number;
	readonly now: () => number;
}

type By = 'address' | 'account' | 'pair';

/** How long somebody is known where they have logged in. */
const KNOWN_MS = 30 * 24 * 60 * 60_000;

const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** Says neither who nor where to whoever has neither to try it with. */
const knownKey = (account: string | undefined, from: string | undefined): string | undefined =>
	account !== undefined && from ? `known:${hashOf(`${addressKey(from)} ${account}`)}` : undefined;

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

	/** Whoever asked from there was right: for a month they are known there. */
	remember({ account, from }: Pick<Asker, 'account' | 'from'>): void {
		const key = knownKey(account, from);
		if (key === undefined) return;
		try {
			this.#table.set(key, 1, KNOWN_MS);
		} catch {
			// Then what others do counts for them too.
		}
	}

	/** False too while the file cannot be read. */
	knows({ account, from }: Pick<Asker, 'account' | 'from'>): boolean {
		const key = knownKey(account, from);
		try {
			return key !== undefined && this.#table.get(key) !== undefined;
		} catch {
			return false;
		}
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

	*#counted(name: RateName, { address, account, from, isKnown }: Asker): Iterable<[TableLimiter, string]> {
		// What people type as a name may be anything, also a password in the wrong field.
		const who = account === undefined ? undefined : hashOf(account);
		const keys: Record<By, string | undefined> = {
			address: address && addressKey(address),
			account: isKnown ? undefined : who,
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
