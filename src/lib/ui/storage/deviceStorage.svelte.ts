/** How much this browser keeps for Skein, how much it would, and whether it may throw it away: as it says itself. */

/** In bytes. `app` and `conversations` where the browser tells them apart. */
interface StorageUse {
	readonly used: number;
	readonly allowed: number;
	readonly app: number | undefined;
	readonly conversations: number | undefined;
}

/** Below so much that is left, writing may soon fail: 50 MB. */
const SHORT_BYTES = 50_000_000;

/** Chromium tells more than the standard has. */
interface DetailedEstimate extends StorageEstimate {
	readonly usageDetails?: {
		readonly indexedDB?: number;
		readonly caches?: number;
		readonly serviceWorkerRegistrations?: number;
	};
}

export class DeviceStorage {
	readonly #manager: Pick<StorageManager, 'estimate' | 'persisted' | 'persist'> | undefined;
	#use = $state.raw<StorageUse | undefined>();
	#kept = $state.raw<boolean | undefined>();
	#refused = $state(false);

	/** Undefined where the page is not secure. */
	constructor(manager: StorageManager | undefined) {
		this.#manager = manager;
	}

	/** Undefined where the browser does not say. */
	get use(): StorageUse | undefined {
		return this.#use;
	}

	get isShort(): boolean {
		return this.#use !== undefined && this.#use.allowed - this.#use.used < SHORT_BYTES;
	}

	/** True: the browser keeps it until the person clears it. False: it may go when the disk is short. */
	get kept(): boolean | undefined {
		return this.#kept;
	}

	/** It was asked to keep it, and did not agree. */
	get refused(): boolean {
		return this.#refused;
	}

	async look(): Promise<void> {
		try {
			this.#kept = await this.#manager?.persisted();
			const estimate: DetailedEstimate | undefined = await this.#manager?.estimate();
			if (!estimate?.quota) return;
			const { usage = 0, quota, usageDetails: parts } = estimate;
			this.#use = {
				used: usage,
				allowed: quota,
				app: parts && (parts.caches ?? 0) + (parts.serviceWorkerRegistrations ?? 0),
				conversations: parts?.indexedDB
			};
		} catch {
			// Where nothing may be kept, nothing is told either.
			this.#use = undefined;
		}
	}

	/** Asks the browser to keep it. It decides by itself, or asks the person. */
	async askToKeep(): Promise<void> {
		this.#refused = !(await this.#manager?.persist());
		await this.look();
	}
}
