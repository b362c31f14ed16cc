import * as encoding from 'lib0/encoding';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import {
	ALICE,
	BOB,
	CONVERSATION,
	EVE,
	openProvider,
	ROOM,
	startRelay,
	whenClosed,
	whenHolds,
	whenSynced
} from './relay.fixture';
import { BODY_BYTES_MAX, FRAME_BYTES_MAX } from '../src/lib/domain/limits';
import { CLOSE } from '../src/lib/protocol/closeCodes';
import { docSaying, holdsTexts, say, textsOf } from './writing.fixture';
import { encodeHeader } from '../src/lib/domain/entryCodec';
import { RawClient, type RawClientOptions } from './rawClient.fixture';
import { writeUpdate } from '../src/lib/protocol/updateWriter';
import type { DeletedRange, Struct } from '../src/lib/protocol/updateReader';

/** Bob attacks the room in which Alice and her other device talk. Their talk must go on, unchanged. */
async function talk() {
	const { url, log, relay } = await startRelay();
	const phone = openProvider(url, { session: `${ALICE}-phone`, doc: docSaying(ALICE, 'hello') });
	const laptop = openProvider(url, { session: `${ALICE}-laptop` });
	await whenHolds(laptop.doc, holdsTexts('hello'));
	await whenSynced(phone);
	const attacker = async (options: Partial<RawClientOptions> = {}) => {
		const client = new RawClient(url, { session: `${BOB}-1`, ...options });
		await client.opened;
		return client;
	};
	/** The code that the attacker's frames were refused with, once the others have talked on. */
	const refusal = async (client: RawClient) => {
		say(phone.doc, ALICE, 'still here');
		const { code } = await client.closed;
		await whenHolds(laptop.doc, holdsTexts('hello', 'still here'));
		const kept = new Y.Doc();
		const reader = openProvider(url, { session: `${ALICE}-reader`, doc: kept });
		await whenSynced(reader);
		await whenHolds(kept, holdsTexts('hello', 'still here'));
		expect(log.lines.some((line) => line.code === code)).toBe(true);
		return code;
	};
	return { url, relay, log, phone, laptop, attacker, refusal };
}

const VICTIM = 77;
const client = (id: number, structs: Partial<Struct>[], clock = 0) => {
	let next = clock;
	const whole = structs.map((struct) => {
		const made: Struct = {
			type: 'binary',
			length: 1,
			clock: next,
			origin: undefined,
			rightOrigin: undefined,
			root: undefined,
			mapKey: undefined,
			bytes: undefined,
			...struct
		};
		next += made.length;
		return made;
	});
	return { client: id, clock, structs: whole };
};
const header = (s: number) => encodeHeader({ kind: 1, s, stamp: { ms: 1, counter: 0 } });
const BODY = new Uint8Array([0, 126]);
const entryIn = (root: string, id: number) =>
	client(id, [
		{ root, bytes: header(0) },
		{ origin: { client: id, clock: 0 }, bytes: BODY }
	]);
const update = (clients: ReturnType<typeof client>[], deletes: DeletedRange[] = []) =>
	writeUpdate({ clients, deletes });

