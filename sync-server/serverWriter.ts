/**
 * What the server itself reads and writes in rooms: messages that came by REST, system entries, projections.
 * Invariant: it goes the same way as members' frames: to disk first, then to everyone.
 */
import { appendEntries } from '../src/lib/conversation/log';
import { BODY_BYTES_MAX } from '../src/lib/domain/limits';
import { formatEntryId, parseEntryId, type Entry, type EntryId } from '../src/lib/domain/entry';
import { parseRoom } from '../src/lib/protocol/rooms';
import { SYSTEM_USER, type UserId } from '../src/lib/domain/ids';
import { writeErasure } from '../src/lib/conversation/writeErasure';
import { writeAllFacts } from '../src/lib/conversation/factDocument';
import type { Admission, WritePermit } from './admission';
import type { AnyValue } from '../src/lib/domain/boundedAny';
import { keyScopeOf } from './roomScope';
import { segmentState } from './roomUpkeep';
import type { EntryPlace } from './roomDocument';
import type { Room } from './room';
import type { RoomStore } from './roomStore';
import type { Rooms } from './rooms';
import type { SegmentLimits } from '../src/lib/domain/limits';
import type { SegmentState } from './segments';
import type { VersionVector } from '../src/lib/domain/versionVector';
import type { Erasure } from '../src/lib/domain/erasures';
import type { ServerEntry, WrittenEntry } from './ports';
import type { StoreQuota } from './storeQuota';
import { turnEnds } from './timers';

/** The code of the error when a user may not write more, and when they may not write in the room. */
const STORE_FULL = 'STORE_FULL';
const FORBIDDEN = 'FORBIDDEN';

/** The server itself is asked nothing. */
const ANY: WritePermit = { holds: () => true };

/** Items that are read in one turn of the event loop: a full segment's, and not those of one that somebody has stuffed. */
const ITEMS_AT_ONCE = 4_000;

export interface ServerWriterOptions {
	readonly rooms: Rooms;
	readonly store: RoomStore;
	readonly limits: SegmentLimits;
	readonly quota: StoreQuota;
	readonly admission: Pick<Admission, 'permitOf'>;
}

export class ServerWriter {
	readonly #rooms: Rooms;
	readonly #store: RoomStore;
	readonly #limits: SegmentLimits;
	readonly #quota: StoreQuota;
	readonly #admission: Pick<Admission, 'permitOf'>;
	/** Keyed writes under way, so that two of one key at once are one. */
	readonly #keyed = new Map<string, Promise<WrittenEntry[]>>();

	constructor({ rooms, store, limits, quota, admission }: ServerWriterOptions) {
		this.#rooms = rooms;
		this.#admission = admission;
		this.#quota = quota;
		this.#store = store;
		this.#limits = limits;
	}

	async append(
		room: string,
		author: UserId,
		entries: readonly ServerEntry[],
		key?: string
	): Promise<WrittenEntry[]> {
		segmentOf(room);
		for (const { body } of entries) {
			if (body.length > BODY_BYTES_MAX)
				throw new RangeError(`a body of ${body.length} bytes is over ${BODY_BYTES_MAX}`);
		}
		if (entries.length === 0) return [];
		if (key === undefined) return this.#append(room, author, entries);
		const name = JSON.stringify([keyScopeOf(room), author, key]);
		const underWay = this.#keyed.get(name);
		if (underWay) return (await underWay).slice(0, 1).map(({ id }) => ({ id, stamp: undefined }));
		const writing = this.#appendOnce(room, author, entries, key).finally(() => this.#keyed.delete(name));
		this.#keyed.set(name, writing);
		return writing;
	}

	async writtenUnder(room: string, author: UserId, key: string): Promise<EntryId | undefined> {
		const scope = keyScopeOf(room);
		// If it fails, whoever asked for it hears.
		await this.#keyed.get(JSON.stringify([scope, author, key]))?.catch(() => undefined);
		return this.#store.entryOfKey(scope, author, key);
	}

