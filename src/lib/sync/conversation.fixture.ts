import * as Y from 'yjs';
import { appendEntries } from '../conversation/log';
import { Clock } from '../domain/clock';
import { createMemoryDisk, createMemoryStorage, memoryLocalStore } from './memoryStorage';
import { eraseEntries } from '../conversation/erase';
import { LogDocument } from '../conversation/logDocument';
import { encodeMessageBody, encodeSystemBody } from '../domain/bodies';
import { KIND, type EntryId } from '../domain/entry';
import { noTabs } from './tabs';
import type { DeviceStorage, DocPersistence } from './ports';
import { openSalvagedTexts } from './salvagedTexts';
import { openConversationSync } from './conversationSync';
import { openRoomSync } from './roomSync';
import { onlineOver } from './onlineOver.fixture';
import { infoFacts, type Info } from '../domain/info';
import { infoRoom, segmentRoom } from '../protocol/rooms';
import { segmentFacts, type SegmentSpan } from '../domain/segmentSpans';
import { SYSTEM_USER } from '../domain/ids';
import { writeFacts } from '../conversation/factDocument';

export const ALICE = 'aaaaaaaaaaaaaaaa';
export const BOB = 'bbbbbbbbbbbbbbbb';
export const ID = `d-${ALICE}-${BOB}`;

/** As a browser's disk does it: what it keeps is read a turn later, and not at all once the document was closed. */
function laterOn(
	storage: DeviceStorage,
	slowness: (room: string) => Promise<void> | undefined,
	onOpen: (by: 1 | -1) => void
): DeviceStorage {
	return {
		...storage,
		openDoc(room, doc) {
			onOpen(1);
			let closed = false;
			let opened: DocPersistence | undefined;
			const slow = slowness(room);
			const read = () => {
				if (!closed) opened = storage.openDoc(room, doc);
			};
			const opening = new Promise(setImmediate).then(() => (slow ? void slow.then(read) : read()));
			return {
				get origin() {
					return opened?.origin;
				},
				whenLoaded: opening,
				get isRead() {
					return opened?.isRead ?? false;
				},
				stored: () => opening,
				readAnew: async () => opened?.readAnew(),
				async close() {
					closed = true;
					onOpen(-1);
					await opening;
					await opened?.close();
				}
			};
		}
	};
}

