import type { SyncModel, SyncState } from '../../state/syncModel';

/** How long a better state stays in sight before a lesser one takes its place: a line that breaks for a moment is no news. */
const HOLD_MS = 600;
const RANK: Record<SyncState, number> = { offline: 0, connecting: 1, 'catching-up': 2, synced: 3 };

/** The sync state in words and looks. It follows the true one at once upwards, and after {@link HOLD_MS} downwards. */
export class ShownSync {
	#state = $state<SyncState>('connecting');
	#everSynced = $state(false);
	/** When the true state became a lesser one than is in sight, on the page's own clock. */
	#worseSince: number | undefined;

	get state(): SyncState {
		return this.#state;
	}

	get offline(): boolean {
		return this.#state === 'offline';
	}

	/** Connected: what is not here yet is on its way. */
	get connected(): boolean {
		return RANK[this.#state] > RANK.connecting;
	}

	/** False from a cold start without a network until the first time that all is here. */
	get everSynced(): boolean {
		return this.#everSynced;
	}

	/** Call from an effect: it reads the true state and may set a timer, which the next run clears. */
	follow(sync: SyncModel): (() => void) | undefined {
		const now = sync.state;
		if (now === 'synced') this.#everSynced = true;
		if (RANK[now] >= RANK[this.#state]) {
			this.#show(now);
			return;
		}
		// From one lesser state to another the time runs on: else "synced" could stay in sight for as long as they change.
		this.#worseSince ??= performance.now();
		const timer = setTimeout(() => this.#show(now), this.#worseSince + HOLD_MS - performance.now());
		return () => clearTimeout(timer);
	}

	#show(state: SyncState): void {
		this.#worseSince = undefined;
		this.#state = state;
	}
}
