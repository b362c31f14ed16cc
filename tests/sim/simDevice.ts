/**
 * A device in a person's hands: opened, closed, killed, lost, online or not. Its timers run faster than people's, so
 * that what is gathered and tried again happens within a run.
 */
import * as Y from 'yjs';
import { coversEntry } from '../../src/lib/domain/versionVector';
import { createDevice, type Device } from '../../src/lib/sync/device';
import { createMemoryDisk, type MemoryDisk } from '../../src/lib/sync/memoryStorage';
import { headlessPorts } from '../../src/lib/sync/headlessDevice';
import { LogDocument } from '../../src/lib/conversation/logDocument';
import { parseEntryId, type Entry, type EntryId } from '../../src/lib/domain/entry';
import { parseRoom, segmentRoom } from '../../src/lib/protocol/rooms';
import type { ConversationId } from '../../src/lib/domain/ids';
import type { ConversationSync } from '../../src/lib/sync/conversationSync';
import type { Timers } from '../../src/lib/sync/ports';
import type { Person } from '../../src/lib/domain/people';
import type { SegmentLimits } from '../../src/lib/domain/limits';

export interface SimDeviceOptions {
	readonly name: string;
	readonly self: Person;
	readonly origin: string;
	readonly limits: SegmentLimits;
	/** Another device's that is closed: this one is the same, at another origin. */
	readonly disk?: MemoryDisk;
	/** What answers it by REST; without it, nothing does. */
	readonly fetch?: typeof globalThis.fetch;
}

/** Milliseconds of the app for each that passes. */
const HASTE = 20;

interface Open {
	readonly sync: ConversationSync;
	readonly release: () => void;
	/** The device whose draft the field began with. */
	readonly adopted: string | undefined;
}

export class SimDevice {
	readonly name: string;
	readonly self: Person;
	/** Gone for good. */
	lost = false;
	/** Comes back when all others have come to rest. */
	away = false;
	online = false;
	/** Its wall clock was wrong once: what the relay refused for that it has written again, under other names. */
	strayed = false;
	/** How far its wall clock is ahead, in milliseconds. */
	aheadMs = 0;
	/** False once it was killed before it had written down what its person had read. */
	told = true;
	#disk: MemoryDisk;
	#device: Device | undefined;
	readonly #options: SimDeviceOptions;
	readonly #open = new Map<ConversationId, Open>();

	constructor(options: SimDeviceOptions) {
		this.name = options.name;
		this.self = options.self;
		this.#options = options;
		this.#disk = options.disk ?? createMemoryDisk();
	}

	get device(): Device {
		if (!this.#device) throw new Error(`${this.name} is closed`);
		return this.#device;
	}

	/** Under which the user's home knows it. */
	get deviceId(): string | undefined {
		return this.#disk.tables.get('clock')?.get('deviceId') as string | undefined;
	}

	/** What outlives it. */
	get disk(): MemoryDisk {
		return this.#disk;
	}

	get tables(): MemoryDisk['tables'] {
		return this.#disk.tables;
	}

	async start(): Promise<void> {
		const { self, origin, limits, fetch } = this.#options;
		const now = () => Date.now() + this.aheadMs;
		const timers: Timers = {
			after(ms, callback) {
				const handle = setTimeout(callback, ms / HASTE);
				return () => clearTimeout(handle);
			}
		};
		const ports = headlessPorts({ token: self.id, disk: this.#disk, now, timers });
		this.#device = await createDevice({
			self,
			origin,
			token: self.id,
			fetch,
			ports,
			segmentLimits: limits
		});
		if (this.online) this.#device.connect();
	}

	goOnline(): void {
		this.online = true;
		this.device.connect();
	}

	goOffline(): void {
		this.online = false;
		this.device.disconnect();
	}

	/** Opens the conversation as its screen does, and keeps it open. */
	async look(id: ConversationId): Promise<ConversationSync> {
		let open = this.#open.get(id);
		if (!open) {
			open = { ...this.device.conversations.use(id), adopted: this.device.drafts.adopt(id) };
			this.#open.set(id, open);
		}
		await open.sync.whenLoaded;
		return open.sync;
	}

	leave(id: ConversationId): void {
		this.#open.get(id)?.release();
		this.#open.delete(id);
	}

	adopted(id: ConversationId): string | undefined {
		return this.#open.get(id)?.adopted;
	}

	async close(): Promise<void> {
		this.#open.clear();
		await this.device.close();
	}

	/** The process ends in the middle of whatever it does: what is on its disk by now stays, and nothing else. */
	async kill(): Promise<void> {
		this.told = false;
		this.device.disconnect();
		const { docs, tables } = this.#disk;
		this.#disk = {
			docs: new Map([...docs].map(([room, updates]) => [room, [...updates]])),
			tables: new Map([...tables].map(([name, table]) => [name, new Map(table)]))
		};
		await this.close();
	}

	/** What is kept of each room, as a document of its own. */
	documents(): Map<string, Y.Doc> {
		return new Map([...this.#disk.docs].map(([room, updates]) => [room, documentOf(updates)]));
	}

	/** What is kept of each room, as it stands on the disk. */
	get rows(): MemoryDisk['docs'] {
		return this.#disk.docs;
	}

	/** Every entry of the conversation that this device keeps, by segment. */
	entriesOf(id: ConversationId): Map<number, readonly Entry[]> {
		const found = new Map<number, readonly Entry[]>();
		for (const [name, updates] of this.#disk.docs) {
			const room = parseRoom(name);
			if (room?.type !== 'segment' || room.conversation !== id || updates.length === 0) continue;
			found.set(room.segment, entriesIn(documentOf(updates), room.segment));
		}
		return found;
	}

	/** By what this device has kept, whether the segment is open or not. */
	hasSent(conversation: ConversationId, id: EntryId): boolean {
		const ref = parseEntryId(id)!;
		const acked = this.#disk.tables.get('acks')?.get(segmentRoom(conversation, ref.segment));
		return coversEntry(new Map((acked ?? []) as [number, number][]), ref.client, ref.s);
	}
}

export function documentOf(updates: readonly Uint8Array[]): Y.Doc {
	const doc = new Y.Doc();
	doc.transact(() => {
		for (const update of updates) Y.applyUpdate(doc, update);
	});
	return doc;
}

export function entriesIn(doc: Y.Doc, segment: number): Entry[] {
	return [...new LogDocument(doc, segment).entries()];
}
