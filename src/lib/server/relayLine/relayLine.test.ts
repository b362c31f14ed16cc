/** The line between an app and a relay by itself, with a relay of maps at its far end. */
import { createServer, type Server } from 'node:http';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { pino } from 'pino';
import { WebSocket } from 'ws';
import { decodeWord, encodeWord, LINE_PATH } from './lineWords';
import { afterMs } from '../afterMs';
import { LineDesk } from './lineDesk';
import { lineSecret } from './lineSecret';
import { RemoteRelay } from './remoteRelay';
import { createLog } from '../log';
import { FakeRelay } from '../testing/fakeRelay.fixture';
import type { SegmentState } from '../relayPort';
import { KIND } from '../../domain/entry';

const ROOM = 'c/d-aaaaaaaaaaaaaaaa-bbbbbbbbbbbbbbbb/0';
const ALICE = 'aaaaaaaaaaaaaaaa';
const log = createLog('silent');
const entry = { kind: KIND.message, body: new Uint8Array([1, 2, 3]) };
const state = (segment: number): SegmentState => ({
	conversation: 'd-aaaaaaaaaaaaaaaa-bbbbbbbbbbbbbbbb',
	segment,
	firstMs: 1_700_000_000_001,
	lastMs: undefined,
	isFull: segment === 0
});