/** A device that has no network, or whose relay never answers. */
export function createDevice(network = { online: false }) {
	const disk = createMemoryDisk();
	const local = memoryLocalStore(disk.tables);
	let ms = 1_000_000;
	const opened: string[] = [];
	const docs = new Map<string, Y.Doc>();
	let openDocs = 0;
	/** Documents whose disk takes longer than anybody waits, and then gives them. */
	const slow = new Map<string, Promise<void>>();
	/** Called as a room is opened, before any of it is read. */
	const hears: { onOpen: (room: string) => void } = { onOpen: () => {} };
	/** As it begins to load. */
	const begin = async (liveHint = 0) => {
		const salvaged = await openSalvagedTexts(local, noTabs);
		return openConversationSync({
			foresee: (info) => info,
			id: ID,
			self: ALICE,
			clock: new Clock(() => (ms += 10)),
			local,
			tabs: noTabs,
			liveHint,
			isOnline: () => network.online,
			salvage: {
				salvaged,
				describe: () => ({ name: 'Bob', quote: () => undefined }),
				onRenamed: () => {},
				onProblem: () => {}
			},
			openRoom: (room) => {
				opened.push(room);
				hears.onOpen(room);
				const sync = openRoomSync({
					room,
					storage: laterOn(
						createMemoryStorage(disk),
						(room) => slow.get(room),
						(by) => (openDocs += by)
					),
					local,
					tabs: noTabs,
					whenOnline: onlineOver(),
					onRelayTime: () => {}
				});
				docs.set(room, sync.doc);
				return sync;
			}
		});
	};
	const open = async (liveHint = 0) => {
		const sync = await begin(liveHint);
		await sync.whenLoaded;
		return sync;
	};
	/** Writes a segment straight to disk, as history that arrived earlier, and that the relay has. */
	const seed = (n: number, count: number, fromMs: number, kind: number = KIND.message, counter = 0) => {
		const doc = new Y.Doc();
		// What a segment has from before is written further.
		for (const update of disk.docs.get(segmentRoom(ID, n)) ?? []) Y.applyUpdate(doc, update);
		for (let i = 0; i < count; i++) {
			appendEntries(doc, BOB, [
				{
					kind,
					stamp: { ms: fromMs + i, counter },
					body: encodeMessageBody({ text: counter === 0 ? `${n}/${i}` : `${n}/${i}/${counter}` })
				}
			]);
		}
		disk.docs.set(segmentRoom(ID, n), [Y.encodeStateAsUpdate(doc)]);
		return (i: number): EntryId => `${n}.${doc.clientID}.${i}`;
	};
	/** What Bob wrote in the segment is erased: only the headers stay. */
	const erase = (n: number) => {
		const doc = new Y.Doc();
		for (const update of disk.docs.get(segmentRoom(ID, n)) ?? []) Y.applyUpdate(doc, update);
		eraseEntries(doc, BOB, new LogDocument(doc, n).entries());
		disk.docs.set(segmentRoom(ID, n), [Y.encodeStateAsUpdate(doc)]);
	};
	/** The server tells in it that somebody joined. */
	const seedJoin = (n: number, ms: number) => {
		const doc = new Y.Doc();
		for (const update of disk.docs.get(segmentRoom(ID, n)) ?? []) Y.applyUpdate(doc, update);
		const body = encodeSystemBody({ key: `join/${n}`, event: 'added', by: ALICE, who: [BOB] });
		appendEntries(doc, SYSTEM_USER, [{ kind: KIND.system, stamp: { ms, counter: 0 }, body }]);
		disk.docs.set(segmentRoom(ID, n), [Y.encodeStateAsUpdate(doc)]);
	};
	const texts = (sync: { items: readonly { type: string }[] }) =>
		sync.items.flatMap((item) => ('text' in item ? [item.text as string] : []));
	/** What the server says of when the messages of each segment were written. */
	const seedSpans = (spans: ReadonlyMap<number, SegmentSpan>, said: Partial<Info> = {}) => {
		const doc = new Y.Doc();
		const facts = [...infoFacts({ kind: 'direct', ...said }), ...segmentFacts(spans)];
		writeFacts(doc, SYSTEM_USER, new Map(facts), () => ({ ms: 1, counter: 0 }));
		disk.docs.set(infoRoom(ID), [Y.encodeStateAsUpdate(doc)]);
	};
	/** The server says, to who has it open, that the conversation goes on in segment n. */
	const goOn = (n: number) => {
		const facts = infoFacts({ kind: 'direct', live: n });
		writeFacts(docs.get(infoRoom(ID))!, SYSTEM_USER, new Map(facts), () => ({ ms: 1 + n, counter: 0 }));
	};
	/** Another one's entry comes into a segment that is in memory. */
	const write = (n: number, kind: number, body: Uint8Array) =>
		appendEntries(docs.get(segmentRoom(ID, n))!, BOB, [
			{ kind, stamp: { ms: (ms += 10), counter: 0 }, body }
		]);
	const hear = (n: number, text: string) => write(n, KIND.message, encodeMessageBody({ text }));
	/** The relay has told that it has so many clocks of the segment. */
	const told = (n: number, vector: readonly [number, number][]) =>
		local.put('acks', segmentRoom(ID, n), vector);
	return {
		open,
		begin,
		seed,
		erase,
		seedJoin,
		seedSpans,
		goOn,
		hear,
		write,
		told,
		texts,
		opened,
		hears,
		slow,
		disk,
		/** Documents that are open now, the info's among them. */
		get openDocs() {
			return openDocs;
		}
	};
}

/** All that the disk keeps of documents, as text to search in. */
export const bytesOf = (disk: ReturnType<typeof createMemoryDisk>): string =>
	[...disk.docs.values()]
		.flat()
		.map((update) => Buffer.from(update).toString('latin1'))
		.join('');
