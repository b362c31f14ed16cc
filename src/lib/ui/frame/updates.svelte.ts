import { createContext } from 'svelte';
import type { ServiceWorkerUpdates } from '../../sync/serviceWorker';

type Worker = Pick<ServiceWorkerUpdates, 'onReady' | 'look'>;

/** Whether a newer version of the app is on this device, waiting to take over. */
export class Updates {
	#takeOver = $state.raw<(() => void) | undefined>();
	#isLater = $state(false);
	readonly #worker: Worker | undefined;

	/** Without a worker there is never one. */
	constructor(worker?: Worker) {
		this.#worker = worker;
		worker?.onReady((takeOver) => {
			this.#takeOver = takeOver;
			this.#isLater = false;
		});
	}

	/** Somebody comes back to the page, or the server is there again: it may be a newer one. */
	look(): void {
		this.#worker?.look();
	}

	/** There is one, and the person has not put it off. */
	get isOffered(): boolean {
		return this.#takeOver !== undefined && !this.#isLater;
	}

	/** It takes over at the next start. */
	putOff(): void {
		this.#isLater = true;
	}

	/** Takes over now, with a reload. `stored` settles first: what was typed is on disk by then. Rejects if it is not. */
	async take(stored: Promise<void>): Promise<void> {
		await stored;
		this.#takeOver?.();
	}
}

export const [getUpdates, setUpdates] = createContext<Updates>();
