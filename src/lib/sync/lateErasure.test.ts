/** A phone whose user edits offline what a laptop of the same user deletes meanwhile. */
import * as Y from 'yjs';
import { expect, it, vi } from 'vitest';
import { Clock } from '../domain/clock';
import { createEmitter } from './emitter';
import { createMemoryDisk, memoryLocalStore } from './memoryStorage';
import { KIND } from '../domain/entry';
import { LogDocument } from '../conversation/logDocument';
import { noTabs } from './tabs';
import { openLateErasure } from './lateErasure';
import { openSalvagedTexts } from './salvagedTexts';
import { openSegmentSync } from './segmentSync';
import { segmentRoom } from '../protocol/rooms';
import { writeEdit, writeMessage, writeRedaction, type Writing } from '../conversation/messageWrites';
import type { LocalStore } from './ports';
import type { RoomSync } from './roomSync';

const ALICE = 'a'.repeat(16);
const ID = `d-${ALICE}-${'b'.repeat(16)}`;

async function setUp(through: (local: LocalStore) => LocalStore = (local) => local) {
	const clock = new Clock(() => 1_000_000);
	const tick = () => clock.tick();
	const writing = (doc: Y.Doc): Writing => ({ doc, segment: 0, self: ALICE, tick });
	const [phone, laptop] = [new Y.Doc(), new Y.Doc()];
	const message = writeMessage(writing(laptop), { text: 'low water at noon' });
	const meet = () => {
		Y.applyUpdate(phone, Y.encodeStateAsUpdate(laptop));
		Y.applyUpdate(laptop, Y.encodeStateAsUpdate(phone));
	};
	meet();
	const local = through(memoryLocalStore(createMemoryDisk().tables));
	const salvaged = await openSalvagedTexts(local, noTabs);
	const room = {
		room: segmentRoom(ID, 0),
		doc: phone,
		whenLoaded: Promise.resolve(),
		acked: new Map([[laptop.clientID, 2]]),
		onChange: createEmitter().on
	};
	// What a segment asks of its room; the rest of one is its connection.
	const segment = openSegmentSync({ n: 0, self: ALICE, room: room as unknown as RoomSync });
	const problems: unknown[] = [];
	const eraseLate = openLateErasure(segment, {
		conversation: ID,
		self: ALICE,
		clock,
		tabs: noTabs,
		salvaged,
		describe: () => ({ name: 'Bob', quote: () => undefined }),
		onProblem: () => problems.push('disk')
	});
	segment.onEntries(eraseLate);
	await segment.whenLoaded;
	const logs = new LogDocument(laptop, 0);
	return {
		segment,
		salvaged,
		problems,
		meet,
		edit: (text: string) => writeEdit(writing(phone), message, { text }),
		remove: () => writeRedaction(writing(laptop), message, logs.entries()),
		removeHere: () => writeRedaction(writing(phone), message, segment.entries),
		live: () => segment.entries.filter(({ kind, body }) => kind === KIND.edit && body)
	};
}

it('keeps the text of an edit that who deleted the message had not seen, and then erases it', async () => {
	const { edit, remove, meet, salvaged, live, problems } = await setUp();
	const source = edit('low water at one');
	remove();
	meet();
	await vi.waitFor(() => expect(live()).toEqual([]));
	expect(salvaged.all).toMatchObject([
		{
			conversation: ID,
			conversationName: 'Bob',
			source,
			text: 'low water at one',
			isEdit: true,
			reason: 'deleted'
		}
	]);
	expect(problems).toEqual([]);
});

it('keeps nothing of an edit that went with the message on this device', async () => {
	const { edit, removeHere, remove, meet, salvaged, live } = await setUp();
	edit('low water at one');
	removeHere();
	// Deleted on both devices, each by itself.
	remove();
	meet();
	await new Promise(setImmediate);
	expect(live()).toEqual([]);
	expect(salvaged.all).toEqual([]);
});

it('erases nothing that cannot be copied to disk', async () => {
	const { edit, remove, meet, salvaged, live, problems } = await setUp((local) => ({
		...local,
		put: () => Promise.reject(new Error('full'))
	}));
	edit('low water at one');
	remove();
	meet();
	await vi.waitFor(() => expect(problems).toEqual(['disk']));
	expect(live()).toHaveLength(1);
	expect(salvaged.all).toEqual([]);
});
