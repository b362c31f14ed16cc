export interface ToastAction {
	readonly label: string;
	do(): void;
}
export interface Toast {
	readonly id: number;
	readonly said: string;
	readonly action: ToastAction | undefined;
}

/** Short words about what was just done. Never the only place of a failure. */
export class Toasts {
	#shown = $state.raw<readonly Toast[]>([]);
	#count = 0;

	get shown(): readonly Toast[] {
		return this.#shown;
	}

	say(said: string, action?: ToastAction): void {
		this.#shown = [...this.#shown, { id: this.#count++, said, action }].slice(-3);
	}

	dismiss(id: number): void {
		this.#shown = this.#shown.filter((toast) => toast.id !== id);
	}
}