describe('a frame is refused, and the others talk on', () => {
	test("when it begins a log in another user's name", async () => {
		const { attacker, refusal } = await talk();
		const bob = await attacker();
		bob.sendUpdate(update([entryIn(`${ALICE}:${VICTIM}`, VICTIM)]));
		expect(await refusal(bob)).toBe(CLOSE.forbidden);
	});

	test("when it begins a log in the server's name", async () => {
		const { attacker, refusal } = await talk();
		const bob = await attacker();
		bob.sendUpdate(update([entryIn(`system:${VICTIM}`, VICTIM)]));
		expect(await refusal(bob)).toBe(CLOSE.forbidden);
	});

	test("when the root's name is of another client id", async () => {
		const { attacker, refusal } = await talk();
		const bob = await attacker();
		bob.sendUpdate(update([entryIn(`${BOB}:${VICTIM + 1}`, VICTIM)]));
		expect(await refusal(bob)).toBe(CLOSE.forbidden);
	});

	test("when the root's name is no log's", async () => {
		const { attacker, refusal } = await talk();
		const bob = await attacker();
		bob.sendStep2(update([entryIn('__proto__', VICTIM)]));
		expect(await refusal(bob)).toBe(CLOSE.forbidden);
	});

	test("when it goes on with another user's client id", async () => {
		const { attacker, refusal, phone } = await talk();
		const id = phone.doc.clientID;
		const bob = await attacker();
		bob.sendUpdate(
			update([
				client(
					id,
					[
						{ origin: { client: id, clock: 1 }, bytes: header(1) },
						{ origin: { client: id, clock: 2 }, bytes: BODY }
					],
					2
				)
			])
		);
		expect(await refusal(bob)).toBe(CLOSE.forbidden);
	});

	test("when an item's origin is another client's", async () => {
		const { attacker, refusal, phone } = await talk();
		const bob = await attacker();
		bob.sendUpdate(
			update([
				client(VICTIM, [
					{ origin: { client: phone.doc.clientID, clock: 1 }, bytes: header(0) },
					{ origin: { client: VICTIM, clock: 0 }, bytes: BODY }
				])
			])
		);
		expect(await refusal(bob)).toBe(CLOSE.forbidden);
	});

	test("when a later item's origin is not the item before it", async () => {
		const { attacker, refusal, phone } = await talk();
		const bob = await attacker();
		bob.sendUpdate(
			update([
				client(VICTIM, [
					{ root: `${BOB}:${VICTIM}`, bytes: header(0) },
					{ origin: { client: phone.doc.clientID, clock: 1 }, bytes: BODY }
				])
			])
		);
		expect(await refusal(bob)).toBe(CLOSE.forbidden);
	});

	test("when it deletes in another user's log", async () => {
		const { attacker, refusal, phone } = await talk();
		const bob = await attacker();
		bob.sendUpdate(update([], [{ client: phone.doc.clientID, clock: 1, length: 1 }]));
		expect(await refusal(bob)).toBe(CLOSE.forbidden);
	});

	test('when it holds text, maps or nested types', async () => {
		const { attacker, refusal } = await talk();
		for (const write of [
			(doc: Y.Doc) => doc.getText(`${BOB}:${doc.clientID}`).insert(0, 'text'),
			(doc: Y.Doc) => doc.getMap(`${BOB}:${doc.clientID}`).set('__proto__', new Uint8Array(2)),
			(doc: Y.Doc) => doc.getArray(`${BOB}:${doc.clientID}`).push([new Y.Array()]),
			(doc: Y.Doc) => doc.getArray(`${BOB}:${doc.clientID}`).push([new Y.Doc()]),
			(doc: Y.Doc) => doc.getArray(`${BOB}:${doc.clientID}`).push([{ any: 1 }])
		]) {
			const doc = new Y.Doc();
			write(doc);
			const bob = await attacker();
			bob.sendUpdate(Y.encodeStateAsUpdate(doc));
			expect((await bob.closed).code).toBe(CLOSE.badFrame);
		}
		const last = await attacker();
		last.sendUpdate(Y.encodeStateAsUpdateV2(docSaying(BOB, 'in the other encoding')));
		expect(await refusal(last)).toBe(CLOSE.badFrame);
	});

	test('when its items are no entries', async () => {
		const { attacker, refusal } = await talk();
		const root = `${BOB}:${VICTIM}`;
		for (const structs of [
			[{ root, bytes: header(0) }],
			[
				{ root, bytes: BODY },
				{ origin: { client: VICTIM, clock: 0 }, bytes: BODY }
			],
			[
				{ root, bytes: header(1) },
				{ origin: { client: VICTIM, clock: 0 }, bytes: BODY }
			],
			[
				{ root, bytes: header(0) },
				{ origin: { client: VICTIM, clock: 0 }, bytes: header(1) }
			],
			[
				{ root, bytes: header(0) },
				{ origin: { client: VICTIM, clock: 0 }, bytes: new Uint8Array() }
			]
		]) {
			const bob = await attacker();
			bob.sendUpdate(update([client(VICTIM, structs)]));
			expect((await bob.closed).code).toBe(CLOSE.badFrame);
		}
		const last = await attacker();
		const large = new Uint8Array(BODY_BYTES_MAX + 1);
		last.sendUpdate(
			update([
				client(VICTIM, [
					{ root, bytes: header(0) },
					{ origin: { client: VICTIM, clock: 0 }, bytes: large }
				])
			])
		);
		expect(await refusal(last)).toBe(CLOSE.tooLarge);
	});

	test('when it is malformed, whatever it claims', async () => {
		const { attacker, refusal } = await talk();
		const many = encoding.encode((encoder) => {
			encoding.writeVarUint(encoder, 1);
			encoding.writeVarUint(encoder, 33_000_000);
			encoding.writeVarUint(encoder, VICTIM);
		});
		const gc = encoding.encode((encoder) => {
			for (const number of [1, 1, VICTIM, 0, 0, 16_000_000, 0]) encoding.writeVarUint(encoder, number);
		});
		for (const bytes of [
			many,
			gc,
			new Uint8Array(200).fill(0x80),
			new Uint8Array([1]),
			new Uint8Array([0, 0, 0]),
			new Uint8Array()
		]) {
			const bob = await attacker();
			bob.sendUpdate(bytes);
			expect((await bob.closed).code).toBe(CLOSE.badFrame);
		}
		for (const frame of [[9], [0, 7, 0], [0, 2, 200], [0, 0, 1, 5], [1, 2, 1, 1], [2, 0], [100, 0], []]) {
			const bob = await attacker();
			bob.send(new Uint8Array(frame));
			expect((await bob.closed).code).toBe(CLOSE.badFrame);
		}
		const last = await attacker();
		last.socket.send('text');
		expect(await refusal(last)).toBe(CLOSE.badFrame);
	});

	test('when it is too large', async () => {
		const { attacker, refusal } = await talk();
		const far = await attacker();
		far.send(new Uint8Array(FRAME_BYTES_MAX * 5));
		expect((await far.closed).code).toBe(CLOSE.tooLarge);
		const bob = await attacker();
		bob.send(new Uint8Array(FRAME_BYTES_MAX + 1));
		expect(await refusal(bob)).toBe(CLOSE.tooLarge);
	});
});

