import { expect, it } from 'vitest';
import { createEmitter } from '../sync/emitter';
import type { ConversationSync } from '../sync/conversationSync';
import type { Device } from '../sync/device';
import { whenReadable } from './whenReadable';

/** A new device, which has nothing yet and is told one thing after the other. */
function createNewDevice() {
	const changed = createEmitter();
	const sync = {
		whenLoaded: Promise.resolve(),
		info: undefined as object | undefined,
		complete: false,
		items: [] as object[],
		refusal: undefined,
		onChange: changed.on
	};
	const home = { room: { complete: false }, onChange: changed.on };
	const link = { status: 'online', onChange: changed.on };
	const acts = new AbortController();
	let settled = false;
	const sources = { home, link } as unknown as Pick<Device, 'home' | 'link'>;
	void whenReadable(sync as unknown as ConversationSync, sources, acts.signal).then(() => (settled = true));
	return {
		sync,
		home,
		link,
		act: () => acts.abort(),
		async isSettled() {
			changed.emit();
			await Promise.resolve();
			await Promise.resolve();
			await Promise.resolve();
			return settled;
		}
	};
}

it('where reading goes on is known once one has been told what was read elsewhere, how far it goes, and something of it', async () => {
	const { sync, home, isSettled } = createNewDevice();
	expect(await isSettled()).toBe(false);
	sync.items.push({});
	expect(await isSettled()).toBe(false);
	sync.info = {};
	expect(await isSettled()).toBe(false);
	home.room.complete = true;
	expect(await isSettled()).toBe(true);
});

it('a conversation without a message is known when all of it is here', async () => {
	const { sync, home, isSettled } = createNewDevice();
	sync.info = {};
	home.room.complete = true;
	expect(await isSettled()).toBe(false);
	sync.complete = true;
	expect(await isSettled()).toBe(true);
});

it('nobody waits without a connection, nor once they go on by themselves', async () => {
	const offline = createNewDevice();
	expect(await offline.isSettled()).toBe(false);
	offline.link.status = 'offline';
	expect(await offline.isSettled()).toBe(true);
	const acting = createNewDevice();
	expect(await acting.isSettled()).toBe(false);
	acting.act();
	expect(await acting.isSettled()).toBe(true);
});
