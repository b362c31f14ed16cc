import type { Tabs } from './ports';

/** Tabs of one browser, in one process: what one posts the others hear a turn later, and a lock is one tab's at a time. */
export function createFakeBrowser() {
	const listeners = new Map<string, Set<(message: Uint8Array) => void>>();
	const locks = new Map<string, Promise<unknown>>();
	let slots = 0;

	const newTab = (): Tabs => {
		const slot = slots++;
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
	return { newTab };
}