	async erase(room: string, erasure: Erasure, why?: ServerEntry): Promise<void> {
		const segment = segmentOf(room);
		await this.#rooms.open(room).server.write({
			author: SYSTEM_USER,
			action: (doc, tick) => writeErasure({ doc, segment, tick }, erasure, why)
		});
	}

	async project(room: string, facts: ReadonlyMap<string, AnyValue>): Promise<void> {
		segmentOf(room);
		await this.#rooms.open(room).server.write({
			author: SYSTEM_USER,
			action: (doc, tick) => writeAllFacts(doc, SYSTEM_USER, facts, tick)
		});
	}

	async entries(room: string): Promise<Entry[]> {
		const segment = segmentOf(room);
		const { server, use } = this.#rooms.open(room);
		return use.during(async () => {
			const ends = await server.read((document) => [...document.vector()]);
			const entries: Entry[] = [];
			for (let at: EntryPlace | undefined = { log: 0, clock: 0 }; at;) {
				const from: EntryPlace = at;
				const part = await server.read((document) => document.entries(segment, ends, from, ITEMS_AT_ONCE));
				for (const entry of part.entries) entries.push(entry);
				at = part.next;
				if (at) await turnEnds();
			}
			return entries;
		});
	}

	async entry(room: string, id: EntryId): Promise<Entry | undefined> {
		const segment = segmentOf(room);
		const ref = parseEntryId(id);
		if (ref?.segment !== segment) return undefined;
		return this.#rooms.open(room).server.read((document) => document.entry(segment, ref.client, ref.s));
	}

	async segment(room: string): Promise<SegmentState> {
		const state = await this.#rooms
			.open(room)
			.server.read((document) => segmentState(room, document, this.#limits));
		if (!state) throw new Error(`${room} is not a segment`);
		return state;
	}

	messageVector(room: string): Promise<VersionVector> {
		return this.#rooms.open(room).server.read((document) => document.messageVector());
	}

	async #appendOnce(
		room: string,
		author: UserId,
		entries: readonly ServerEntry[],
		key: string
	): Promise<WrittenEntry[]> {
		const first = await this.#store.entryOfKey(keyScopeOf(room), author, key);
		if (first === undefined) return this.#append(room, author, entries, key);
		return [{ id: first, stamp: undefined }];
	}

	async #append(
		room: string,
		author: UserId,
		entries: readonly ServerEntry[],
		key?: string
	): Promise<WrittenEntry[]> {
		const segment = segmentOf(room);
		const scope = keyScopeOf(room);
		const opened = this.#rooms.open(room);
		// Held throughout: a room too large to rest in memory leaves it as soon as nobody is in it.
		const { result, client } = await opened.use.during(async () => {
			if (author !== SYSTEM_USER) await this.#refuseFull(opened, author, entries);
			return this.#permitted(opened, author, (holds) =>
				opened.server.write({
					author,
					action: (doc, tick) => {
						const stamped = entries.map((entry) => ({ ...entry, stamp: tick() }));
						return {
							first: appendEntries(doc, author, stamped),
							stamps: stamped.map(({ stamp }) => stamp)
						};
					},
					keysOf: ({ first: s }, writer) =>
						key === undefined
							? []
							: [{ scope, user: author, key, entry: formatEntryId({ segment, client: writer, s }) }],
					holds
				})
			);
		});
		return result.stamps.map((stamp, i) => ({
			id: formatEntryId({ segment, client, s: result.first + i }),
			stamp
		}));
	}

	/** Writes while the host's word holds that the author may, up to the turn in which it goes to the store. */
	async #permitted<T>(
		{ name }: Room,
		author: UserId,
		write: (holds: () => boolean) => Promise<T | undefined>
	): Promise<T> {
		for (;;) {
			const permit = author === SYSTEM_USER ? ANY : await this.#admission.permitOf(author, name);
			if (!permit) throw Object.assign(new Error(`may not write in ${name}`), { code: FORBIDDEN });
			const written = await write(() => permit.holds());
			if (written !== undefined) return written;
		}
	}

	async #refuseFull(room: Room, user: UserId, entries: readonly ServerEntry[]): Promise<void> {
		await this.#quota.know(user);
		const bytes = entries.reduce((sum, { body }) => sum + body.length, 0);
		const growth = { user, room: room.name, bytes, entries: entries.length, logs: 0, makesRoom: false };
		const excess = this.#quota.refusal(growth, await room.server.shares());
		if (excess !== undefined) throw Object.assign(new Error(excess), { code: STORE_FULL });
	}
}

/** The number that ids of the room's entries carry. Throws if no room can have the name. */
function segmentOf(name: string): number {
	const room = parseRoom(name);
	if (!room) throw new Error(`${name} is not a room`);
	return room.type === 'segment' ? room.segment : 0;
}
