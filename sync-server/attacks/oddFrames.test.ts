/** What WebSocket lets a client do beside messages: compression, pings without end, rooms named by escapes. */
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { attackedRoom } from './bystanders.fixture';
import { BOB, EVE, ROOM } from '../relay.fixture';
import { encodeReport } from '../../src/lib/protocol/presenceWords';
import { openLink } from '../limited.fixture';
import type { LinkFrame } from '../../src/lib/protocol/linkFrames';
import { CLOSE } from '../../src/lib/protocol/closeCodes';
import { PAYLOAD_BYTES_MAX } from '../limits';

const PINGS = 20_000;
const PING_BYTES = 125;
const INVALID_FRAME = 1002;
/** A binary message of one byte, masked with zeros, that says it is compressed (RFC 7692, section 6). */
const COMPRESSED = Buffer.from([0b1100_0010, 0b1000_0001, 0, 0, 0, 0, 0]);

test('compression that is asked for is not agreed on, and who compresses all the same is cut: nothing is inflated', async () => {
	const { attack, url } = await attackedRoom();
	await attack(async () => {
		const headers = { authorization: `Bearer ${BOB}-1` };
		const client = new WebSocket(`${url}/${ROOM}`, { headers, perMessageDeflate: true });
		onTestFinished(() => client.terminate());
		const [[{ socket }]] = await Promise.all([once(client, 'upgrade'), once(client, 'open')]);
		expect(client.extensions).toBe('');
		const closed = once(client, 'close');
		socket.write(COMPRESSED);
		expect((await closed)[0]).toBe(INVALID_FRAME);
	});
});

/** The beginning of a binary message of a client that is to have so many bytes, of which none has come (RFC 6455, section 5.2). */
function announcing(bytes: number, { last }: { last: boolean }): Buffer {
	const header = Buffer.alloc(14);
	header[0] = (last ? 0x80 : 0) | 2;
	header[1] = 0x80 | 127;
	header.writeBigUInt64BE(BigInt(bytes), 2);
	return header;
}

test.each([
	['in one', announcing(PAYLOAD_BYTES_MAX + 1, { last: true })],
	['in fragments', announcing(PAYLOAD_BYTES_MAX + 1, { last: false })]
])(
	'a message larger than any, %s, is refused by its beginning: nothing of it is waited for',
	async (_, begun) => {
		const { attack, attacker } = await attackedRoom();
		await attack(async () => {
			const bob = await attacker({ session: `${BOB}-1` });
			await bob.hears('step1');
			const closed = once(bob.socket, 'close');
			(bob.socket as unknown as { _socket: Socket })._socket.write(begun);
			expect((await closed)[0]).toBe(CLOSE.tooLarge);
		});
	}
);

const MEGABYTES = '&a'.repeat(2_000_000);

test.each<[string, LinkFrame]>([
	['query', { op: 'open', channel: 1, room: ROOM, query: MEGABYTES }],
	["room's name", { op: 'open', channel: 1, room: `c/${MEGABYTES}`, query: '' }],
	['reason', { op: 'close', channel: 1, code: 1000, reason: MEGABYTES }],
	['report', { op: 'presence', channel: 0, data: encodeReport({ presence: 'here', writingIn: MEGABYTES }) }]
])('a %s of megabytes on a link is not read, and ends it', async (_, word) => {
	const { attack, url, relay } = await attackedRoom();
	await attack(async () => {
		const before = relay.stats().channels;
		const link = await openLink(url, `${BOB}-1`);
		link.send(word);
		link.send({ op: 'ping', channel: 0 });
		expect(await Promise.race([link.closed, link.hears('pong')])).toBe(CLOSE.badFrame);
		await expect.poll(() => relay.stats().channels).toBe(before);
	});
});

test('pings by the thousand are answered in turn, and nobody else waits for them', async () => {
	const { longAttack, attacker, relay } = await attackedRoom();
	await longAttack(async (underWay) => {
		const bob = await attacker({ session: `${BOB}-1` });
		await bob.hears('step1');
		let pongs = 0;
		const all = new Promise<void>((resolve) =>
			bob.socket.on('pong', () => {
				if (++pongs === PINGS) resolve();
			})
		);
		const left = once(bob.socket, 'close').then(() => undefined);
		underWay();
		for (let i = 0; i < PINGS; i++) bob.socket.ping(Buffer.alloc(PING_BYTES));
		await Promise.race([all, left]);
		await expect.poll(() => relay.stats().queuedBytes).toBe(0);
	});
});

test('a room that is named by escapes is that room, with the rights that one has there', async () => {
	const { attack, attacker, relay } = await attackedRoom();
	const escaped = encodeURIComponent(ROOM);
	await attack(async () => {
		expect((await (await attacker({ session: `${EVE}-1`, room: escaped })).closed).code).toBe(
			CLOSE.forbidden
		);
		await (await attacker({ session: `${BOB}-1`, room: escaped })).hears('step1');
		expect(relay.stats().rooms).toBe(1);
		for (const room of [
			`x%2F..%2F${escaped}`,
			`.%2F${escaped}`,
			`${escaped}%00`,
			`%2F${escaped}`,
			`${ROOM}%2F`
		])
			expect((await (await attacker({ session: `${BOB}-1`, room })).closed).code, room).toBe(
				CLOSE.noSuchRoom
			);
	});
});
