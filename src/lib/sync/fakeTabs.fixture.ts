import type { Tabs } from './ports';

/** Tabs of one browser, in one process: what one posts the others hear a turn later, and a lock is one tab's at a time. */
export function createFakeBrowser() {
	const listeners = new Map<string, Set<(message: Uint8Array) => void>>();
	const locks = new Map<string, Promise<unknown>>();
	const open = new Set<number>();

	const newTab = (): Tabs => {
		let slot = 0;
		while (open.has(slot)) slot++;
		open.add(slot);
		return {
			join(topic, listener) {
				const joined = listeners.get(topic) ?? new Set();
				listeners.set(topic, joined.add(listener));
				return {
					post(message) {
						const others = [...joined].filter((other) => other !== listener);
						for (const other of others) setTimeout(() => joined.has(other) && other(message));
					},
					leave: () => joined.delete(listener)
				};
			},
			slot: () => Promise.resolve(slot),
			isOpen: (other) => Promise.resolve(open.has(other)),
			exclusive(name, task) {
				const done = (locks.get(name) ?? Promise.resolve()).then(task);
				locks.set(
					name,
					done.catch(() => undefined)
				);
				return done;
			}
		};
	};
	return {
		newTab,
		/** The tab of that number is gone, without a word. */
		crash: (slot: number): void => void open.delete(slot)
	};
}
