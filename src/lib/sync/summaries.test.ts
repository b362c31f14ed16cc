import { expect, it } from 'vitest';
import { createMemoryDisk, memoryLocalStore } from './memoryStorage';
import { openSummaries, type Summary } from './summaries';
import type { Tabs } from './ports';

/** Two tabs of one account: what one posts the other hears. */
function twoTabs(): [Pick<Tabs, 'join'>, Pick<Tabs, 'join'>] {
	const listeners: (((message: Uint8Array) => void) | undefined)[] = [];
	const tab = (own: number): Pick<Tabs, 'join'> => ({
		join(_topic, listener) {
			listeners[own] = listener;
			return { post: (message) => listeners[1 - own]?.(message), leave: () => delete listeners[own] };
		}
	});
	return [tab(0), tab(1)];
}

const SUMMARY: Summary = {
	kind: 'group',
	name: 'Tides',
	swatch: [],
	at: 1,
	unread: [],
	unreadCount: 0,
	lateCount: 0,
	unsent: 2,
	unsentSegments: [0],
	live: 0,
	complete: true
};

async function setup() {
	const disk = createMemoryDisk();
	const [here, there] = twoTabs();
	const open = (tab: Pick<Tabs, 'join'>) => openSummaries(memoryLocalStore(disk.tables), tab);
	return { first: await open(here), second: await open(there) };
}

it('what waits in one tab is known in the other, and so is that it has left', async () => {
	const { first, second } = await setup();
	first.set('c', SUMMARY);
	await expect.poll(() => second.get('c')?.unsent).toBe(2);
	first.set('c', { ...SUMMARY, unsent: 0 });
	await expect.poll(() => second.get('c')?.unsent).toBe(0);
	first.delete('c');
	await expect.poll(() => second.all.size).toBe(0);
});

it('a tab that has been closed hears nothing more', async () => {
	const { first, second } = await setup();
	first.close();
	second.set('c', SUMMARY);
	second.set('d', SUMMARY);
	await expect.poll(() => second.all.size).toBe(2);
	expect(first.all.size).toBe(0);
});
