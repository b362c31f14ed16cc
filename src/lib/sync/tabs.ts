import type { Tabs } from './ports';

interface Posted {
	readonly topic: string;
	readonly message: Uint8Array;
}

/**
 * Tabs of one account in this browser, by one BroadcastChannel for all topics and Web Locks. The name holds the account,
 * so two never meet.
 */
export function createBrowserTabs(account: string): Tabs {
	const listeners = new Map<string, (message: Uint8Array) => void>();
	let channel: BroadcastChannel | undefined;

	function openChannel(): BroadcastChannel {
		const opened = new BroadcastChannel(`skein:${account}`);
		opened.onmessage = ({ data }: MessageEvent<Posted>) => listeners.get(data.topic)?.(data.message);
		return opened;
	}

	return {
		join(topic, listener) {
			channel ??= openChannel();
			listeners.set(topic, listener);
			return {
				post: (message) => channel?.postMessage({ topic, message } satisfies Posted),
				leave() {
					if (listeners.get(topic) !== listener) return;
					listeners.delete(topic);
					if (listeners.size > 0) return;
					channel?.close();
					channel = undefined;
				}
			};
		},
		async slot() {
			if (!('locks' in navigator)) return 0;
			for (let slot = 0; ; slot++) if (await holdForEver(`skein:${account}:slot ${slot}`)) return slot;
		},
		async isOpen(slot) {
			if (!('locks' in navigator)) return slot === 0;
			const { held = [] } = await navigator.locks.query();
			return held.some(({ name }) => name === `skein:${account}:slot ${slot}`);
		},
		async exclusive(name, task) {
			// Locks exist in secure contexts alone; without them a command that runs twice is still one at the server.
			if (!('locks' in navigator)) return task();
			return navigator.locks.request(`skein:${account}:${name}`, task);
		}
	};
}

/** For a device that is alone, as headless ones are. */
export const noTabs: Tabs = {
	join: () => ({ post: () => {}, leave: () => {} }),
	slot: () => Promise.resolve(0),
	isOpen: (slot) => Promise.resolve(slot === 0),
	exclusive: (_name, task) => task()
};

/** Takes a lock that the browser gives back when the tab goes. False if another tab has it. */
const holdForEver = (name: string): Promise<boolean> =>
	new Promise((resolve) => {
		void navigator.locks.request(name, { ifAvailable: true }, (lock) => {
			resolve(lock !== null);
			return lock === null ? undefined : new Promise(() => {});
		});
	});