let relay: FakeRelay;
let desk: LineDesk;
let server: Server;
let remotes: RemoteRelay[];
/** How often an app has come on the line. */
let apps: number;
const sockets = new Set<Socket>();
beforeEach(async () => {
	remotes = [];
	relay = new FakeRelay();
	desk = new LineDesk({ secret: 'secret', log, after: afterMs });
	apps = 0;
	desk.serve(relay, () => (apps += 1));
	server = createServer();
	server.on('connection', (socket) => {
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
	});
	server.on('upgrade', (request, socket, head) => {
		if (!desk.handleUpgrade(request, socket, head)) socket.destroy();
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
});
afterEach(async () => {
	for (const remote of remotes) await remote.close();
	for (const socket of sockets) socket.destroy();
	server.close();
});

/** The app's end. Its timers go by as the test says. */
function open({ secret = 'secret' } = {}) {
	const told: SegmentState[] = [];
	const written: string[] = [];
	const timers: { ms: number; action: () => void }[] = [];
	let retries = 0;
	const remote = new RemoteRelay({
		url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
		secret,
		log,
		after: (ms, action) => {
			const timer = { ms, action };
			timers.push(timer);
			return () => void timers.splice(timers.indexOf(timer), 1);
		},
		onSegment: (each) => told.push(each),
		onWritten: (room) => written.push(room),
		onRetry: () => (retries += 1)
	});
	remotes.push(remote);
	const goBy = () => timers.splice(0).forEach(({ action }) => action());
	return { remote, told, written, goBy, timers, retries: () => retries };
}

it('answers as the relay does, with its types', async () => {
	const { remote } = open();
	expect(await remote.writtenUnder(ROOM, ALICE, 'k')).toBeUndefined();
	const [written] = await remote.append(ROOM, ALICE, [entry], { key: 'k' });
	expect(await remote.writtenUnder(ROOM, ALICE, 'k')).toBe('0.1.0');
	expect(written).toEqual({ id: '0.1.0', stamp: { ms: 1_001, counter: 0 } });
	expect(await remote.append(ROOM, ALICE, [entry], { key: 'k' })).toEqual([
		{ id: '0.1.0', stamp: undefined }
	]);
	expect(await remote.entries(ROOM)).toEqual(await relay.entries(ROOM));
	expect(await remote.entry(ROOM, '0.1.0')).toEqual((await relay.entries(ROOM))[0]);
	expect(await remote.entry(ROOM, '0.1.9')).toBeUndefined();
	expect(await remote.segment(ROOM)).toEqual(await relay.segment(ROOM));
	expect(await remote.messageVector(ROOM)).toEqual(new Map([[1, 2]]));
	await remote.project('info/x', new Map<string, never>([['name', 'Boats' as never]]));
	expect(relay.facts('info/x')).toEqual({ name: 'Boats' });
	expect(await remote.writtenBy(ALICE)).toEqual([ROOM]);
	expect(await remote.bytesOf(ALICE)).toBe(await relay.bytesOf(ALICE));
	await remote.erase(ROOM, { author: ALICE, message: '0.1.0' }, { ...entry, kind: KIND.system });
	expect((await relay.entries(ROOM)).map(({ author, body }) => [author, body === undefined])).toEqual([
		[ALICE, true],
		['system', false]
	]);
	remote.dropSession('s');
	await expect.poll(() => relay.droppedSessions).toEqual(['s']);
	remote.dropMember('d-x-y', ALICE);
	await expect.poll(() => relay.droppedMembers).toEqual([['d-x-y', ALICE]]);
	remote.limit({ userBytesMax: 5 });
	await expect.poll(() => relay.limits).toEqual({ userBytesMax: 5 });
	expect(remote.health()).toEqual({ status: 'ok' });
});

it('says why the relay refused, down to the code of the disk', async () => {
	const { remote } = open();
	const full = Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
	relay.append = async () => {
		throw new Error('the room could not be written', { cause: full });
	};
	relay.isBroken = true;
	const writing = remote.append(ROOM, ALICE, [entry]);
	await expect(writing).rejects.toMatchObject({
		message: 'the room could not be written',
		code: 'SQLITE_FULL'
	});
	await expect.poll(() => remote.health().status).toBe('degraded');
});

it('an app that comes anew is told again how segments stand, and may try again what failed', async () => {
	const first = open();
	await expect.poll(first.retries).toBe(1);
	desk.segment(state(0));
	desk.segment(state(1));
	await expect.poll(() => first.told).toEqual([state(0), state(1)]);
	const second = open();
	await expect.poll(() => second.told).toEqual([state(0), state(1)]);
	desk.retry();
	await expect.poll(second.retries).toBe(2);
});

it('what was under way as the line broke fails; what was told meanwhile, the relay asks for at its return', async () => {
	const { remote, goBy } = open();
	await remote.entries(ROOM);
	relay.isStuck = true;
	const writing = remote.append(ROOM, ALICE, [entry]);
	const failed = expect(writing).rejects.toMatchObject({ code: 'RELAY_AWAY' });
	for (const socket of sockets) socket.destroy();
	await failed;
	expect(remote.health().status).toBe('degraded');
	remote.dropSession('ended');
	relay.isStuck = false;
	expect(apps).toBe(1);
	goBy();
	await expect.poll(() => apps).toBe(2);
	expect(relay.droppedSessions).toEqual([]);
	expect(await remote.entries(ROOM)).toEqual([]);
});

it('a relay that does not answer is waited for no longer than that', async () => {
	const { remote, timers, goBy } = open();
	await remote.entries(ROOM);
	relay.isStuck = true;
	const writing = remote.append(ROOM, ALICE, [entry]);
	await expect.poll(() => timers.length).toBe(1);
	const failed = expect(writing).rejects.toMatchObject({ code: 'RELAY_AWAY' });
	goBy();
	await failed;
});

it('nobody without the secret is heard', async () => {
	const { remote, goBy, timers } = open({ secret: 'guessed' });
	const asking = remote.entries(ROOM);
	const failed = expect(asking).rejects.toMatchObject({ code: 'RELAY_AWAY' });
	await expect.poll(() => timers.length).toBeGreaterThan(1);
	goBy();
	await failed;
	expect(remote.health().reason).toBe('the relay does not answer');
});

it('what is no word, and what the relay cannot do, is answered with a failure', async () => {
	const { port } = server.address() as AddressInfo;
	const headers = { authorization: 'Bearer secret' };
	const line = new WebSocket(`ws://127.0.0.1:${port}/relay-line/1`, { headers });
	const answers: (readonly [number, unknown, unknown])[] = [];
	line.on('message', (bytes: Buffer) => answers.push(decodeWord(new Uint8Array(bytes))));
	await once(line, 'open');
	line.send(new Uint8Array([1, 2, 3]));
	line.send(encodeWord(7, 'constructor', []));
	await expect.poll(() => answers.filter(([, what]) => what === false).map(([id]) => id)).toEqual([0, 7]);
	line.terminate();
});

it('who asks without the secret over and over is told of once a minute', async () => {
	const lines: string[] = [];
	const told = pino({}, { write: (line: string) => lines.push(line) });
	let minuteIsOver = () => {};
	desk = new LineDesk({ secret: 'secret', log: told, after: (_, next) => ((minuteIsOver = next), () => {}) });
	const { port } = server.address() as AddressInfo;
	const ask = async () => {
		const socket = new WebSocket(`ws://127.0.0.1:${port}${LINE_PATH}`, {
			headers: { authorization: 'Bearer no' }
		});
		await once(socket, 'error');
	};
	for (let n = 0; n < 3; n++) await ask();
	expect(lines).toHaveLength(1);
	minuteIsOver();
	await ask();
	expect(lines).toHaveLength(2);
});

it('the secret is minted once, whoever comes first, and for its owner alone', () => {
	const folder = mkdtempSync(join(tmpdir(), 'skein-secret-'));
	const secret = lineSecret(folder, randomBytes);
	expect(secret).toMatch(/^[0-9a-f]{64}$/);
	expect(lineSecret(folder, randomBytes)).toBe(secret);
	expect(statSync(join(folder, 'relay.secret')).mode & 0o077).toBe(0);
	rmSync(folder, { recursive: true });
});

it('tells where something was written, each room once in a while', async () => {
	const { remote, written } = open();
	await remote.entries('c/x/0');
	for (let n = 0; n < 3; n++) desk.written('c/x/0');
	desk.written('c/y/0');
	await expect.poll(() => written).toEqual(['c/x/0', 'c/y/0']);
});