describe('a room is refused', () => {
	test('to who has no session', async () => {
		const { attacker, refusal } = await talk();
		expect(await refusal(await attacker({ session: '' }))).toBe(CLOSE.logIn);
	});

	test('to who is not a member', async () => {
		const { attacker, refusal } = await talk();
		expect(await refusal(await attacker({ session: `${EVE}-1` }))).toBe(CLOSE.forbidden);
	});

	test('when no room can have its name', async () => {
		const { attacker, refusal } = await talk();
		for (const room of ['c/nonsense/0', `${ROOM}/1`, 'elsewhere', 'c/%FF/0']) {
			expect((await (await attacker({ room })).closed).code).toBe(CLOSE.noSuchRoom);
		}
		expect(await refusal(await attacker({ room: 'c' }))).toBe(CLOSE.noSuchRoom);
	});

	test('to a page of another site', async () => {
		const { attacker, refusal } = await talk();
		expect(await refusal(await attacker({ origin: 'https://evil.example' }))).toBe(CLOSE.forbidden);
	});

	test('for writing, when only the server writes in it', async () => {
		const { attacker, refusal } = await talk();
		for (const room of [`info/${CONVERSATION}`, `directory/${BOB}`]) {
			const bob = await attacker({ room });
			bob.sendStep2(Y.encodeStateAsUpdate(docSaying(BOB, 'mine')));
			expect((await bob.closed).code).toBe(CLOSE.forbidden);
		}
		const bob = await attacker({ room: `info/${CONVERSATION}` });
		bob.sendUpdate(say(new Y.Doc(), BOB, 'mine'));
		expect(await refusal(bob)).toBe(CLOSE.forbidden);
	});

	test('to a stock provider for good: it does not try again', async () => {
		const { url } = await talk();
		const provider = openProvider(url, { session: `${EVE}-1` });
		expect(await whenClosed(provider)).toBe(CLOSE.forbidden);
		expect(provider.shouldConnect).toBe(false);
	});
});

