import { expect, it } from 'vitest';
import { Updates } from './updates.svelte';

/** A worker that the test has ready a newer version. */
function createWorker() {
	let listener: (takeOver: () => void) => void = () => {};
	const taken: string[] = [];
	return {
		worker: { onReady: (next: typeof listener) => void (listener = next), look: () => {} },
		ready: (version: string) => listener(() => taken.push(version)),
		taken
	};
}

it('a newer version is offered once it is ready, and again when a yet newer one is', () => {
	const { worker, ready } = createWorker();
	const updates = new Updates(worker);
	expect(updates.isOffered).toBe(false);
	ready('2');
	expect(updates.isOffered).toBe(true);
	updates.putOff();
	expect(updates.isOffered).toBe(false);
	ready('3');
	expect(updates.isOffered).toBe(true);
});

it('it takes over only when what was typed is on disk', async () => {
	const { worker, ready, taken } = createWorker();
	const updates = new Updates(worker);
	ready('2');
	await expect(updates.take(Promise.reject(new Error('disk full')))).rejects.toThrow('disk full');
	expect(taken).toEqual([]);
	let stored = () => {};
	const taking = updates.take(new Promise<void>((resolve) => (stored = resolve)));
	expect(taken).toEqual([]);
	stored();
	await taking;
	expect(taken).toEqual(['2']);
});
