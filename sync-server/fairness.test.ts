import { describe, expect, onTestFinished, test } from 'vitest';
import * as Y from 'yjs';
import { ALICE, BOB, ROOM, startRelay } from './relay.fixture';
import { CLOSE } from '../src/lib/protocol/closeCodes';
import { decodeSyncMessage, encodeStep2, encodeUpdate } from './syncMessages';
import { docSaying, say, textsOf } from './writing.fixture';
import { FRAME_BYTES_MAX } from '../src/lib/domain/limits';
import { memoryRoomStore } from './memoryRoomStore';
import { RawClient } from './rawClient.fixture';
import { LinkClient } from './linkClient.fixture';
import { startProxy } from '../tests/kit/proxy';

const STEP_1 = new Uint8Array([0, 0, 1, 0]);
const isOf = (type: string) => (data: Uint8Array) => decodeSyncMessage(data)?.type === type;
const HOME = `home/${ALICE}`;

/** A relay whose room holds about 1.5 MB, reached over a line of 400 kB/s. */
async function slowLine() {
	const store = memoryRoomStore();
	const history = docSaying(BOB, ...Array.from({ length: 100 }, (_, i) => `${i} ${'x'.repeat(15_000)}`));
	await store.append([{ room: ROOM, update: Y.encodeStateAsUpdate(history) }]);
	const started = await startRelay({ store });
	const { port } = new URL(started.url);
	const proxy = await startProxy(() => Number(port));
	onTestFinished(() => proxy.close());
	proxy.throttle({ bytesPerSecond: 400_000, roundTripMs: 20 });
	return { ...started, history, slowUrl: started.url.replace(port, String(proxy.port)) };
}

describe('on a slow line', () => {
	test.each([
		['the open conversation', true],
		['another one in the background', false]
	])('what is said in %s is not behind the history of a room', async (_name, isFirst) => {
		const { url, slowUrl } = await slowLine();
		const phone = await LinkClient.open(slowUrl, `${ALICE}-phone`);
		phone.openRoom(1);
		phone.openRoom(2, HOME);
		if (isFirst) phone.send({ op: 'rank', channel: 2, isFirst });
		await phone.hearsOn(2, isOf('step1'));
		phone.send({ op: 'data', channel: 1, data: STEP_1 });
		await phone.hears(({ op }) => op === 'part');
		const laptop = new RawClient(url, { session: `${ALICE}-laptop`, room: HOME, query: 'ack=1' });
		await laptop.hears('ack');
		laptop.sendUpdate(say(new Y.Doc(), ALICE, 'urgent'));
		await phone.hearsOn(2, isOf('update'));
		const before = phone.frames.reduce((sum, frame) => sum + ('data' in frame ? frame.data.length : 0), 0);
		expect(before).toBeLessThan(700_000);
		expect(phone.messages.some(({ channel, data }) => channel === 1 && isOf('step2')(data))).toBe(false);
	});

	test('the history arrives whole, in parts', async () => {
		const { url, history } = await slowLine();
		const phone = await LinkClient.open(url, `${ALICE}-phone`);
		phone.openRoom(1);
		phone.send({ op: 'data', channel: 1, data: STEP_1 });
		await phone.hearsOn(1, isOf('step2'));
		const doc = new Y.Doc();
		for (const { channel, data } of phone.messages) {
			const message = channel === 1 ? decodeSyncMessage(data) : undefined;
			if (message?.type === 'update' || message?.type === 'step2') Y.applyUpdate(doc, message.payload);
		}
		expect(doc.store.pendingStructs).toBeNull();
		expect(textsOf(doc)).toEqual(textsOf(history));
		expect(phone.frames.filter(({ op }) => op === 'part').length).toBeGreaterThan(80);
	});

	test('a word of what has changed says so only once the history before it is sent', async () => {
		const { slowUrl, relay } = await slowLine();
		const phone = await LinkClient.open(slowUrl, `${ALICE}-phone`);
		phone.send({ op: 'since', channel: 0, position: 0 });
		await phone.hears(({ op }) => op === 'changes');
		phone.openRoom(1);
		phone.send({ op: 'data', channel: 1, data: STEP_1 });
		await phone.hears(({ op }) => op === 'part');
		phone.frames.length = 0;
		await relay.append(ROOM, BOB, [{ kind: 1, body: new Uint8Array([0, 126]) }]);
		await phone.hears(({ op }) => op === 'changes');
		expect(phone.messages.some(({ data }) => isOf('step2')(data))).toBe(true);
	});

	test('a channel that is closed sends no more of what it had begun', async () => {
		const { slowUrl, relay } = await slowLine();
		const phone = await LinkClient.open(slowUrl, `${ALICE}-phone`);
		phone.openRoom(1);
		phone.send({ op: 'data', channel: 1, data: STEP_1 });
		await phone.hears(({ op }) => op === 'part');
		phone.send({ op: 'close', channel: 1, code: 1000, reason: '' });
		phone.send({ op: 'ping', channel: 0 });
		await phone.hears(({ op }) => op === 'pong');
		const { length } = phone.frames;
		expect(relay.stats().queuedBytes).toBeLessThan(300_000);
		phone.send({ op: 'ping', channel: 0 });
		await phone.hears((frame) => frame.op === 'pong' && phone.frames.indexOf(frame) >= length);
		expect(phone.messages.some(({ data }) => isOf('step2')(data))).toBe(false);
	});
});