describe('an honest frame is not punished', () => {
	test("for other people's logs in a sync step 2: they are left out", async () => {
		const { url, attacker, phone } = await talk();
		const bob = await attacker({ query: 'ack=1' });
		const mine = docSaying(BOB, 'my own');
		Y.applyUpdate(mine, Y.encodeStateAsUpdate(docSaying(EVE, 'not mine to bring')));
		Y.applyUpdate(mine, Y.encodeStateAsUpdate(phone.doc));
		bob.sendStep2(Y.encodeStateAsUpdate(mine));
		await bob.hears('ack', ({ full, vector }) => !full && vector.get(mine.clientID) === 2);
		const reader = openProvider(url, { session: `${ALICE}-reader` });
		await whenSynced(reader);
		expect(textsOf(reader.doc)).toEqual(['hello', 'my own']);
	});

	test('for what the relay knows, its deletes included', async () => {
		const { attacker, phone, url } = await talk();
		phone.doc.getArray(`${ALICE}:${phone.doc.clientID}`).delete(1, 1);
		const bob = openProvider(url, { session: `${BOB}-1` });
		await whenSynced(bob);
		await whenHolds(bob.doc, holdsTexts());
		const again = await attacker({ query: 'ack=1' });
		again.sendUpdate(Y.encodeStateAsUpdate(bob.doc));
		await again.hears('ack', ({ full }) => !full);
	});

	test('for starting past what the relay has: it is dropped and asked for, once', async () => {
		const { attacker, laptop } = await talk();
		const bob = await attacker({ query: 'ack=1' });
		await bob.hears('step1');
		bob.sendStep2(new Uint8Array([0, 0]));
		bob.heard.length = 0;
		const doc = docSaying(BOB, 'first');
		bob.sendUpdate(say(doc, BOB, 'second'));
		bob.sendUpdate(say(doc, BOB, 'third'));
		await bob.hears('step1');
		bob.sendStep2(Y.encodeStateAsUpdate(doc));
		await bob.hears('ack', ({ vector }) => vector.get(doc.clientID) === 6);
		expect(bob.count('step1')).toBe(1);
		await whenHolds(laptop.doc, holdsTexts('first', 'hello', 'second', 'third'));
	});

	test('for deleting what the relay lacks: it is dropped and asked for', async () => {
		const { attacker } = await talk();
		const bob = await attacker();
		await bob.hears('step1');
		bob.sendStep2(new Uint8Array([0, 0]));
		bob.heard.length = 0;
		bob.sendUpdate(update([], [{ client: VICTIM, clock: 1, length: 1 }]));
		await bob.hears('step1');
	});

	test('for an empty sync step 2 in a room that it only reads', async () => {
		const { attacker } = await talk();
		const bob = await attacker({ room: `info/${CONVERSATION}` });
		bob.sendStep2(new Uint8Array([0, 0]));
		bob.sendStep1();
		await bob.hears('step2');
	});

	test('for its own log, carried and erased by another session', async () => {
		const { attacker, phone, laptop } = await talk();
		const other = await attacker({ session: `${ALICE}-tablet` });
		other.sendUpdate(update([], [{ client: phone.doc.clientID, clock: 1, length: 1 }]));
		await whenHolds(laptop.doc, holdsTexts());
	});

	test('for bare headers: a message cancelled before it was sent', async () => {
		const { url, laptop } = await talk();
		const doc = docSaying(BOB, 'cancelled', 'sent', 'cancelled too');
		const log = doc.getArray(`${BOB}:${doc.clientID}`);
		log.delete(5, 1);
		log.delete(1, 1);
		openProvider(url, { session: `${BOB}-1`, doc });
		await whenHolds(laptop.doc, holdsTexts('hello', 'sent'));
	});
});
