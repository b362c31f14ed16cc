/**
 * One segment of a conversation on this device: its room, read as entries. Invariant: what is told through `onEntries`
 * and `entries` together is everything in the document, each state of an entry at least once.
 */
import * as Y from 'yjs';
import { covers, coversEntry, type VersionVector } from '../domain/versionVector';
import { createEmitter } from './emitter';
import { eraseEntries } from '../conversation/erase';
import { formatEntryId, KIND, type Entry, type EntryId } from '../domain/entry';
import { foldReceipts, type Receipts } from '../domain/receipts';
import { foldSeals, sealOf } from '../domain/seals';
import { LogDocument } from '../conversation/logDocument';
import { SEGMENT_LIMITS, type SegmentLimits } from '../domain/limits';
import type { RoomSync } from './roomSync';
import type { UserId } from '../domain/ids';

export type SegmentSync = ReturnType<typeof openSegmentSync>;

export interface SegmentOptions {
	readonly n: number;
	readonly self: UserId;
	readonly room: RoomSync;
	/** When it is full; the relay must be told the same. */
	readonly limits?: SegmentLimits;
}

export function openSegmentSync({ n, self, room, limits = SEGMENT_LIMITS }: SegmentOptions) {
	const changed = createEmitter();
	const came = createEmitter<readonly Entry[]>();
	const unsent = new Map<EntryId, Entry>();
	const unsentReceipts = new Map<EntryId, Entry>();
	let log: LogDocument | undefined;
	let entries: readonly Entry[] | undefined;
	let full: boolean | undefined;
	let receipts: Receipts | undefined;
	let seal: VersionVector | undefined | null = null;
	let isTold = false;
	let closed = false;

	const isSent = (entry: { client: number; s: number }) => coversEntry(room.acked, entry.client, entry.s);

	function take(cameNow: readonly Entry[]): void {
		entries = receipts = full = undefined;
		seal = null;
		for (const entry of cameNow) {
			if (entry.author !== self) continue;
			const held = entry.kind === KIND.receipt ? unsentReceipts : unsent;
			if (entry.body && !isSent(entry)) held.set(formatEntryId(entry), entry);
			else held.delete(formatEntryId(entry));
		}
		came.emit(cameNow);
		changed.emit();
	}

	/**
	 * As the relay counts: what was ever written, though it be erased. Before it is loaded, of what was written since it
	 * was opened.
	 */
	function readFull(): boolean {
		const written = entriesWritten(room.doc);
		if (written >= limits.segmentEntriesMax) return true;
		if (!log && written < limits.segmentMessagesMax) return false;
		let messages = 0;
		for (const entry of log ? all() : readEntries(room.doc, n)) {
			if (entry.kind === KIND.message) messages += 1;
			else if (sealOf(entry)) return true;
		}
		return messages >= limits.segmentMessagesMax;
	}

	/** A seal that is here before all that it names says nothing yet: what is missing would count as read, unseen. */
	function readSeal(): VersionVector | undefined {
		const told = foldSeals(all()).get(n);
		return told && covers(Y.decodeStateVector(Y.encodeStateVector(room.doc)), told) ? told : undefined;
	}

	const all = (): readonly Entry[] => (entries ??= log ? log.entries() : []);

	room.onChange(() => {
		for (const held of [unsent, unsentReceipts])
			for (const [id, entry] of held) if (isSent(entry)) held.delete(id);
		changed.emit();
	});

	const whenLoaded = room.whenLoaded.then(() => {
		if (closed) return;
		log = new LogDocument(room.doc, n);
		log.onChange((change) => take(change.entries));
		take(log.entries());
	});

	return {
		n,
		room,
		doc: room.doc,
		whenLoaded,
		/** Something of it changed: entries, acks or the state of its connection. */
		onChange: changed.on,
		/** Entries that are new here, or whose body arrived or was erased. */
		onEntries: came.on,
		get loaded(): boolean {
			return log !== undefined;
		},
		/** Every entry now; none before it is loaded. */
		get entries(): readonly Entry[] {
			return all();
		},
		/** How far each member has read here, as they tell. */
		get receipts(): Receipts {
			return (receipts ??= foldReceipts(all()));
		},
		/** What it held when it was full; undefined before, and until all of that is here. */
		get seal(): VersionVector | undefined {
			if (seal === null) seal = readSeal();
			return seal;
		},
		/** Own entries of any kind but receipts that only this device has, in the order of their logs. */
		get unsent(): readonly Entry[] {
			return [...unsent.values()];
		},
		/** Something of one's own has still to leave this device: of any kind, receipts among them. */
		get leaving(): boolean {
			return unsent.size > 0 || unsentReceipts.size > 0 || this.mayHold;
		},
		/** It is here as the disk has it, and nothing of one's own has still to leave. */
		get isClear(): boolean {
			return log !== undefined && room.isRead && !this.leaving;
		},
		/** It is told of something that has still to leave it, and the disk has not given it yet. */
		get mayHold(): boolean {
			return isTold && !room.isRead;
		},
		tellUnsent(): void {
			isTold = true;
		},
		get holdsReceipts(): boolean {
			return unsentReceipts.size > 0;
		},
		/** Erases whole what one has told of one's reading, and the relay has not. */
		withdrawReceipts(): void {
			eraseEntries(room.doc, self, [...unsentReceipts.values()], { headersToo: true });
			unsentReceipts.clear();
		},
		get acked(): VersionVector {
			return room.acked;
		},
		/** True once the relay has the entry on its disk. */
		isSent,
		/** New messages go into the next segment. */
		get full(): boolean {
			return log ? (full ??= readFull()) : readFull();
		},
		get empty(): boolean {
			return all().length === 0;
		},
		async close(): Promise<void> {
			closed = true;
			log?.destroy();
			await room.close();
		}
	};
}

function readEntries(doc: Y.Doc, n: number): readonly Entry[] {
	const log = new LogDocument(doc, n);
	log.destroy();
	return log.entries();
}

/** An entry is two items of its client. */
function entriesWritten({ store }: Y.Doc): number {
	let items = 0;
	for (const client of store.clients.keys()) items += Y.getState(store, client);
	return items / 2;
}
