/** A log holds bytes alone: whatever else Yjs knows is refused before Yjs sees it. */
import * as Y from 'yjs';
import { expect, test } from 'vitest';
import { BOB, whenHolds } from '../relay.fixture';
import { attackedRoom } from './bystanders.fixture';
import {
	BODY,
	foreignContents,
	FORGED,
	header,
	nestedAny,
	OWN_ROOT,
	section,
	updateOf
} from './hostileUpdates.fixture';
import { BODY_BYTES_MAX, HEADER_BYTES_MAX } from '../../src/lib/domain/limits';
import { CLOSE } from '../../src/lib/protocol/closeCodes';
import { docSaying } from '../writing.fixture';

test.each(foreignContents(BOB))('%s is refused', async (_, write) => {
	const { attack, attacker } = await attackedRoom();
	await attack(async () => {
		for (const how of ['sendUpdate', 'sendStep2'] as const) {
			const doc = new Y.Doc();
			write(doc);
			const bob = await attacker({ session: `${BOB}-1` });
			bob[how](Y.encodeStateAsUpdate(doc));
			expect((await bob.closed).code).toBe(CLOSE.badFrame);
		}
	});
});

test('60 kB of nested any is refused unread', async () => {
	const { attack, attacker } = await attackedRoom();
	await attack(async () => {
		const bob = await attacker({ session: `${BOB}-1` });
		bob.sendUpdate(nestedAny(OWN_ROOT));
		expect((await bob.closed).code).toBe(CLOSE.badFrame);
	});
});

test("60 kB of nested any as a message's body is bytes like others: no reader follows it down", async () => {
	const { attack, attacker, talk } = await attackedRoom();
	const deep = new Uint8Array([0, ...new Array<number[]>(30_000).fill([117, 1]).flat(), 126]);
	const entry = section(FORGED, [
		{ root: OWN_ROOT, bytes: header(0) },
		{ origin: { client: FORGED, clock: 0 }, bytes: deep }
	]);
	await attack(async () => {
		const bob = await attacker({ session: `${BOB}-1`, query: 'ack=1' });
		bob.sendUpdate(updateOf([entry]));
		await bob.hears('ack', ({ vector }) => vector.get(FORGED) === 2);
		await whenHolds(talk.laptop.doc, (doc) => Y.getState(doc.store, FORGED) === 2);
	}, ['?']);
});

test('a header of a later version may hold more, and not so much that it is a text that can never be erased', async () => {
	const { attack, attacker } = await attackedRoom();
	const entryOf = (headerBytes: number, client = FORGED) => {
		const long = new Uint8Array(headerBytes);
		long.set(header(0));
		long[0] = 0x80 | 127;
		return updateOf([
			section(client, [
				{ root: `${BOB}:${client}`, bytes: long },
				{ origin: { client, clock: 0 }, bytes: BODY }
			])
		]);
	};
	await attack(async () => {
		for (const how of ['sendUpdate', 'sendStep2'] as const) {
			const bob = await attacker({ session: `${BOB}-1` });
			bob[how](entryOf(HEADER_BYTES_MAX + 1, FORGED + 1));
			expect((await bob.closed).code).toBe(CLOSE.tooLarge);
		}
		const bob = await attacker({ session: `${BOB}-1`, query: 'ack=1' });
		bob.sendUpdate(entryOf(HEADER_BYTES_MAX));
		await bob.hears('ack', ({ vector }) => vector.get(FORGED) === 2);
	}, ['?']);
});

test('an entry that is right in all but that it stands under a key is refused', async () => {
	const { attack, attacker } = await attackedRoom();
	const [name, key] = [OWN_ROOT, 'k'].map((text) => [text.length, ...new TextEncoder().encode(text)]);
	const keyed = [0x23, 1, ...name!, ...key!, header(0).length, ...header(0)];
	const body = [0x83, FORGED, 0, BODY.length, ...BODY];
	await attack(async () => {
		const bob = await attacker({ session: `${BOB}-1` });
		bob.sendUpdate(new Uint8Array([1, 2, FORGED, 0, ...keyed, ...body, 0]));
		expect((await bob.closed).code).toBe(CLOSE.badFrame);
	});
});

test('V2 encoding is refused', async () => {
	const { attack, attacker } = await attackedRoom();
	await attack(async () => {
		for (const how of ['sendUpdate', 'sendStep2'] as const) {
			const bob = await attacker({ session: `${BOB}-1` });
			bob[how](Y.encodeStateAsUpdateV2(docSaying(BOB, 'in the other encoding')));
			expect((await bob.closed).code).toBe(CLOSE.badFrame);
		}
	});
});

const first = { root: OWN_ROOT, bytes: header(0) };
const behind = { client: FORGED, clock: 0 };
test.each([
	['half an entry', [first], CLOSE.badFrame],
	[
		'two bodies',
		[
			{ root: OWN_ROOT, bytes: BODY },
			{ origin: behind, bytes: BODY }
		],
		CLOSE.badFrame
	],
	['two headers', [first, { origin: behind, bytes: header(1) }], CLOSE.badFrame],
	[
		"another entry's header",
		[
			{ root: OWN_ROOT, bytes: header(1) },
			{ origin: behind, bytes: BODY }
		],
		CLOSE.badFrame
	],
	['an empty body', [first, { origin: behind, bytes: new Uint8Array() }], CLOSE.badFrame],
	[
		'an empty header',
		[
			{ root: OWN_ROOT, bytes: new Uint8Array() },
			{ origin: behind, bytes: BODY }
		],
		CLOSE.badFrame
	],
	[
		'a body over its size',
		[first, { origin: behind, bytes: new Uint8Array(BODY_BYTES_MAX + 1) }],
		CLOSE.tooLarge
	],
	[
		'a live body behind an erased header',
		[
			{ type: 'deleted', root: OWN_ROOT },
			{ origin: behind, bytes: BODY }
		],
		CLOSE.badFrame
	]
] as const)('items that are no entry are refused: %s', async (_, structs, code) => {
	const { attack, attacker } = await attackedRoom();
	await attack(async () => {
		const bob = await attacker({ session: `${BOB}-1` });
		bob.sendUpdate(updateOf([section(FORGED, structs)]));
		expect((await bob.closed).code).toBe(code);
	});
});
