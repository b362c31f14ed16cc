/** What comes before the relay knows who asks, or from who may not. */
import * as encoding from 'lib0/encoding';
import { connect } from 'node:net';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import {
	ALICE,
	authenticate,
	BOB,
	CONVERSATION,
	EVE,
	openProvider,
	ROOM,
	whenClosed
} from '../relay.fixture';
import { attackedRoom } from './bystanders.fixture';
import { CLOSE } from '../../src/lib/protocol/closeCodes';
import { decodeLinkFrame, encodeLinkFrame } from '../../src/lib/protocol/linkFrames';
import { docSaying, say } from '../writing.fixture';
import { maskedFrame } from '../maskedFrame.fixture';
import { openLink } from '../limited.fixture';
import { firstEntry, FORGED, updateOf } from './hostileUpdates.fixture';

test('a frame sent before authentication has finished is not read before it has, and not at all if it fails', async () => {
	let asked = 0;
	let letGo = () => {};
	const gate = new Promise<void>((resolve) => {
		letGo = resolve;
	});
	const { attack, attacker } = await attackedRoom({
		access: {
			async authenticate(headers) {
				if (headers.authorization?.includes('nobody') !== true) return authenticate(headers);
				asked += 1;
				await gate;
				return undefined;
			}
		}
	});
	const update = updateOf([firstEntry(`${ALICE}:${FORGED}`)]);
	await attack(async () => {
		const clients = [];
		for (let i = 0; i < 50; i++) {
			const client = await attacker({ session: `nobody-${i}` });
			client.sendUpdate(update);
			client.sendStep1();
			clients.push(client);
		}
		for (const client of clients) await client.answered();
		expect(asked).toBe(50);
		letGo();
		for (const client of clients) {
			expect((await client.closed).code).toBe(CLOSE.logIn);
			expect(client.heard).toEqual([]);
		}
	});
});

test('who floods before authentication has finished is cut, and nothing of it is kept', async () => {
	const { longAttack, attacker } = await attackedRoom({
		access: {
			authenticate: (headers) =>
				headers.authorization?.includes('nobody') === true ? new Promise(() => {}) : authenticate(headers)
		}
	});
	await longAttack(async () => {
		// A socket of a room, and a link.
		for (const room of [ROOM, '']) {
			const client = await attacker({ session: 'nobody-1', room });
			for (let i = 0; i < 20; i++) client.send(new Uint8Array(200_000));
			expect((await client.closed).code).toBe(CLOSE.unavailable);
		}
	});
});

test('who is refused and sends on hears the code, and is not read', async () => {
	const { longAttack, url } = await attackedRoom();
	// What lies between takes some megabytes of it.
	const [messages, taken] = [100, 24_000_000];
	const head = Buffer.from([0x82, 0xff, 0, 0, 0, 0, 0, 0x0f, 0x42, 0x40, 0, 0, 0, 0]);
	const message = Buffer.concat([head, Buffer.alloc(1_000_000)]);
	await longAttack(async (underWay) => {
		underWay();
		// Without a session, and refused for what it says.
		for (const [session, code] of [
			['', CLOSE.logIn],
			[`${BOB}-1`, CLOSE.badFrame]
		] as const) {
			const socket = connect(Number(new URL(url).port), '127.0.0.1');
			onTestFinished(() => void socket.destroy());
			let left = messages;
			const writeOn = () => {
				while (left > 0 && socket.write(message)) left -= 1;
			};
			const heard: Buffer[] = [];
			const isCut = new Promise<void>((resolve) => {
				socket.on('error', () => socket.destroy());
				socket.on('close', () => resolve());
			});
			socket.on('drain', writeOn);
			socket.on('data', (data: Buffer) => heard.push(data));
			socket.write(
				[
					`GET /sync/${ROOM} HTTP/1.1`,
					'Host: 127.0.0.1',
					'Connection: Upgrade',
					'Upgrade: websocket',
					'Sec-WebSocket-Version: 13',
					'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
					`Authorization: Bearer ${session}\r\n\r\n`
				].join('\r\n')
			);
			socket.write(maskedFrame(new Uint8Array([9, 9])));
			writeOn();
			await isCut;
			expect(Buffer.concat(heard).includes(Buffer.from([code >> 8, code & 255]))).toBe(true);
			expect((messages - left) * message.length).toBeLessThan(taken);
		}
	});
});

