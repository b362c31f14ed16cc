/** What a channel is owed, piece by piece, while the room goes on: the reader's document becomes the room's. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { ALICE, BOB } from './cast.fixture';
import { Arrears, LOST_LOGS_MAX } from './arrears';
import { logName } from '../src/lib/domain/entry';
import { readUpdate } from '../src/lib/protocol/updateReader';
import { RoomLogs } from './roomLogs';

const WRITERS = [ALICE, BOB, ALICE];

type Step =
	/** Somebody writes and erases; whoever is owed nothing gets it at once. */
	| { readonly does: 'write'; readonly writer: number; readonly entries: number; readonly erased: number }
	/** A piece is made; one that never goes out is made anew. */
	| { readonly does: 'piece'; readonly bytes: number; readonly goesOut: boolean }
	| { readonly does: 'ask' };

const steps = fc.array(
	fc.oneof(
		fc.record({
			does: fc.constant('write' as const),
			writer: fc.nat(WRITERS.length - 1),
			entries: fc.nat(3),
			erased: fc.nat(3)
		}),
		fc.record({ does: fc.constant('piece' as const), bytes: fc.nat(200), goesOut: fc.boolean() }),
		fc.record({ does: fc.constant('ask' as const) })
	),
	{ maxLength: 40 }
);

class Scene {
	readonly logs = new RoomLogs();
	readonly reader = new Y.Doc();
	readonly arrears = new Arrears();
	readonly #docs = WRITERS.map((_, writer) => {
		const doc = new Y.Doc();
		doc.clientID = writer + 1;
		doc.on('update', (update: Uint8Array) => this.#publish(update));
		return doc;
	});
	#isLosing: boolean;

	constructor(isLosing: boolean) {
		this.#isLosing = isLosing;
	}

	do(step: Step): void {
		if (step.does === 'write') this.#write(step);
		else if (step.does === 'piece') this.sendPiece(step.bytes, step.goesOut);
		else this.arrears.ask(Y.encodeStateVector(this.reader));
	}

	sendPiece(bytes: number, goesOut: boolean): void {
		const piece = this.arrears.next(this.logs, bytes);
		if (!piece || !goesOut) return;
		piece.sent();
		if (!this.#isOwing) this.#isLosing = false;
		this.#take(piece.update);
	}

	get #isOwing(): boolean {
		this.arrears.takeNotices();
		return this.arrears.isOwing;
	}

	#take(update: Uint8Array): void {
		Y.applyUpdate(this.reader, update);
		expect(this.reader.store.pendingStructs).toBeNull();
		expect(this.reader.store.pendingDs).toBeNull();
	}

	#write({ writer, entries, erased }: Extract<Step, { does: 'write' }>): void {
		const doc = this.#docs[writer]!;
		const log = doc.getArray<Uint8Array>(logName(WRITERS[writer]!, writer + 1));
		doc.transact(() => {
			for (let i = 0; i < entries; i++) log.push([new Uint8Array([0x80, i]), new Uint8Array(20)]);
			if (log.length > 1) log.delete(1, Math.min(erased, log.length - 1));
		});
	}

	#publish(update: Uint8Array): void {
		const before = this.logs.vector();
		const { grown, erased } = this.logs.apply(readUpdate(update));
		if (!this.#isLosing && !this.#isOwing) return this.#take(update);
		this.arrears.lost({
			type: 'update',
			before: new Map(grown.map(({ client }) => [client, before.get(client) ?? 0])),
			erases: erased.length > 0
		});
	}
}

it('whatever is written, lost, asked and never sent meanwhile, all of it arrives and nothing before its time', () => {
	fc.assert(
		fc.property(steps, fc.boolean(), (all, isLosing) => {
			const scene = new Scene(isLosing);
			for (const step of all) scene.do(step);
			for (let i = 0; i < 1_000 && scene.arrears.isOwing; i++) {
				scene.sendPiece(50, true);
				scene.arrears.takeNotices();
			}
			expect(scene.arrears.isOwing).toBe(false);
			expect(Y.encodeStateAsUpdate(scene.reader)).toEqual(scene.logs.encode());
		}),
		{ numRuns: 500 }
	);
});

it('a piece is about as large as it may be, however much is owed', () => {
	const doc = new Y.Doc();
	doc.clientID = 1;
	const log = doc.getArray<Uint8Array>(logName(ALICE, 1));
	for (let i = 0; i < 100; i++) log.push([new Uint8Array([0x80, i]), new Uint8Array(10_000)]);
	const logs = new RoomLogs();
	logs.apply(readUpdate(Y.encodeStateAsUpdate(doc)));
	const arrears = new Arrears();
	arrears.ask(new Uint8Array([0]));
	const sizes = [];
	while (arrears.isOwing) {
		const piece = arrears.next(logs, 50_000)!;
		piece.sent();
		sizes.push(piece.update.length);
	}
	expect(sizes).toHaveLength(20);
	expect(Math.max(...sizes)).toBeLessThan(61_000);
});

it('what went past in thousands of logs takes no more memory than a few, and all of it arrives', () => {
	const logs = new RoomLogs();
	const reader = new Y.Doc();
	const arrears = new Arrears();
	const take = () => {
		const piece = arrears.next(logs, 1_000)!;
		piece.sent();
		Y.applyUpdate(reader, piece.update);
		arrears.takeNotices();
	};
	const write = (client: number) => {
		const doc = new Y.Doc();
		doc.clientID = client;
		doc.getArray<Uint8Array>(logName(ALICE, client)).push([new Uint8Array([0x80, 0]), new Uint8Array(20)]);
		logs.apply(readUpdate(Y.encodeStateAsUpdate(doc)));
		arrears.lost({ type: 'update', before: new Map([[client, 0]]), erases: false });
	};
	for (let client = 1; client <= 2_000; client++) {
		write(client);
		if (client % 700 === 0) take();
		expect(arrears.lostLogs).toBeLessThanOrEqual(2 * LOST_LOGS_MAX);
	}
	while (arrears.isOwing) take();
	expect(Y.encodeStateAsUpdate(reader)).toEqual(logs.encode());
});
