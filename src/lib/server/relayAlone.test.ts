/** The app and its relay as two processes on one database: the relay is a real one, the app answers in this process. */
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import * as Y from 'yjs';
import { relayFor, relayOnSqlite } from './app';
import { ApiLab } from './testing/apiLab.fixture';
import type { ApiClient } from './testing/apiClient.fixture';
import { RelayAloneProcess } from './testing/relayAloneProcess.fixture';
import type { RemoteRelay } from './relayLine/remoteRelay';
import { readSettings } from './settings';
import { openProvider, whenClosed, whenHolds, whenSynced } from '../../../sync-server/relay.fixture';
import { say, textsOf } from '../../../sync-server/writing.fixture';

const GROUP_ID = '018f0000-0000-7000-8000-000000000001';
const ROOM = `c/${GROUP_ID}/0`;
// Processes start one after the other, on a machine that may be busy.
const TIMEOUT_MS = 60_000;
const WAIT = { timeout: 20_000 };

let lab: ApiLab;
let relay: RelayAloneProcess;
let front: Server;
let alice: ApiClient;
let bob: ApiClient;
beforeEach(async () => {
	lab = new ApiLab();
	lab.nowMs = Date.now();
	relay = new RelayAloneProcess(lab.folder);
	await relay.start();
	await startApp();
	front = createServer();
	front.on('upgrade', (request, socket, head) =>
		(lab.server.relay as RemoteRelay).handleUpgrade(request, socket, head)
	);
	front.listen(0, '127.0.0.1');
	await once(front, 'listening');
	[alice, bob] = [await lab.person('alice'), await lab.person('bob')];
	await alice.post('/api/conversations', { id: GROUP_ID, kind: 'group', members: [bob.id] });
}, TIMEOUT_MS);
afterEach(async () => {
	await relay.end('SIGKILL');
	front.closeAllConnections();
	front.close();
	await lab.stop();
}, TIMEOUT_MS);

const env = () => ({ RELAY_URL: relay.url, SKEIN_DATA: lab.folder });
const startApp = () => lab.start(relayFor(readSettings(env())), env());
const send = (text: string, key?: string) =>
	alice.post('/api/messages/send', { conversationId: GROUP_ID, text, key });
/** In the tables alone. */
function removeBob(): void {
	const db = new SqliteDatabase(join(lab.folder, 'skein.db'));
	db.prepare('DELETE FROM members WHERE conversation_id = ? AND user_id = ?').run(GROUP_ID, bob.id);
	db.close();
}
const throughApp = () => `ws://127.0.0.1:${(front.address() as AddressInfo).port}/sync`;
const straight = () => `${relay.url.replace('http', 'ws')}/sync`;
/** These messages and no others; what the server tells of the group stands there as `?`. */
const holdsTexts =
	(...texts: string[]) =>
	(doc: Y.Doc): boolean =>
		textsOf(doc)
			.filter((text) => text !== '?')
			.join('\n') === texts.sort().join('\n');
const open = (url: string, { token }: ApiClient, doc = new Y.Doc()) =>
	openProvider(url, { session: token ?? '', room: ROOM, doc });

it(
	'a message by REST reaches stock providers at the relay and through the app, and theirs are read by REST',
	async () => {
		const [near, far] = [open(straight(), bob), open(throughApp(), bob)];
		await Promise.all([whenSynced(near), whenSynced(far)]);
		expect((await send('by REST')).status).toBe(201);
		for (const { doc } of [near, far]) await whenHolds(doc, (held) => textsOf(held).includes('by REST'));
		say(near.doc, bob.id, 'by socket');
		await whenHolds(far.doc, (held) => textsOf(held).includes('by socket'));
		const texts = async () =>
			(await alice.get(`/api/conversations/${GROUP_ID}/messages`)).body.messages.map(
				({ text }: { text: string }) => text
			);
		expect((await texts()).sort()).toEqual(['by REST', 'by socket']);
		const response = await fetch(`${relay.url}/api/health`);
		expect(await response.json()).toEqual({ status: 'ok' });
	},
	TIMEOUT_MS
);

it(
	'how much one user may store is the administrator’s to say, also while the relay is away',
	async () => {
		const limit = (userStoreMb: number | null) => alice.patch('/api/admin/limits', { userStoreMb });
		const large = 'x'.repeat(15_000);
		const fill = async () => {
			let { status } = await send(large);
			for (let n = 0; n < 80 && status === 201; n++) ({ status } = await send(large));
			return status;
		};
		await limit(1);
		expect(await fill()).toBe(507);
		await relay.end('SIGKILL');
		await limit(2);
		await relay.start();
		await expect.poll(async () => (await send(large)).status, WAIT).toBe(201);
		await limit(1);
		expect((await send(large)).status).toBe(507);
	},
	TIMEOUT_MS
);