test('10,000 joins to rooms that do not exist: each is refused, and none is made', async () => {
	const { longAttack, url, relay } = await attackedRoom();
	const rooms = [
		(i: number) => `c/d-${ALICE}-${String(i).padStart(16, '0')}/0`,
		(i: number) => `c/${CONVERSATION}/${i + 2}`,
		(i: number) => `home/${String(i).padStart(16, '0')}`,
		(i: number) => `nonsense/${i}`
	];
	await longAttack(async (underWay) => {
		const link = new WebSocket(url, { headers: { authorization: `Bearer ${BOB}-1` } });
		await once(link, 'open');
		const codes = new Map<number, number>();
		let closed = 0;
		const all = new Promise<void>((resolve) => {
			link.on('message', (data: Buffer) => {
				const frame = decodeLinkFrame(new Uint8Array(data));
				if (frame?.op !== 'close') return;
				codes.set(frame.code, (codes.get(frame.code) ?? 0) + 1);
				if (++closed === 10_000) resolve();
			});
		});
		underWay();
		for (let i = 0; i < 10_000; i++) {
			const room = rooms[i % rooms.length]!(i);
			link.send(encodeLinkFrame({ op: 'open', channel: i + 1, room, query: '' }));
			// As a network would: a hundred joins at a time.
			if (i % 100 === 99) await new Promise((resolve) => setImmediate(resolve));
		}
		await all;
		link.terminate();
		expect([...codes.keys()].sort()).toEqual([CLOSE.forbidden, CLOSE.noSuchRoom]);
		expect(relay.stats().rooms).toBe(1);
	});
});

test('rooms that no room can be called are refused', async () => {
	const { attack, attacker } = await attackedRoom();
	await attack(async () => {
		for (const room of [
			'c/nonsense/0',
			`${ROOM}/1`,
			'elsewhere',
			'c/%FF/0',
			'c',
			'__proto__',
			'home/__proto__'
		]) {
			expect((await (await attacker({ session: `${BOB}-1`, room })).closed).code).toBe(CLOSE.noSuchRoom);
		}
	});
});

test('a link is at `/sync`, with or without a slash behind it', async () => {
	const { attack, url } = await attackedRoom();
	await attack(async () => {
		for (const address of [url, `${url}/`, `${url}?a=1`, `${url}/?a=1`]) {
			const link = await openLink(address, `${BOB}-1`);
			await link.answered();
			link.socket.terminate();
		}
	});
});

test('who has no session, or is no member, is refused', async () => {
	const { attack, attacker } = await attackedRoom();
	await attack(async () => {
		expect((await (await attacker({ session: '' })).closed).code).toBe(CLOSE.logIn);
		const eve = await attacker({ session: `${EVE}-1` });
		eve.sendStep2(Y.encodeStateAsUpdate(docSaying(EVE, 'let me in')));
		expect((await eve.closed).code).toBe(CLOSE.forbidden);
		expect(eve.heard).toEqual([]);
	});
});

test('a stock provider that is refused stays away', async () => {
	const { attack, url } = await attackedRoom();
	await attack(async () => {
		const provider = openProvider(url, { session: `${EVE}-1` });
		expect(await whenClosed(provider)).toBe(CLOSE.forbidden);
		expect(provider.shouldConnect).toBe(false);
	});
});

test('rooms that only the server writes are refused for writing', async () => {
	const { attack, attacker } = await attackedRoom();
	await attack(async () => {
		for (const room of [`info/${CONVERSATION}`, `directory/${BOB}`]) {
			for (const how of ['sendStep2', 'sendUpdate'] as const) {
				const bob = await attacker({ session: `${BOB}-1`, room });
				bob[how](say(new Y.Doc(), BOB, 'mine'));
				expect((await bob.closed).code).toBe(CLOSE.forbidden);
			}
		}
	});
});

test('a page of another site is refused, one without an origin of its own too; who is no browser comes in', async () => {
	const { attack, attacker } = await attackedRoom({
		access: {
			allowsOrigin: ({ headers }) =>
				headers.origin === undefined || headers.origin === `http://${headers.host}`
		}
	});
	await attack(async () => {
		for (const origin of [
			'https://evil.example',
			'null',
			'http://127.0.0.1',
			'http://127.0.0.1.evil.example',
			'file://'
		])
			expect((await (await attacker({ session: `${BOB}-1`, origin })).closed).code).toBe(CLOSE.forbidden);
		const missing = await attacker({ session: `${BOB}-1` });
		await missing.hears('step1');
	});
});

test('frames that no message and no link can have are refused', async () => {
	const { attack, attacker } = await attackedRoom();
	await attack(async () => {
		for (const frame of [[9], [0, 7, 0], [0, 2, 200], [0, 0, 1, 5], [1, 2, 1, 1], [2, 0], [100, 0], []]) {
			const bob = await attacker({ session: `${BOB}-1` });
			bob.send(new Uint8Array(frame));
			expect((await bob.closed).code).toBe(CLOSE.badFrame);
		}
		const endless = encoding.encode((encoder) =>
			encoding.writeUint8Array(encoder, new Uint8Array(200).fill(0x80))
		);
		for (const frame of [[], [9], [1, 9], [0, 1], [0, 8, 1], endless]) {
			const bob = await attacker({ session: `${BOB}-1`, room: '' });
			bob.send(new Uint8Array(frame));
			expect((await bob.closed).code).toBe(CLOSE.badFrame);
		}
		const text = await attacker({ session: `${BOB}-1` });
		text.socket.send('text');
		expect((await text.closed).code).toBe(CLOSE.badFrame);
	});
});
