import { expect, it, vi } from 'vitest';
import { createEmitter } from './emitter';
import { memoryLocalStore } from './memoryStorage';
import { openChangesFeed } from './changesFeed';
import type { LineChanges } from './line';
import type { LinkStatus } from './link';

async function setup() {
	const changed = createEmitter();
	const changes = createEmitter<LineChanges>();
	const dropped = createEmitter();
	const link = {
		status: 'offline' as LinkStatus,
		isBehind: false,
		onChange: changed.on,
		onChanges: changes.on,
		onDropped: dropped.on,
		sendSince: vi.fn()
	};
	const heard: string[] = [];
	let busy = false;
	const local = memoryLocalStore(new Map());
	const feed = await openChangesFeed({
		link,
		local,
		onChanged: (of) => heard.push(`${of.size} changed`),
		onTold: () => heard.push('told'),
		isBusy: () => busy
	});
	return {
		feed,
		link,
		local,
		heard,
		drop: dropped.emit,
		be: (is: 'busy' | 'done') => void (busy = is === 'busy'),
		become(status: LinkStatus) {
			link.status = status;
			changed.emit();
		},
		tell: (position: number, rooms: readonly string[], isLast = true) =>
			changes.emit({ position, rooms, isLast })
	};
}

const rooms = (count: number) => Array.from({ length: count }, (_, n) => `c/c/${n}`);
/** Each in a conversation of its own. */
const ROOM = 'c/d-aaaaaaaaaaaaaaaa-bbbbbbbbbbbbbbbb/0';

it('knows nothing of what is missing here until the relay has answered, in each connection anew', async () => {
	const { feed, link, become, tell, heard } = await setup();
	become('online');
	expect(feed.isTold).toBe(false);
	tell(7, [ROOM]);
	expect(feed.isTold).toBe(true);
	// What there is to bring is known before anybody may say that nothing is missing.
	expect(heard).toEqual(['1 changed', 'told']);
	become('offline');
	expect(feed.isTold).toBe(false);
	become('online');
	expect(feed.isTold).toBe(false);
	tell(7, []);
	expect(feed.isTold).toBe(true);
	expect(link.sendSince.mock.calls).toEqual([[0], [7]]);
});

it('waits for the end of an answer that comes in slices', async () => {
	const { feed, become, tell } = await setup();
	become('online');
	tell(500, rooms(500), false);
	expect(feed.isTold).toBe(false);
	tell(1_000, rooms(500), false);
	expect(feed.isTold).toBe(false);
	tell(1_004, []);
	expect(feed.isTold).toBe(true);
});

it('says once in a connection that all is told, whatever changes afterwards', async () => {
	const { become, tell, heard } = await setup();
	become('online');
	tell(1, []);
	tell(2, [ROOM]);
	expect(heard).toEqual(['told', '1 changed']);
});

it('a position that was told on a line that ended before all of it was here is not kept', async () => {
	const { feed, link, local, be, become, tell } = await setup();
	become('online');
	tell(7, []);
	be('busy');
	tell(9, [ROOM]);
	be('done');
	become('offline');
	feed.keep();
	expect(await local.get('clock', 'position')).toBe(7);
	become('online');
	expect(link.sendSince).toHaveBeenLastCalledWith(7);
});

it('while something that came is in no document, no position is kept, and what was let go of is asked for again', async () => {
	const { feed, link, local, become, tell, drop } = await setup();
	become('online');
	tell(7, []);
	link.isBehind = true;
	tell(9, []);
	expect(await local.get('clock', 'position')).toBe(7);
	drop();
	expect(link.sendSince).toHaveBeenLastCalledWith(7);
	link.isBehind = false;
	feed.keep();
	expect(await local.get('clock', 'position')).toBe(9);
});
