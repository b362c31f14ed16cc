/** More at the upgrade than an upgrade is: headers without end, and requests behind and before it on the same line. */
import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { attackedRoom } from './bystanders.fixture';
import { BOB, ROOM } from '../relay.fixture';

const SOCKETS = 20;
const REQUEST = 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n';
const UPGRADE = [
	`GET /sync/${ROOM} HTTP/1.1`,
	'Host: 127.0.0.1',
	'Connection: Upgrade',
	'Upgrade: websocket',
	'Sec-WebSocket-Version: 13',
	'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
	`Authorization: Bearer ${BOB}-1`
].join('\r\n');

async function openSocket(url: string): Promise<Socket> {
	const socket = connect(Number(new URL(url).port), '127.0.0.1');
	onTestFinished(() => void socket.destroy());
	// Cut from the other side, a socket may say so: what counts is that it is.
	socket.on('error', () => socket.destroy());
	await once(socket, 'connect');
	return socket;
}

const isCut = (socket: Socket) =>
	new Promise<void>((resolve) => (socket.resume(), socket.once('close', () => resolve())));

test('headers without end cut the connection, and nothing of it becomes a socket', async () => {
	const { attack, url, relay } = await attackedRoom();
	await attack(async () => {
		const before = relay.stats().sockets;
		const sockets = await Promise.all(Array.from({ length: SOCKETS }, () => openSocket(url)));
		const cut = Promise.all(sockets.map(isCut));
		for (const socket of sockets) {
			socket.write(UPGRADE);
			for (let i = 0; i < 1_000; i++) socket.write(`\r\nX-${i}: ${'y'.repeat(1_000)}`);
		}
		await cut;
		expect(relay.stats().sockets).toBe(before);
	});
});

test('a request behind the upgrade, in the same packet, is no frame: the socket is cut', async () => {
	const { attack, url } = await attackedRoom();
	await attack(async () => {
		for (let i = 0; i < SOCKETS; i++) {
			const socket = await openSocket(url);
			const cut = isCut(socket);
			socket.write(`${UPGRADE}\r\n\r\n${REQUEST.repeat(100)}`);
			await cut;
		}
	});
});

test('upgrades behind upgrades on one line are no second socket', async () => {
	const { attack, url, relay } = await attackedRoom();
	await attack(async () => {
		const before = relay.stats().sockets;
		const socket = await openSocket(url);
		const cut = isCut(socket);
		socket.write(`${UPGRADE}\r\n\r\n`.repeat(100));
		await cut;
		await expect.poll(() => relay.stats().sockets).toBeLessThanOrEqual(before);
	});
});
