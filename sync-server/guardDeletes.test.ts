import { expect, test } from 'vitest';
import { randomBytes } from 'node:crypto';
import * as Y from 'yjs';
import { ALICE, BOB, keptLog, NOW } from './relay.fixture';
import { CLOSE } from '../src/lib/protocol/closeCodes';
import { isHeader } from '../src/lib/domain/entryCodec';
import { judge } from './guard';
import { KIND } from '../src/lib/domain/entry';
import { mergeRanges } from './deletedRanges';
import type { DeletedRange } from '../src/lib/protocol/updateReader';
import { MintedClients } from './mintedClients';
import { RoomDocument } from './roomDocument';
import { write } from './writing.fixture';
import { writeUpdate } from '../src/lib/protocol/updateWriter';
import type { FrameKind, RoomView } from './verdict';

/** A room that holds one entry of each given kind, written by Alice. */
function roomOf(...kinds: number[]) {
	const doc = new Y.Doc();
	for (const kind of kinds) write(doc, ALICE, { kind });
	const options = { room: 'r', now: () => NOW, randomBytes, log: keptLog(), minted: new MintedClients() };
	return { doc, client: doc.clientID, room: new RoomDocument([Y.encodeStateAsUpdate(doc)], options) };
}

type Held = ReturnType<typeof roomOf>;

function take({ room }: Held, deletes: DeletedRange[], caller = ALICE, kind: FrameKind = 'update') {
	return judge(writeUpdate({ clients: [], deletes }), { kind, caller, nowMs: NOW, writesSince: 0 }, room);
}

test.each([
	['message', KIND.message],
	['edit', KIND.edit],
	['redaction', KIND.redaction],
	['reaction', KIND.reaction],
	['entry of an unknown kind', 200]
])('the header of one’s own %s stays, whatever goes with it; its body may go', (_, kind) => {
	const held = roomOf(kind, kind);
	const { client } = held;
	for (const [clock, length] of [
		[0, 1],
		[0, 2],
		[1, 2],
		[0, 4]
	] as const)
		expect(take(held, [{ client, clock, length }])).toMatchObject({ code: CLOSE.forbidden });
	expect(take(held, [{ client, clock: 1, length: 1 }])).toMatchObject({ type: 'pass' });
});

test.each([
	['set', KIND.set],
	['receipt', KIND.receipt]
])('a superseded %s goes whole, and never leaves a body alone', (_, kind) => {
	const held = roomOf(kind, kind);
	const { client } = held;
	expect(take(held, [{ client, clock: 0, length: 4 }])).toMatchObject({ type: 'pass' });
	expect(take(held, [{ client, clock: 0, length: 1 }])).toMatchObject({ code: CLOSE.badFrame });
	expect(
		take(held, [
			{ client, clock: 1, length: 1 },
			{ client, clock: 0, length: 1 }
		])
	).toMatchObject({ type: 'pass' });
});

test('nobody erases for another, whatever the kind', () => {
	const held = roomOf(KIND.set, KIND.message);
	const { client } = held;
	expect(take(held, [{ client, clock: 0, length: 2 }], BOB)).toMatchObject({ code: CLOSE.forbidden });
	expect(take(held, [{ client, clock: 3, length: 1 }], BOB)).toMatchObject({ code: CLOSE.forbidden });
	expect(take(held, [{ client, clock: 3, length: 1 }], BOB, 'step2')).toMatchObject({ fresh: undefined });
});

test('of what is erased already nothing is written again', () => {
	const held = roomOf(KIND.message, KIND.message);
	const { client, room } = held;
	const all = [1, 3].map((clock) => ({ client, clock, length: 1 }));
	const first = take(held, all.slice(0, 1));
	if (first.type === 'pass' && first.fresh) room.apply(first.fresh, ALICE);
	const second = take(held, all);
	expect(second.type === 'pass' && second.fresh && second.fresh.read.deletes).toEqual([all[1]]);
	expect(take(held, all.slice(0, 1), BOB)).toMatchObject({ fresh: undefined });
});

test('what a frame brings it may erase by the same rules', () => {
	const { room } = roomOf();
	const doc = new Y.Doc({ gc: false });
	write(doc, ALICE, { kind: KIND.message });
	write(doc, ALICE, { kind: KIND.set });
	const log = doc.getArray<Uint8Array>(`${ALICE}:${doc.clientID}`);
	log.delete(2, 2);
	log.delete(1, 1);
	const bytes = Y.encodeStateAsUpdate(doc);
	const from = { kind: 'update', caller: ALICE, nowMs: NOW, writesSince: 0 } as const;
	expect(judge(bytes, from, room)).toMatchObject({ type: 'pass' });
	log.delete(0, 1);
	expect(judge(Y.encodeStateAsUpdate(doc), from, room)).toMatchObject({ code: CLOSE.forbidden });
});

test('a run of erased entries of any length is taken, a live body without its header is not', () => {
	const { room } = roomOf();
	const doc = new Y.Doc();
	for (let i = 0; i < 5; i++) write(doc, ALICE, { kind: KIND.set });
	const log = doc.getArray<Uint8Array>(`${ALICE}:${doc.clientID}`);
	log.delete(0, 8);
	const from = { kind: 'step2', caller: ALICE, nowMs: NOW, writesSince: 0 } as const;
	expect(judge(Y.encodeStateAsUpdate(doc), from, room)).toMatchObject({ type: 'pass' });
	expect(isHeader(log.get(0))).toBe(true);
	log.delete(0, 1);
	expect(judge(Y.encodeStateAsUpdate(doc), from, room)).toMatchObject({ code: CLOSE.badFrame });
});

test('ranges that repeat, overlap or touch are one', () => {
	const range = (client: number, clock: number, length: number) => ({ client, clock, length });
	const ranges = [
		range(2, 5, 2),
		range(1, 0, 3),
		range(1, 3, 1),
		range(1, 0, 3),
		range(2, 0, 1),
		range(1, 1, 1)
	];
	expect(mergeRanges(ranges)).toEqual([range(1, 0, 4), range(2, 0, 1), range(2, 5, 2)]);
});

test.each(['update', 'step2'] as const)(
	'of a delete over all of another’s log no more is looked at than its first item that stands, in a frame of type %s',
	(kind) => {
		const { room, client } = roomOf(...Array.from({ length: 100 }, () => KIND.message));
		let looked = 0;
		const watched: RoomView = {
			state: (of) => room.state(of),
			owner: (of) => room.owner(of),
			latestMs: room.latestMs,
			*items(range) {
				for (const item of room.items(range)) {
					looked += 1;
					yield item;
				}
			}
		};
		const update = writeUpdate({ clients: [], deletes: [{ client, clock: 0, length: 200 }] });
		const verdict = judge(update, { kind, caller: BOB, nowMs: NOW, writesSince: 0 }, watched);
		expect(verdict.type).toBe(kind === 'update' ? 'refuse' : 'pass');
		expect(looked).toBe(1);
	}
);
