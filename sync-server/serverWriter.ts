/**
 * What the server itself reads and writes in rooms: messages that came by REST, system entries, projections.
 * Invariant: it goes the same way as members' frames: to disk first, then to everyone.
 */
import { appendEntries } from '../src/lib/conversation/log';
import { BODY_BYTES_MAX } from '../src/lib/domain/limits';
import { formatEntryId, type Entry, type EntryId } from '../src/lib/domain/entry';
import { LogDocument } from '../src/lib/conversation/logDocument';
import { parseRoom } from '../src/lib/protocol/rooms';
import { SYSTEM_USER, type UserId } from '../src/lib/domain/ids';
import { writeFacts } from '../src/lib/conversation/factDocument';
import type { AnyValue } from '../src/lib/domain/boundedAny';
import type { RoomStore, ServerEntry } from './ports';
import type { Rooms } from './rooms';

export class ServerWriter {
	readonly #rooms: Rooms;
	readonly #store: RoomStore;
	/** Keyed writes under way, so that two of one key at once are one. */
	readonly #keyed = new Map<string, Promise<EntryId[]>>();

	constructor(rooms: Rooms, store: RoomStore) {
		this.#rooms = rooms;
		this.#store = store;
	}

	async append(
		room: string,
		author: UserId,
		entries: readonly ServerEntry[],
		key?: string
	): Promise<EntryId[]> {
		segmentOf(room);
		for (const { body } of entries) {
			if (body.length > BODY_BYTES_MAX)
				throw new RangeError(`a body of ${body.length} bytes is over ${BODY_BYTES_MAX}`);
		}
		if (entries.length === 0) return [];
		if (key === undefined) return this.#append(room, author, entries);
		const name = JSON.stringify([room, author, key]);
		const underWay = this.#keyed.get(name);
		if (underWay) return (await underWay).slice(0, 1);
		const writing = this.#appendOnce(room, author, entries, key).finally(() => this.#keyed.delete(name));
		this.#keyed.set(name, writing);
		return writing;
	}

	async project(room: string, facts: ReadonlyMap<string, AnyValue>): Promise<void> {
		segmentOf(room);
		await this.#rooms.open(room).write(SYSTEM_USER, (doc, tick) => writeFacts(doc, SYSTEM_USER, facts, tick));
	}

	async entries(room: string): Promise<Entry[]> {
		const segment = segmentOf(room);
		return this.#rooms.open(room).read((doc) => {
			const logs = new LogDocument(doc, segment);
			const entries = [...logs.entries()];
			logs.destroy();
			return entries;
		});
	}

	async #appendOnce(
		room: string,
		author: UserId,
		entries: readonly ServerEntry[],
		key: string
	): Promise<EntryId[]> {
		const first = await this.#store.entryOfKey(room, author, key);
		return first === undefined ? this.#append(room, author, entries, key) : [first];
	}

	async #append(
		room: string,
		author: UserId,
		entries: readonly ServerEntry[],
		key?: string
	): Promise<EntryId[]> {
		const segment = segmentOf(room);
		const { result: first, client } = await this.#rooms.open(room).write(
			author,
			(doc, tick) =>
				appendEntries(
					doc,
					author,
					entries.map((entry) => ({ ...entry, stamp: tick() }))
				),
			(s, writer) =>
				key === undefined ? [] : [{ user: author, key, entry: formatEntryId({ segment, client: writer, s }) }]
		);
		return entries.map((_, i) => formatEntryId({ segment, client, s: first + i }));
	}
}

/** The number that ids of the room's entries carry. Throws if no room can have the name. */
function segmentOf(name: string): number {
	const room = parseRoom(name);
	if (!room) throw new Error(`${name} is not a room`);
	return room.type === 'segment' ? room.segment : 0;
}
