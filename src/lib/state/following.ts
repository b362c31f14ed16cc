import { createSubscriber } from 'svelte/reactivity';
import type { Device } from '../sync/device';

interface Followed {
	/** Call in each getter: what reads it is run again when something has changed. */
	subscribe(): void;
	/** The same as `read`, which is called again only after a change: a screen reads each thing many times. */
	once<T>(read: () => T): () => T;
}

/** For getters that components read: tells them of changes, and computes between two changes but once. */
export interface Following extends Followed {
	/** For what shows drafts or edits. What does not is left alone by a key that is typed. */
	readonly typed: Followed;
	/** Something has changed that the device does not tell of. */
	moved(): void;
	close(): void;
}

/** `onChange` is called before anybody hears of a change. */
export function follow(device: Pick<Device, 'onChange'>, onChange: () => void = () => {}): Following {
	let closed = false;

	function watch(): Followed & { moved(): void } {
		let changes = 0;
		let update = () => {};
		return {
			subscribe: createSubscriber((tell) => {
				update = tell;
				return () => (update = () => {});
			}),
			once<T>(read: () => T): () => T {
				let held: { readonly value: T; readonly at: number } | undefined;
				return () => {
					if (held?.at !== changes || closed) held = { value: read(), at: changes };
					return held.value;
				};
			},
			moved() {
				changes += 1;
				update();
			}
		};
	}

	const all = watch();
	const typed = watch();

	function moved(): void {
		all.moved();
		typed.moved();
	}

	const stop = device.onChange((change) => {
		onChange();
		if (change === 'typed') typed.moved();
		else moved();
	});

	return {
		subscribe: all.subscribe,
		once: all.once,
		typed,
		moved,
		close(): void {
			closed = true;
			stop();
		}
	};
}
