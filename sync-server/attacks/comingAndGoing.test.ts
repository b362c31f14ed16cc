/** Channels and links that come and go by the thousand: nothing of them stays, and nobody waits for them. */
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { attackedRoom } from './bystanders.fixture';
import { BOB, ROOM } from '../relay.fixture';
import { CLOSE } from '../../src/lib/protocol/closeCodes';
import { openLink } from '../limited.fixture';
import type { RawLink } from '../rawLink.fixture';

const JOINS = 5_000;
const LINKS = 200;
const HOME = `home/${BOB}`;

/** Opens and closes a room on a link so many times, without waiting for anything. */
function storm(link: RawLink, joins: number): void {
	for (let channel = 1; channel <= joins; channel++) {
		link.open(channel, channel % 2 === 0 ? ROOM : HOME);
		link.send({ op: 'close', channel, code: 1000, reason: '' });
	}
}

test('5,000 joins and leaves on one link, one behind the other: none stays, and the link serves on', async () => {
	const { longAttack, url, relay, log } = await attackedRoom();
	await longAttack(async (underWay) => {
		const link = await openLink(url, `${BOB}-1`);
		const before = relay.stats().channels;
		underWay();
		storm(link, JOINS);
		await link.answered();
		await expect.poll(() => relay.stats().channels).toBe(before);
		link.open(JOINS + 1);
		await link.hears('data', ({ channel }) => channel === JOINS + 1);
		link.socket.terminate();
	});
	expect(log.lines.filter(({ level }) => level === 'warn')).toEqual([]);
});

test('200 links that join, leave and are cut in the midst of it: none stays', async () => {
	const { longAttack, url, relay } = await attackedRoom();
	const before = relay.stats();
	await longAttack(async (underWay) => {
		const links = await Promise.all(Array.from({ length: LINKS }, (_, i) => openLink(url, `${BOB}-${i}`)));
		underWay();
		for (const [i, link] of links.entries()) {
			storm(link, JOINS / LINKS);
			if (i % 2 === 0) link.socket.terminate();
		}
		for (const [i, link] of links.entries()) {
			if (i % 2 === 0) continue;
			await link.answered();
			link.socket.terminate();
		}
		await expect
			.poll(() => [relay.stats().sockets, relay.stats().channels, relay.stats().links])
			.toEqual([before.sockets, before.channels, before.links]);
	});
});

test('a room joined over and over without being left is open as often as it may be, and no more', async () => {
	const { longAttack, url, relay } = await attackedRoom({ limits: { roomChannelsMax: 4 } });
	await longAttack(async (underWay) => {
		const link = await openLink(url, `${BOB}-1`);
		const before = relay.stats().channels;
		underWay();
		for (let channel = 1; channel <= JOINS; channel++) link.open(channel, HOME);
		await link.answered();
		await expect.poll(() => relay.stats().channels).toBe(before + 4);
		const codes = () => link.heard.flatMap((frame) => (frame.op === 'close' ? [frame.code] : []));
		// The last of them are on their way yet.
		await expect.poll(() => codes().length).toBe(JOINS - 4);
		expect(new Set(codes())).toEqual(new Set([CLOSE.tooMany]));
		link.socket.terminate();
	});
});

test('subprotocols that the relay does not know neither open nor close anything', async () => {
	const { attack, url } = await attackedRoom();
	await attack(async () => {
		for (const protocols of [['skein'], ['a', 'b', 'c'], Array.from({ length: 500 }, (_, i) => `p${i}`)]) {
			const headers = { authorization: `Bearer ${BOB}-1` };
			const socket = new WebSocket(`${url}/${ROOM}`, protocols, { headers });
			onTestFinished(() => socket.terminate());
			// A browser gives up unless one that it asked for is agreed on; whichever it is, what is spoken is the same.
			const [[message]] = (await Promise.all([once(socket, 'message'), once(socket, 'open')])) as [
				[Buffer],
				[]
			];
			expect(socket.protocol).toBe(protocols[0]);
			expect([...message.subarray(0, 2)]).toEqual([0, 0]);
			socket.terminate();
		}
	});
});

test('subprotocols that are none are no upgrade', async () => {
	const { attack, url, relay } = await attackedRoom();
	await attack(async () => {
		const before = relay.stats().sockets;
		for (const protocol of [',', 'a,,b', 'a b', 'a,a', '', '\u00e9'.repeat(3)]) {
			const socket = new WebSocket(`${url}/${ROOM}`, {
				headers: { authorization: `Bearer ${BOB}-1`, 'sec-websocket-protocol': protocol }
			});
			onTestFinished(() => socket.terminate());
			await Promise.race([once(socket, 'error'), once(socket, 'unexpected-response')]);
			socket.on('error', () => {});
			socket.terminate();
		}
		expect(relay.stats().sockets).toBeLessThanOrEqual(before);
	});
});