describe('what a device sends in parts', () => {
	const inParts = (link: LinkClient, channel: number, message: Uint8Array, bytes = 16_384) => {
		let at = 0;
		for (; at + bytes < message.length; at += bytes)
			link.send({ op: 'part', channel, data: message.subarray(at, at + bytes) });
		link.send({ op: 'data', channel, data: message.subarray(at) });
	};
	const long = (user: string, times: number) =>
		docSaying(user, ...Array.from({ length: times }, (_, i) => `${i} ${'x'.repeat(15_000)}`));

	test('is put together, other messages in between', async () => {
		const { url, relay } = await startRelay();
		const link = await LinkClient.open(url, `${ALICE}-1`);
		link.openRoom(1);
		await link.hearsOn(1, isOf('step1'));
		const doc = long(ALICE, 10);
		const message = encodeStep2(Y.encodeStateAsUpdate(doc));
		link.send({ op: 'part', channel: 1, data: message.subarray(0, 100_000) });
		link.openRoom(2, HOME);
		link.send({ op: 'data', channel: 2, data: encodeUpdate(say(new Y.Doc(), ALICE, 'note')) });
		inParts(link, 1, message.subarray(100_000));
		await link.hearsOn(1, (data) => data[0] === 100 && data[1] === 0);
		expect(await relay.entries(ROOM)).toHaveLength(10);
		expect(await relay.entries(HOME)).toHaveLength(1);
	});

	test('closes its channel when it becomes larger than a frame may be', async () => {
		const { url } = await startRelay();
		const link = await LinkClient.open(url, `${ALICE}-1`);
		link.openRoom(1);
		inParts(link, 1, new Uint8Array(FRAME_BYTES_MAX + 1));
		await link.hears((frame) => frame.op === 'close' && frame.code === CLOSE.tooLarge);
	});

	test('closes the channel that takes more of the relay than one link may', async () => {
		const { url } = await startRelay();
		const link = await LinkClient.open(url, `${ALICE}-1`);
		for (let channel = 1; channel <= 12; channel++) {
			link.openRoom(channel, channel % 2 === 0 ? ROOM : HOME);
			link.send({ op: 'part', channel, data: new Uint8Array(200_000) });
		}
		const frame = await link.hears(({ op }) => op === 'close');
		expect(frame).toMatchObject({ channel: 11, code: CLOSE.tooLarge });
	});

	test('ends the link when its parts are tiny', async () => {
		const { url } = await startRelay();
		const link = await LinkClient.open(url, `${ALICE}-1`);
		link.openRoom(1);
		link.send({ op: 'part', channel: 1, data: new Uint8Array(100) });
		expect(await link.closed).toBe(CLOSE.badFrame);
	});
});
