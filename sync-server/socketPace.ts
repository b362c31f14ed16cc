/**
 * How fast one socket is read. When its user has spent a budget it is not read until the debt is paid, and while much of
 * what it brought waits for its turn not either: the line fills up and the device waits, which loses nothing. Bytes count
 * as they arrive, so that of messages that never end no more is held than the budget allows. Before the user is known,
 * what arrives is added up and charged then.
 */
import { CLOSING_BYTES_MAX, FRAME_COST, UNREAD_BYTES_LOW, UNREAD_BYTES_MAX } from './limits';
import type { Budget, UserBudget } from './userBudgets';
import type { RelayMeters } from './meters';
import type { Timers } from './timers';

export interface SocketPaceOptions {
	readonly socket: { pause(): void; resume(): void };
	readonly timers: Timers;
	readonly meters: RelayMeters;
}

export class SocketPace {
	readonly #options: SocketPaceOptions;
	#budget: UserBudget | undefined;
	#bytesBefore = 0;
	/** Bytes that wait for their turn. */
	#waitingBytes = 0;
	#isCrowded = false;
	/** Bytes of a message that has not ended. */
	#begunBytes = 0;
	/** It was paused since somebody last asked. */
	#tookPause = false;
	#hasEnded = false;
	/** Bytes that have arrived since it ended. */
	#closingBytes = 0;
	#stopWaiting: (() => void) | undefined;
	#whenPaid: (() => void)[] = [];

	constructor(options: SocketPaceOptions) {
		this.#options = options;
	}

	get isPaused(): boolean {
		return this.#owes || this.#isCrowded || this.#closingBytes > CLOSING_BYTES_MAX;
	}

	/** It is paused, or was since this was last asked. */
	tookPause(): boolean {
		const took = this.#tookPause || this.isPaused;
		this.#tookPause = false;
		return took;
	}

	/** False if its user has begun more than may be, on all sockets. */
	get mayBegin(): boolean {
		return this.#budget?.mayBegin ?? true;
	}

	/** Whose socket it is is known. */
	start(budget: UserBudget): void {
		this.#budget = budget;
		budget.begunBytes += this.#begunBytes;
		this.spend('bytes', this.#bytesBefore);
	}

	/** Bytes have arrived, of whatever message. */
	arrived(bytes: number): void {
		if (this.#hasEnded) this.#arrivedLate(bytes);
		else if (this.#budget) this.spend('bytes', bytes);
		else this.#bytesBefore += bytes;
	}

	/** A message, or a ping, has come to its end. */
	received(): void {
		this.arrived(FRAME_COST);
	}

	/** So many bytes more are of a message that has not ended, or a question that is not answered; less than nothing when it is. */
	begun(bytes: number): void {
		this.#begunBytes += bytes;
		if (this.#budget) this.#budget.begunBytes += bytes;
	}

	/** So many bytes more wait for their turn; less than nothing when they had it. */
	waits(bytes: number): void {
		this.#waitingBytes += bytes;
		const isCrowded = this.#waitingBytes > (this.#isCrowded ? UNREAD_BYTES_LOW : UNREAD_BYTES_MAX);
		if (isCrowded === this.#isCrowded || this.#hasEnded) return;
		const wasPaused = this.isPaused;
		this.#isCrowded = isCrowded;
		this.#follow(wasPaused);
	}

	spend(budget: Budget, amount: number): void {
		const owedMs = this.#budget?.spend(budget, amount) ?? 0;
		if (owedMs === 0 || this.#owes) return;
		this.#options.meters.paused(budget);
		const wasPaused = this.isPaused;
		this.#wait(owedMs);
		this.#follow(wasPaused);
	}

	/** Calls back once nothing is owed: at once if nothing is. Never, if the socket ends before. */
	whenPaid(action: () => void): void {
		if (this.#owes) this.#whenPaid.push(action);
		else action();
	}

	/**
	 * The socket is closing: it is read again, so that it hears the other side's word, unless that does not come soon: no
	 * budget is charged for what comes now.
	 */
	end(): void {
		const wasPaused = this.isPaused;
		this.#hasEnded = true;
		this.#whenPaid = [];
		this.begun(-this.#begunBytes);
		this.#budget = undefined;
		this.#stopWaiting?.();
		this.#stopWaiting = undefined;
		this.#isCrowded = false;
		this.#follow(wasPaused);
	}

	#arrivedLate(bytes: number): void {
		const wasPaused = this.isPaused;
		this.#closingBytes += bytes;
		this.#follow(wasPaused);
	}

	get #owes(): boolean {
		return this.#stopWaiting !== undefined;
	}

	#wait(ms: number): void {
		this.#stopWaiting = this.#options.timers.after(Math.ceil(ms), () => {
			// Other sockets of the user have gone on spending.
			const owedMs = this.#budget?.owedMs ?? 0;
			if (owedMs > 0) return this.#wait(owedMs);
			this.#stopWaiting = undefined;
			this.#follow(true);
			const actions = this.#whenPaid;
			this.#whenPaid = [];
			for (const action of actions) action();
		});
	}

	#follow(wasPaused: boolean): void {
		const { socket } = this.#options;
		if (wasPaused === this.isPaused) return;
		this.#tookPause = true;
		if (wasPaused) socket.resume();
		else socket.pause();
	}
}
