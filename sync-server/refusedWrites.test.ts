/** What is over a limit of the formats is refused with a code and a reason, and both show in the meters. */
import { expect, test } from 'vitest';
import { BOB } from './relay.fixture';
import { firstEntry, header, section, updateOf, varints } from './attacks/hostileUpdates.fixture';
import {
	BODY_BYTES_MAX,
	FRAME_BYTES_MAX,
	FRAME_CLIENTS_MAX,
	FRAME_STRUCTS_MAX,
	LOG_ITEMS_MAX
} from '../src/lib/domain/limits';
import { CLOSE } from '../src/lib/protocol/closeCodes';
import { ANSWER_BYTES_MAX, PAYLOAD_BYTES_MAX } from './limits';
import { encodeStep2, encodeUpdate } from './syncMessages';
import { RawClient } from './rawClient.fixture';
import { startLimited } from './limited.fixture';
import type { RelayLimits } from './limits';

const CLIENT = 77;
const root = `${BOB}:${CLIENT}`;
const clients = (count: number) =>
	updateOf(Array.from({ length: count }, (_, i) => firstEntry(`${BOB}:${1_000 + i}`, 1_000 + i)));
const body = (bytes: Uint8Array) =>
	updateOf([
		section(CLIENT, [
			{ root, bytes: header(0) },
			{ origin: { client: CLIENT, clock: 0 }, bytes }
		])
	]);
const large = body(new Uint8Array(2_000).fill(1));
/** Struct by struct, each of two bytes. */
const structs = (count: number) =>
	new Uint8Array([...varints(1, count, CLIENT, 0), ...new Uint8Array(2 * count).fill(1), 0]);

interface Refused {
	readonly code: number;
	readonly reason: string;
	readonly frame: Uint8Array;
	readonly limits?: Partial<RelayLimits>;
}

const LIMITS: readonly (readonly [string, Refused])[] = [
	[
		'a frame',
		{
			code: CLOSE.tooLarge,
			reason: `a frame is over ${FRAME_BYTES_MAX} bytes`,
			frame: new Uint8Array(FRAME_BYTES_MAX + 1)
		}
	],
	[
		'an answer to the relay',
		{
			code: CLOSE.tooLarge,
			reason: `a frame is over ${ANSWER_BYTES_MAX} bytes`,
			frame: encodeStep2(new Uint8Array(ANSWER_BYTES_MAX + 1))
		}
	],
	[
		'anything',
		{ code: CLOSE.tooLarge, reason: 'a frame is far too large', frame: new Uint8Array(PAYLOAD_BYTES_MAX + 1) }
	],
	[
		'an entry',
		{
			code: CLOSE.tooLarge,
			reason: 'a body is too large',
			frame: encodeUpdate(body(new Uint8Array(BODY_BYTES_MAX + 1)))
		}
	],
	[
		'the structs of a frame',
		{ code: CLOSE.badFrame, reason: 'too many structs', frame: encodeUpdate(structs(FRAME_STRUCTS_MAX + 1)) }
	],
	[
		'the client ids of a frame',
		{
			code: CLOSE.tooLarge,
			reason: `over ${FRAME_CLIENTS_MAX} clients in a frame`,
			frame: encodeUpdate(clients(FRAME_CLIENTS_MAX + 1))
		}
	],
	[
		'a log',
		{
			code: CLOSE.tooLarge,
			reason: `over ${LOG_ITEMS_MAX} items in a log`,
			frame: encodeUpdate(updateOf([section(CLIENT, [{ type: 'deleted', root, length: LOG_ITEMS_MAX + 2 }])]))
		}
	],
	[
		'the logs of a user in a segment',
		{
			code: CLOSE.storeFull,
			reason: 'over 3 logs of a user in a segment',
			frame: encodeUpdate(clients(4)),
			limits: { segmentLogsMax: 3 }
		}
	],
	[
		'the entries of a user in a room',
		{
			code: CLOSE.storeFull,
			reason: 'over 3 entries of a user in a room',
			frame: encodeUpdate(clients(4)),
			limits: { roomEntriesMax: 3 }
		}
	],
	[
		'the bytes of a user in a room',
		{
			code: CLOSE.storeFull,
			reason: 'over 1000 bytes in a room',
			frame: encodeUpdate(large),
			limits: { roomBytesMax: 1_000 }
		}
	],
	[
		'the bytes of a user',
		{
			code: CLOSE.storeFull,
			reason: 'over 1000 bytes of a user',
			frame: encodeUpdate(large),
			limits: { userBytesMax: 1_000 }
		}
	]
];

test.each(LIMITS)(
	'%s over its limit closes the channel, and the meters and the log say why',
	async (_, { code, reason, frame, limits = {} }) => {
		const { url, refusals, log } = await startLimited(limits);
		const bob = new RawClient(url, { session: `${BOB}-1` });
		await bob.hears('step1');
		bob.send(frame);
		const closed = await bob.closed;
		// One that is far too large is closed by WebSocket's own code, in the midst of it.
		if (frame.length <= PAYLOAD_BYTES_MAX) expect(closed).toEqual({ code, reason });
		expect(refusals).toEqual([`${code} ${reason}`]);
		expect(log.lines).toContainEqual(
			expect.objectContaining({ code, message: expect.stringContaining(reason) })
		);
	}
);

test('what is at its limit is taken', async () => {
	const { url, refusals } = await startLimited({ segmentLogsMax: 4, roomEntriesMax: 4 });
	const bob = new RawClient(url, { session: `${BOB}-1`, query: 'ack=1' });
	await bob.hears('ack');
	bob.sendUpdate(clients(4));
	await bob.hears('ack', ({ vector }) => vector.size === 4);
	const atHome = new RawClient(url, { session: `${BOB}-1`, room: `home/${BOB}`, query: 'ack=1' });
	await atHome.hears('ack');
	atHome.sendUpdate(body(new Uint8Array(BODY_BYTES_MAX).fill(1)));
	await atHome.hears('ack', ({ vector }) => vector.get(CLIENT) === 2);
	expect(refusals).toEqual([]);
});
