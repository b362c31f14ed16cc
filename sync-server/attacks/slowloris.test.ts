/** Upgrades that never end: half-open ones are cut by the HTTP server, silent sockets by the relay. */
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { HTTP_LIMITS } from '../../scripts/httpLimits.mjs';
import { attackedRoom } from './bystanders.fixture';
import { BOB, ROOM } from '../relay.fixture';

/** The server's own limits, twenty times as fast. */
const SWIFT = Object.fromEntries(Object.entries(HTTP_LIMITS).map(([name, ms]) => [name, ms / 20]));
const UPGRADE = [
	`GET /sync/${ROOM} HTTP/1.1`,
	'Host: 127.0.0.1',
	'Connection: Upgrade',
	'Upgrade: websocket',
	'Sec-WebSocket-Version: 13',
	'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
	`Authorization: Bearer ${BOB}-1`
].join('\r\n');
const SOCKETS = 50;

async function openSockets(url: string): Promise<Socket[]> {
	const sockets = Array.from({ length: SOCKETS }, () => connect(Number(new URL(url).port), '127.0.0.1'));
	onTestFinished(() => sockets.forEach((socket) => socket.destroy()));
	// Cut from the other side, a socket may say so: what counts is that it is.
	for (const socket of sockets) socket.on('error', () => socket.destroy());
	await Promise.all(sockets.map((socket) => once(socket, 'connect')));
	return sockets;
}

const allCut = (sockets: readonly Socket[]) =>
	Promise.all(
		sockets.map(
			(socket) => new Promise<void>((resolve) => (socket.resume(), socket.once('close', () => resolve())))
		)
	);

test.each([
	['send nothing', () => {}],
	['send half an upgrade', (socket: Socket) => void socket.write(UPGRADE)],
	[
		'send a header of it now and then',
		(socket: Socket) => {
			socket.write(UPGRADE);
			const dripping = setInterval(() => socket.write('\r\nX: y'), 10);
			socket.once('close', () => clearInterval(dripping));
		}
	]
])('connections that %s are cut, and others come in', async (_, drip) => {
	const { longAttack, url, attacker, relay } = await attackedRoom({ http: SWIFT });
	await longAttack(async () => {
		const sockets = await openSockets(url);
		const cut = allCut(sockets);
		sockets.forEach(drip);
		await (await attacker({ session: `${BOB}-1` })).hears('step1');
		await cut;
	});
	expect(relay.stats().sockets).toBeGreaterThan(0);
});

test.each([
	['say nothing', []],
	['send half a frame', [0x82, 0x85, 1, 2, 3, 4, 9]],
	['begin a message that never ends', [0x02, 0x81, 0, 0, 0, 0, 9]]
])('sockets that %s behind the upgrade are cut', async (_, bytes) => {
	const { longAttack, url, relay } = await attackedRoom({ timing: { pingEveryMs: 50 } });
	await longAttack(async () => {
		const sockets = await openSockets(url);
		const cut = allCut(sockets);
		for (const socket of sockets) {
			socket.write(`${UPGRADE}\r\n\r\n`);
			socket.write(new Uint8Array(bytes));
		}
		await cut;
	});
	expect(relay.stats().sockets).toBeLessThan(SOCKETS);
});

test('a message in more pieces than there is room for is refused', async () => {
	const { longAttack, attacker } = await attackedRoom();
	await longAttack(async (underWay) => {
		const bob = await attacker({ session: `${BOB}-1` });
		const piece = new Uint8Array(1);
		underWay();
		for (let i = 0; i < 20_000; i++) {
			bob.socket.send(piece, { fin: false });
			// All at once they are read before anybody else has said a word.
			if (i % 100 === 0) await Promise.race([bob.answered(), bob.closed]);
		}
		expect((await bob.closed).code).not.toBe(1000);
	});
});