it(
	'a relay that is killed and started again goes on: nothing is lost or doubled, and what was due is done',
	async () => {
		const device = open(throughApp(), bob);
		await whenSynced(device);
		expect((await send('before', 'k1')).status).toBe(201);
		await relay.end('SIGKILL');
		const health = async () => (await lab.visitor().get('/api/health')).body;
		await expect.poll(health, WAIT).toEqual({ status: 'degraded', reason: 'the relay does not answer' });
		say(device.doc, bob.id, 'while it was down');
		const sending = send('by REST, while it was down', 'k2');
		expect((await alice.patch('/api/me', { displayName: 'Ann' })).status).toBe(200);
		await relay.start();
		// It waited for the relay a while; a client that gave up sends it again under the same key.
		const { status } = await sending;
		expect([201, 503]).toContain(status);
		await expect.poll(async () => (await send('by REST, while it was down', 'k2')).status, WAIT).toBe(201);
		expect((await send('before', 'k1')).status).toBe(201);
		await expect.poll(health, WAIT).toEqual({ status: 'ok' });
		const all = ['before', 'while it was down', 'by REST, while it was down'];
		await whenHolds(device.doc, holdsTexts(...all));
		const fresh = open(straight(), alice);
		await whenHolds(fresh.doc, holdsTexts(...all));
		const names = async () =>
			(await lab.server.relay.entries(`info/${GROUP_ID}`)).filter(({ body }) =>
				Buffer.from(body ?? []).includes('Ann')
			).length;
		await expect.poll(names, WAIT).toBe(1);
	},
	TIMEOUT_MS
);

it(
	'an app that is started again finds its relay, whose devices never noticed',
	async () => {
		const device = open(straight(), bob);
		await whenSynced(device);
		let losses = 0;
		device.on('connection-close', () => (losses += 1));
		await lab.server.relay.close();
		lab.server.closeDatabase();
		say(device.doc, bob.id, 'without an app');
		await startApp();
		expect((await send('with the next one')).status).toBe(201);
		await whenHolds(device.doc, holdsTexts('without an app', 'with the next one'));
		expect(losses).toBe(0);
	},
	TIMEOUT_MS
);

it(
	'a session that ends closes its sockets at the relay, also if the line was down as it ended',
	async () => {
		const [first, second] = [open(straight(), alice), open(straight(), bob)];
		await Promise.all([whenSynced(first), whenSynced(second)]);
		const closed = whenClosed(first);
		expect((await alice.post('/api/logout')).status).toBeLessThan(300);
		expect(await closed).toBe(4401);
		await relay.end('SIGKILL');
		await bob.post('/api/logout');
		const bobClosed = whenClosed(second);
		await relay.start();
		expect(await bobClosed).toBe(4401);
	},
	TIMEOUT_MS
);

it(
	'a member who is removed loses the channels at the relay within a second, and hears nothing new',
	async () => {
		const device = open(straight(), bob);
		await whenSynced(device);
		expect((await send('before')).status).toBe(201);
		await whenHolds(device.doc, holdsTexts('before'));
		const closed = whenClosed(device);
		removeBob();
		lab.server.relay.dropMember(GROUP_ID, bob.id);
		const told = performance.now();
		expect(await closed).toBe(4403);
		expect(performance.now() - told).toBeLessThan(1_000);
		expect((await send('after')).status).toBe(201);
		expect(holdsTexts('before')(device.doc)).toBe(true);
		expect(await whenClosed(open(straight(), bob))).toBe(4403);
	},
	TIMEOUT_MS
);

it(
	'what an app that was killed could tell nobody, the relay finds out when the next one comes',
	async () => {
		const ofBob = open(straight(), bob);
		const carol = await lab.person('carol');
		const atHome = openProvider(straight(), { session: carol.token ?? '', room: `home/${carol.id}` });
		await Promise.all([whenSynced(ofBob), whenSynced(atHome)]);
		await lab.server.relay.close();
		removeBob();
		await carol.post('/api/logout');
		lab.server.closeDatabase();
		const closed = Promise.all([whenClosed(ofBob), whenClosed(atHome)]);
		await startApp();
		expect(await closed).toEqual([4403, 4401]);
	},
	TIMEOUT_MS
);

it(
	'no second relay or app is let near the data, and a relay that is told to stop stops',
	async () => {
		const other = new ApiLab(lab.folder);
		await expect(other.start(relayOnSqlite)).rejects.toThrow('Another Skein app is running on the data');
		await lab.server.relay.close();
		lab.server.closeDatabase();
		await expect(other.start(relayOnSqlite)).rejects.toThrow('Another Skein relay is running on the data');
		expect(await relay.end('SIGTERM')).toBe(0);
		await other.start(relayOnSqlite);
		expect(await other.server.relay.entries(`info/${GROUP_ID}`)).not.toEqual([]);
		await other.server.relay.close();
		other.server.closeDatabase();
	},
	TIMEOUT_MS
);
