import { expect, it, vi } from 'vitest';
import { createCatchUp } from './catchUp';

function setup({ online = false } = {}) {
	const due: (() => void)[] = [];
	const running = new Map<string, { done: () => void; fail: () => void }>();
	const begun: string[] = [];
	const catchUp = createCatchUp({
		bringUp: (id) => {
			begun.push(id);
			return new Promise<void>((resolve, reject) =>
				running.set(id, { done: resolve, fail: () => reject(new Error('offline')) })
			);
		},
		newness: (id) => Number(id),
		isOnline: () => online,
		timers: { after: (_ms, callback) => (due.push(callback), () => void due.splice(0)) }
	});
	return {
		catchUp,
		begun,
		due,
		finish: (id: string) => running.get(id)!.done(),
		fail: (id: string) => running.get(id)!.fail()
	};
}

it('brings up the newest first, four at a time', async () => {
	const { catchUp, begun, finish } = setup();
	catchUp.add(['1', '6', '3', '5', '2', '4']);
	expect(begun).toEqual(['6', '5', '4', '3']);
	expect(catchUp.left).toBe(6);
	finish('5');
	await vi.waitFor(() => expect(begun).toEqual(['6', '5', '4', '3', '2']));
	expect(catchUp.left).toBe(5);
});

it('tries again with the next connection what the last one did not finish', async () => {
	const { catchUp, begun, fail, finish } = setup();
	catchUp.add(['1']);
	fail('1');
	await Promise.resolve();
	expect(catchUp.left).toBe(1);
	catchUp.resume();
	await vi.waitFor(() => expect(begun).toEqual(['1', '1']));
	finish('1');
	await vi.waitFor(() => expect(catchUp.left).toBe(0));
});

it('tries again after a while what failed though there is a connection', async () => {
	const { catchUp, begun, due, fail, finish } = setup({ online: true });
	catchUp.add(['1', '2']);
	fail('1');
	fail('2');
	await vi.waitFor(() => expect(due).toHaveLength(1));
	due[0]!();
	await vi.waitFor(() => expect(begun).toEqual(['2', '1', '2', '1']));
	for (const id of ['1', '2']) finish(id);
	await vi.waitFor(() => expect(catchUp.left).toBe(0));
});

it('what failed and was brought up since is not left', async () => {
	const { catchUp, begun, fail, finish } = setup();
	catchUp.add(['1']);
	fail('1');
	await vi.waitFor(() => expect(catchUp.left).toBe(1));
	catchUp.add(['1']);
	await vi.waitFor(() => expect(begun).toEqual(['1', '1']));
	finish('1');
	await vi.waitFor(() => expect(catchUp.left).toBe(0));
});

it('goes again for what changed while it was being brought up', async () => {
	const { catchUp, begun, finish } = setup();
	catchUp.add(['1']);
	catchUp.add(['1']);
	expect(begun).toEqual(['1']);
	expect(catchUp.left).toBe(1);
	finish('1');
	await vi.waitFor(() => expect(begun).toEqual(['1', '1']));
});
