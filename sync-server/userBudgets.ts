/**
 * What each user may spend, over all of their sockets. Invariant: a user who leaves and comes back at once has what they
 * had: a budget is forgotten only when it is as good as new.
 */
import { TokenBucket } from './tokenBucket';
import type { UserId } from '../src/lib/domain/ids';
import type { RelayLimits, UserLimits } from './limits';

export type Budget = 'bytes' | 'opens' | 'asks' | 'work';

const BUDGETS: readonly Budget[] = ['bytes', 'opens', 'asks', 'work'];

export class UserBudget {
	readonly #buckets: Readonly<Record<Budget, TokenBucket>>;
	readonly #elapsedMs: () => number;
	readonly #limits: UserLimits;
	sockets = 0;
	/** Bytes of messages that have not ended, and of questions that are not answered, on all sockets. */
	begunBytes = 0;
	/** Bytes that wait to go out, on all sockets. */
	waitingBytes = 0;
	/** Bytes of the rooms that are open. */
	openBytes = 0;

	constructor(limits: UserLimits, elapsedMs: () => number) {
		const bucket = (of: Budget) => new TokenBucket(limits[of], elapsedMs());
		this.#buckets = {
			bytes: bucket('bytes'),
			opens: bucket('opens'),
			asks: bucket('asks'),
			work: bucket('work')
		};
		this.#elapsedMs = elapsedMs;
		this.#limits = limits;
	}

	/** False if more has been begun than may be. */
	get mayBegin(): boolean {
		return this.begunBytes <= this.#limits.begunBytesMax;
	}

	/** Spends, and gives the milliseconds to wait before more is read: 0 if nothing is owed. */
	spend(budget: Budget, amount: number): number {
		return this.#buckets[budget].spend(amount, this.#elapsedMs());
	}

	/** Milliseconds until nothing is owed of any kind. */
	get owedMs(): number {
		return Math.max(...BUDGETS.map((budget) => this.spend(budget, 0)));
	}

	get isAsNew(): boolean {
		const nowMs = this.#elapsedMs();
		return (
			this.sockets === 0 &&
			this.openBytes === 0 &&
			BUDGETS.every((budget) => this.#buckets[budget].isFull(nowMs))
		);
	}
}

export type BudgetLimits = UserLimits & Pick<RelayLimits, 'allOpenBytesMax'>;

export class UserBudgets {
	readonly #limits: BudgetLimits;
	readonly #elapsedMs: () => number;
	readonly #users = new Map<UserId, UserBudget>();
	/** Users who have rooms open. */
	#openers = 0;
	#allOpenBytes = 0;

	/** `elapsedMs` never goes back. */
	constructor(limits: BudgetLimits, elapsedMs: () => number) {
		this.#limits = limits;
		this.#elapsedMs = elapsedMs;
	}

	/** Users that are remembered. */
	get size(): number {
		return this.#users.size;
	}

	/** Counts one more socket of the user. Undefined if they have as many as they may. */
	enter(user: UserId): UserBudget | undefined {
		const budget = this.#users.get(user) ?? new UserBudget(this.#limits, this.#elapsedMs);
		if (budget.sockets >= this.#limits.socketsMax) return undefined;
		this.#users.set(user, budget);
		budget.sockets += 1;
		return budget;
	}

	/** The relay has worked for the user. Gives the milliseconds until it should again: 0 if nothing is owed. */
	worked(user: UserId, ms: number): number {
		return this.#users.get(user)?.spend('work', Math.max(0, ms)) ?? 0;
	}

	/** What the user wrote counts for so many bytes more than came: their sockets are not read until it is paid. */
	wrote(user: UserId, bytes: number): void {
		if (bytes > 0) this.#users.get(user)?.spend('bytes', bytes);
	}

	/**
	 * A room that the user has open takes so many bytes, where it took `before`: 0 if they have just opened it; 0 bytes when
	 * they leave it. Says why, if that is too much: they have others open, or the memory for all rooms is full and they
	 * have more than an even part of it.
	 */
	takes(user: UserId, bytes: number, before: number): string | undefined {
		const budget = this.#users.get(user);
		if (!budget) return undefined;
		const others = budget.openBytes - before;
		this.#openers += Number(others + bytes > 0) - Number(budget.openBytes > 0);
		budget.openBytes = others + bytes;
		const { openBytesMax, allOpenBytesMax } = this.#limits;
		if (others > 0 && budget.openBytes > openBytesMax) return `over ${openBytesMax} bytes of open rooms`;
		if (this.#allOpenBytes > allOpenBytesMax && budget.openBytes > allOpenBytesMax / this.#openers)
			return `over an even part of ${allOpenBytesMax} bytes of all open rooms`;
		return undefined;
	}

	/** A room that anybody has open takes so many bytes, where it took `before`: 0 if nobody has. */
	holds(bytes: number, before: number): void {
		this.#allOpenBytes += bytes - before;
	}

	/** Bytes of all rooms that somebody has open. */
	get allOpenBytes(): number {
		return this.#allOpenBytes;
	}

	/** The user has a socket. */
	isHere(user: UserId): boolean {
		return (this.#users.get(user)?.sockets ?? 0) > 0;
	}

	/** Forgets users who are away and owe nothing. */
	sweep(): void {
		for (const [user, budget] of this.#users) if (budget.isAsNew) this.#users.delete(user);
	}
}
