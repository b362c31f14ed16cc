/**
 * How fast one socket is read. When its user has spent a budget it is not read until the debt is paid: the line fills up
 * and the device waits, which loses nothing. Bytes count as they arrive, so that of messages that never end no more is
 * held than the budget allows. Before the user is known, what arrives is added up and charged then.
 */
import { FRAME_COST } from './limits';
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
	#stopWaiting: (() => void) | undefined;
	#whenPaid: (() => void)[] = [];

	constructor(options: SocketPaceOptions) {
		this.#options = options;
	}

	get isPaused(): boolean {
		return this.#stopWaiting !== undefined;
	}

	/** Whose socket it is is known. */
	start(budget: UserBudget): void {
		this.#budget = budget;
		this.spend('bytes', this.#bytesBefore);
	}

	/** Bytes have arrived, of whatever message. */
	arrived(bytes: number): void {
		if (this.#budget) this.spend('bytes', bytes);
		else this.#bytesBefore += bytes;
	}

	/** A message has come to its end. */
	received(): void {
		this.arrived(FRAME_COST);
	}

	spend(budget: Budget, amount: number): void {
		const owedMs = this.#budget?.spend(budget, amount) ?? 0;
		if (owedMs === 0 || this.isPaused) return;
		this.#options.meters.paused(budget);
		this.#options.socket.pause();
		this.#wait(owedMs);
	}

	/** Calls back once nothing is owed: at once if nothing is. Never, if the socket ends before. */
	whenPaid(action: () => void): void {
		if (this.isPaused) this.#whenPaid.push(action);
		else action();
	}

	/** The socket is closing: it is read again, so that it hears the other side's word. */
	end(): void {
		this.#whenPaid = [];
		this.#budget = undefined;
		if (!this.#stopWaiting) return;
		this.#stopWaiting();
		this.#stopWaiting = undefined;
		this.#options.socket.resume();
	}

	#wait(ms: number): void {
		this.#stopWaiting = this.#options.timers.after(Math.ceil(ms), () => {
			// Other sockets of the user have gone on spending.
			const owedMs = this.#budget?.owedMs ?? 0;
			if (owedMs > 0) return this.#wait(owedMs);
			this.#stopWaiting = undefined;
			this.#options.socket.resume();
			const actions = this.#whenPaid;
			this.#whenPaid = [];
			for (const action of actions) action();
		});
	}
}
