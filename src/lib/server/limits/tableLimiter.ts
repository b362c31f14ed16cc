/** A limiter of rate-limiter-flexible on a {@link RateTable}: the four methods are what its stores have to have. */
import { RateLimiterRes } from 'rate-limiter-flexible';
import RateLimiterStore from 'rate-limiter-flexible/lib/RateLimiterStoreAbstract.js';
import type { Counted, RateTable } from './rateTable';

interface TableLimiterOptions {
	readonly keyPrefix: string;
	readonly points: number;
	/** In seconds. */
	readonly duration: number;
	/** Counts while the table cannot be written. */
	readonly insuranceLimiter?: TableLimiter;
}

export class TableLimiter extends RateLimiterStore {
	readonly #table: RateTable;

	constructor(table: RateTable, options: TableLimiterOptions) {
		super({ ...options, storeClient: table });
		this.#table = table;
	}

	async _upsert(key: string, points: number, durationMs: number, force: boolean): Promise<Counted> {
		return force ? this.#table.set(key, points, durationMs) : this.#table.add(key, points, durationMs);
	}

	async _get(key: string): Promise<Counted | null> {
		return this.#table.get(key) ?? null;
	}

	async _delete(key: string): Promise<boolean> {
		return this.#table.delete(key);
	}

	_getRateLimiterRes(_key: string, changed: number, { points, expire }: Counted): RateLimiterRes {
		const isFirst = changed === points;
		const left = Math.max(this.points - points, 0);
		return new RateLimiterRes(left, Math.max(expire - this.#table.now(), 0), points, isFirst);
	}
}
