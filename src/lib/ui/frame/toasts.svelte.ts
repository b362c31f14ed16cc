export interface ToastAction {
	readonly label: string;
	do(): void;
}
export interface Toast {
	readonly id: number;
	readonly said: string;
	readonly action: ToastAction | undefined;
	/** Until the person is done with it. */
	readonly stays: boolean;
}

/** As many are seen at once; what stays waits behind newer ones. */
const SHOWN_MAX = 3;

/**
 * Short words about what was just done. What failed stays until it is dismissed, and so does what can be taken back: the
 * way there may be the only one, and nobody reads or reaches it within a time of ours.
 */
export class Toasts {
	#all = $state.raw<readonly Toast[]>([]);
	#count = 0;

	get shown(): readonly Toast[] {
		return this.#all.slice(-SHOWN_MAX);
	}

	say(said: string, action?: ToastAction): void {
		this.#add(said, action, action !== undefined);
	}

	/** Tried again in vain, it is told again and stands there once. */
	fail(said: string): void {
		this.#all = this.#all.filter((toast) => toast.said !== said || toast.action !== undefined);
		this.#add(said, undefined, true);
	}

	dismiss(id: number): void {
		this.#all = this.#all.filter((toast) => toast.id !== id);
	}

	#add(said: string, action: ToastAction | undefined, stays: boolean): void {
		this.#all = [...this.#all, { id: this.#count++, said, action, stays }].filter(
			(toast, at, { length }) => toast.stays || at >= length - SHOWN_MAX
		);
	}
}
