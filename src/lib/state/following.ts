import { createSubscriber } from 'svelte/reactivity';
import type { Device } from '../sync/device';

/** For getters that components read: tells them of changes, and computes between two changes but once. */
export interface Following {
	/** Call in each getter: what reads it is run again when something has changed. */
	subscribe(): void;
	/** The same as `read`, which is called again only after a change: a screen reads each thing many times. */
	once<T>(read: () => T): () => T;
	/** Something has changed that the device does not tell of. */
	moved(): void;
	close(): void;
}

/** `onChange` is called before anybody hears of a change. */
export function follow(device: Pick<Device, 'onChange'>, onChange: () => void = () => {}): Following {
	let changes = 0;
	let closed = false;
	let update = () => {};
	const subscribe = createSubscriber((tell) => {
		update = tell;
		return () => (update = () => {});
	});

	function moved(): void {
		changes += 1;
		update();
	}

	const stop = device.onChange(() => {
		onChange();
		moved();
	});

	return {
		subscribe,
		moved,
		once<T>(read: () => T): () => T {
			let held: { readonly value: T; readonly at: number } | undefined;
			return () => {
				if (held?.at !== changes || closed) held = { value: read(), at: changes };
				return held.value;
			};
		},
		close(): void {
			closed = true;
			stop();
		}
	};
}
