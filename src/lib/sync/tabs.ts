import type { Tabs } from './ports';

/** Tabs of one account in this browser, by BroadcastChannel and Web Locks. The name holds the account, so two never meet. */
export function createBrowserTabs(account: string): Tabs {
	return {
		join(topic, listener) {
			const channel = new BroadcastChannel(`skein:${account}:${topic}`);
			channel.onmessage = ({ data }) => {
				if (data instanceof Uint8Array) listener(data);
			};
			return { post: (message) => channel.postMessage(message), leave: () => channel.close() };
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
