import { expect, it } from 'vitest';
import { Clock } from '../domain/clock';
import { createFakeTime } from './fakeSocket.fixture';
import { createMemoryDisk, createMemoryStorage, memoryLocalStore } from './memoryStorage';
import { noTabs } from './tabs';
import { openHome } from './home';
import { openRoomSync } from './roomSync';

async function createHome() {
	const time = createFakeTime();
	const disk = createMemoryDisk();
	const room = openRoomSync({
		room: 'home/aaaaaaaaaaaaaaaa',
		storage: createMemoryStorage(disk, time.timers),
		local: memoryLocalStore(disk.tables),
		tabs: noTabs,
		whenOnline: () => () => {},
		onRelayTime: () => {}
	});
	await room.whenLoaded;
	const clock = new Clock(time.now);
	const { timers } = time;
	const home = openHome({ self: 'aaaaaaaaaaaaaaaa', deviceId: 'phone', room, clock, timers, tabs: noTabs });
	return { home, time, read: () => home.facts.get('read/c/phone')?.value };
}

it('what is read after a pause is kept at once, and what follows is gathered', async () => {
	const { home, time, read } = await createHome();
	home.note('read/c/phone', () => 1);
	expect(read()).toBe(1);
	home.note('read/c/phone', () => 2);
	home.note('read/c/phone', () => 3);
	expect(read()).toBe(1);
	time.advance(1_000);
	expect(read()).toBe(3);
	home.note('read/c/phone', () => 4);
	expect(read()).toBe(4);
});

it('what is gathered is kept when the page goes', async () => {
	const { home, read } = await createHome();
	home.gather('read/c/phone', () => 1);
	expect(read()).toBeUndefined();
	home.flush();
	expect(read()).toBe(1);
});
