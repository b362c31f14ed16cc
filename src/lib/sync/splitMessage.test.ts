import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { expect, it } from 'vitest';
import { appendEntries } from '../conversation/log';
import { encodeMessageBody } from '../domain/bodies';
import { FRAME_BYTES_MAX, FRAME_CLIENTS_MAX } from '../domain/limits';
import { KIND } from '../domain/entry';
import { readUpdate } from '../protocol/updateReader';
import { sliceMessage, splitMessage } from './splitMessage';

const AUTHOR = 'aaaaaaaaaaaaaaaa';

function stepTwo(update: Uint8Array): Uint8Array {
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, 0);
	encoding.writeVarUint(encoder, 1);
	encoding.writeVarUint8Array(encoder, update);
	return encoding.toUint8Array(encoder);
}

function updateOf(message: Uint8Array): Uint8Array {
	const decoder = decoding.createDecoder(message);
	expect([decoding.readVarUint(decoder), decoding.readVarUint(decoder)]).toEqual([0, 1]);
	return decoding.readVarUint8Array(decoder);
}

function write(doc: Y.Doc, count: number, text: string): void {
	for (let i = 0; i < count; i++) {
		appendEntries(doc, AUTHOR, [
			{ kind: KIND.message, stamp: { ms: i, counter: 0 }, body: encodeMessageBody({ text: `${i} ${text}` }) }
		]);
	}
}

it('a message within the limit is left as it is', () => {
	const message = stepTwo(Y.encodeStateAsUpdate(new Y.Doc()));
	expect(splitMessage(message)).toEqual([message]);
});

it('a long time offline goes in parts, each within a frame and ending on a whole entry, and says the same', () => {
	const doc = new Y.Doc();
	write(doc, 60, '水'.repeat(6_000));
	const other = new Y.Doc();
	write(other, 2_000, 'short');
	Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
	doc.getArray(`${AUTHOR}:${doc.clientID}`).delete(3, 1);

	const parts = splitMessage(stepTwo(Y.encodeStateAsUpdate(doc)));
	expect(parts.length).toBeGreaterThan(5);
	const received = new Y.Doc();
	for (const part of parts) {
		expect(part.length).toBeLessThanOrEqual(FRAME_BYTES_MAX);
		for (const { structs } of readUpdate(updateOf(part)).clients) {
			const last = structs.at(-1)!;
			expect((last.clock + last.length) % 2).toBe(0);
		}
		Y.applyUpdate(received, updateOf(part));
	}
	expect(Y.encodeStateVector(received)).toEqual(Y.encodeStateVector(doc));
	expect(Buffer.compare(Y.encodeStateAsUpdate(received), Y.encodeStateAsUpdate(doc))).toBe(0);
});

it('what so many pages wrote that a frame may not hold their logs goes in parts, small as it is', () => {
	const all = new Y.Doc();
	for (let i = 0; i < FRAME_CLIENTS_MAX + 50; i++) {
		const page = new Y.Doc();
		write(page, 1, 'short');
		Y.applyUpdate(all, Y.encodeStateAsUpdate(page));
	}
	const message = stepTwo(Y.encodeStateAsUpdate(all));
	expect(message.length).toBeLessThan(FRAME_BYTES_MAX);
	const parts = splitMessage(message);
	const received = new Y.Doc();
	for (const part of parts) {
		expect(readUpdate(updateOf(part)).clients.length).toBeLessThanOrEqual(FRAME_CLIENTS_MAX);
		Y.applyUpdate(received, updateOf(part));
	}
	expect(Y.encodeStateVector(received)).toEqual(Y.encodeStateVector(all));
});

const typeOf = (message: Uint8Array): number => message[1]!;
const isSmall = (message: Uint8Array): boolean => message.length < 60_000;

it('what comes is read in slices that say the same, the last of which says that it is all', () => {
	const doc = new Y.Doc();
	write(doc, 2_000, 'short');
	doc.getArray(`${AUTHOR}:${doc.clientID}`).delete(3, 1);
	const message = stepTwo(Y.encodeStateAsUpdate(doc));
	const slices = [...sliceMessage(message)];
	expect(slices.length).toBeGreaterThan(3);
	expect(slices.every(isSmall)).toBe(true);
	const [STEP_TWO, UPDATE] = [1, 2];
	expect(slices.map(typeOf)).toEqual([...slices.slice(1).map(() => UPDATE), STEP_TWO]);
	const received = new Y.Doc();
	for (const slice of slices) {
		const decoder = decoding.createDecoder(slice.subarray(2));
		Y.applyUpdate(received, decoding.readVarUint8Array(decoder));
		expect(received.store.pendingStructs).toBeNull();
	}
	expect(Y.encodeStateAsUpdate(received)).toEqual(Y.encodeStateAsUpdate(doc));
});

it('what is small, of another kind, or not made of logs comes as it is', () => {
	const small = stepTwo(Y.encodeStateAsUpdate(new Y.Doc()));
	const other = new Uint8Array(100_000).fill(1);
	const doc = new Y.Doc();
	doc.getText('notes').insert(0, 'not a log '.repeat(10_000));
	const text = stepTwo(Y.encodeStateAsUpdate(doc));
	for (const message of [small, other, text]) expect([...sliceMessage(message)]).toEqual([message]);
});
