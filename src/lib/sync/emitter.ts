/** A list of listeners, called in the order they came. */
export interface Emitter<T> {
	emit(value: T): void;
	/** Returns the way to stop listening. */
	on(listener: (value: T) => void): () => void;
}

export function createEmitter<T = void>(): Emitter<T> {
	const listeners = new Set<(value: T) => void>();
	return {
		emit: (value) => {
			for (const listener of [...listeners]) listener(value);
		},
		on: (listener) => {
			listeners.add(listener);
			return () => listeners.delete(listener);
		}
	};
}
