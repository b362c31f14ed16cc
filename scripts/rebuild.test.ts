/** Documents that the server writes, made anew from SQL, and what devices make of it that have seen others. */
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { backUp, rebuild, restore } from './savedCopies';
import { createHeadlessDevice } from '../src/lib/sync/headlessDevice';
import { createMemoryDisk } from '../src/lib/sync/memoryStorage';
import { startInProcessServer, type InProcessServer } from '../tests/load/inProcessServer.fixture';
import type { Device } from '../src/lib/sync/device';
import type { Person } from '../src/lib/domain/people';

let server: InProcessServer;
let alice: { readonly user: Person; readonly token: string };
let boats: string;
const disk = createMemoryDisk();
let device: Device;

async function ask<T>(method: string, path: string, body?: object): Promise<T> {
	const headers = {
		'content-type': 'application/json',
		...(alice ? { authorization: `Bearer ${alice.token}` } : { origin: server.origin })
	};
	const answer = await fetch(`${server.origin}/api/${path}`, { method, headers, body: JSON.stringify(body) });
	if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
	return (await answer.json()) as T;
}

const startGroup = async (name: string) => {
	const made = { kind: 'group', members: [], name };
	return (await ask<{ conversation: { id: string } }>('POST', 'conversations', made)).conversation.id;
};

const open = () =>
	createHeadlessDevice({ self: alice.user, token: alice.token, origin: server.origin, disk });

/** Names of the groups that the device lists. */
const names = () =>
	[...device.directory.conversations.keys()].map((id) => device.summaries.get(id)?.name).sort();
const settled = () => expect.poll(() => device.syncState, { timeout: 20_000 }).toBe('synced');

beforeEach(async () => {
	server = await startInProcessServer();
	alice = await ask('POST', 'register', { username: 'alice', password: 'wool and long walks' });
	boats = await startGroup('Boats');
	device = await open();
	device.connect();
	await settled();
	await expect.poll(names).toEqual(['Boats']);
});
afterEach(async () => {
	await device.close();
	await server.dispose();
});

/** Ends the server, has something done to its data, and starts it again. */
async function whileStopped(action: () => void): Promise<void> {
	await server.relay.kill();
	action();
	await server.relay.restart();
	device.connect();
	await settled();
}

test('documents written anew say the same, later changes too, and a device loses nothing', async () => {
	const { sync, release } = device.conversations.use(boats);
	await sync.whenLoaded;
	sync.send({ text: 'before' });
	await expect.poll(() => sync.unsent).toEqual([]);
	await whileStopped(() => expect(rebuild(server.data)).toBe(2));
	expect(names()).toEqual(['Boats']);
	await ask('PATCH', `conversations/${boats}`, { name: 'Ships' });
	await expect.poll(names).toEqual(['Ships']);
	sync.send({ text: 'after' });
	await expect.poll(() => sync.unsent).toEqual([]);
	release();
	const { messages } = await ask<{ messages: { text: string }[] }>('GET', `conversations/${boats}/messages`);
	expect(messages.map(({ text }) => text)).toEqual(['before', 'after']);
});

test('a device that was ahead of a restored database follows it, also when it is opened without a network', async () => {
	const copy = join(server.data, 'copy.db');
	backUp(server.data, copy);
	await ask('PATCH', `conversations/${boats}`, { name: 'Renamed since' });
	await startGroup('Made since');
	await expect.poll(names).toEqual(['Made since', 'Renamed since']);
	const { sync, release } = device.conversations.use(boats);
	await sync.whenLoaded;
	sync.send({ text: 'written since' });
	await expect.poll(() => sync.unsent).toEqual([]);
	release();

	await whileStopped(() => void restore(server.data, copy, 'then'));
	// The one that the copy does not know is made again by its owner's device.
	await expect.poll(names).toEqual(['Boats', 'Made since']);
	const { messages } = await ask<{ messages: { text: string }[] }>('GET', `conversations/${boats}/messages`);
	expect(messages.map(({ text }) => text)).toEqual(['written since']);

	await device.close();
	device = await open();
	expect(names()).toEqual(['Boats', 'Made since']);
});
