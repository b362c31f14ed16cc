/**
 * A room's document in memory, as its logs: what the guard sees of it, and the two ways in which it changes. Members'
 * frames never pass through Yjs. Deliberately absent: storage and channels.
 */
import * as Y from 'yjs';
import { Clock } from '../src/lib/domain/clock';
import { decodeHeader } from '../src/lib/domain/entryCodec';
import { KIND, type Entry } from '../src/lib/domain/entry';
import { readLog } from '../src/lib/conversation/log';
import type { MintedClients } from './mintedClients';
import {
	readUpdate,
	type DeletedRange,
	type ReadUpdate,
	type Struct
} from '../src/lib/protocol/updateReader';
import { RoomLogs, type Lacks, type LogsChange, type Part, type Place } from './roomLogs';
import { RoomShares, type Growing } from './roomShares';
import { RoomTally, type Erased } from './roomTally';
import { Sieve } from './storedUpdates';
import { WritableDocument } from './writableDocument';
import type { Fresh, HeldItem, RoomView } from './verdict';
import type { RandomBytes, UserId } from '../src/lib/domain/ids';
import type { RelayLog } from './ports';
import type { Stamp } from '../src/lib/domain/stamp';
import type { VersionVector } from '../src/lib/domain/versionVector';

export interface RoomDocumentOptions {
	readonly room: string;
	readonly now: () => number;
	readonly randomBytes: RandomBytes;
	readonly log: RelayLog;
	readonly minted: MintedClients;
}

/** What a change did: the update that says it, undefined if nothing changed. */
export interface Change {
	readonly update: Uint8Array | undefined;
	readonly erased: Erased;
	/** By how much each user's part of the room grew; less than nothing if more was erased. */
	readonly growth: ReadonlyMap<UserId, Growing>;
}

/** Logs, and the clocks up to which they are read. */
export type LogEnds = readonly (readonly [client: number, end: number])[];

/** Where to go on: in which of the logs, and from which clock. */
export interface EntryPlace {
	readonly log: number;
	readonly clock: number;
}

export interface EntriesPart {
	readonly entries: readonly Entry[];
	/** Undefined if these were the last. */
	readonly next: EntryPlace | undefined;
}

/** What the server wrote. */
export interface Written<T> extends Change {
	readonly result: T;
	/** The client that wrote. */
	readonly client: number;
}

const NO_CHANGE: Change = { update: undefined, erased: 'nothing', growth: new Map() };

const isMessage = (header: Uint8Array): boolean => decodeHeader(header)?.kind === KIND.message;

const isStandingHeader = ({ clock, bytes }: Pick<Struct, 'clock' | 'bytes'>): boolean =>
	clock % 2 === 0 && bytes !== undefined;

export class RoomDocument implements RoomView {
	readonly tally: RoomTally;
	readonly #logs = new RoomLogs();
	readonly #writable = new WritableDocument(() => this.#logs.encode());
	readonly #clock: Clock;
	readonly #randomBytes: RandomBytes;
	readonly #room: string;
	readonly #minted: MintedClients;
	readonly #log: RelayLog;
	readonly #sieve = new Sieve();
	/** Until the document changes. */
	#encodedVector: Uint8Array | undefined;
	#isPoisoned = false;
	#shares: RoomShares | undefined;

	/** `updates` are a room's stored ones, in order. What cannot be read is left out, with an error log. */
	constructor(updates: readonly Uint8Array[], { room, now, randomBytes, log, minted }: RoomDocumentOptions) {
		this.#clock = new Clock(now);
		this.#room = room;
		this.#minted = minted;
		this.#randomBytes = randomBytes;
		this.tally = new RoomTally(now);
		this.#log = log;
		this.read(updates);
	}

	/** Some of what is stored cannot be read. */
	get isPoisoned(): boolean {
		return this.#isPoisoned;
	}

	/** Takes in the next of the room's stored updates, before anything else. */
	read(updates: readonly Uint8Array[]): void {
		const { sound, poison } = this.#sieve.take(updates);
		this.#isPoisoned ||= poison.length > 0;
		if (this.#isPoisoned) this.#minted.forget(this.#room);
		for (const { bytes, reason } of poison)
			this.#log.error({ room: this.#room, bytes: bytes.length, reason }, 'a stored update cannot be read');
		this.#encodedVector = undefined;
		for (const update of sound) this.tally.take(this.#logs.apply(update));
		this.#clock.observe(this.tally.latest);
	}

	state(client: number): number {
		return this.#logs.state(client);
	}

	owner(client: number): UserId | undefined {
		return this.#logs.author(client);
	}

	items(range: DeletedRange): Iterable<HeldItem> {
		return this.#logs.items(range);
	}

	/** What each user takes of it. */
	get shares(): RoomShares {
		return (this.#shares ??= new RoomShares(this.#logs.all()));
	}

	/** What it takes in memory, roughly. */
	get bytes(): number {
		return this.#logs.bytes;
	}

	get latestMs(): number {
		return this.tally.latest.ms;
	}

	/** How long each log is. */
	vector(): Map<number, number> {
		return this.#logs.vector();
	}

	/** The same as the bytes of a Yjs state vector. Made once for all that ask before the document changes. */
	encodedVector(): Uint8Array {
		return (this.#encodedVector ??= Y.encodeStateVector(this.#logs.vector()));
	}

	/** What somebody lacks who has so much, as a Yjs update: all that it holds if nothing is said. */
	encode(known?: VersionVector): Uint8Array {
		return this.#logs.encode(known);
	}

	/** A part of what somebody lacks, from a place on; see {@link RoomLogs.part}. */
	part(lacks: Lacks, from: Place, bytesMax: number): Part {
		return this.#logs.part(lacks, from, bytesMax);
	}

	/** Entries of these logs, one log behind the other, from a place on: about so many items are looked at. */
	entries(segment: number, of: LogEnds, from: EntryPlace, itemsMax: number): EntriesPart {
		const entries: Entry[] = [];
		let left = itemsMax;
		for (let { log, clock } = from; log < of.length; log++, clock = 0) {
			if (left <= 0) return { entries, next: { log, clock } };
			const [client, end] = of[log]!;
			const author = this.owner(client);
			const items: (Uint8Array | undefined)[] = [];
			let next: EntryPlace | undefined;
			for (const item of author === undefined ? [] : this.items({ client, clock, length: end - clock })) {
				if (left <= 0 && item.clock > clock && isStandingHeader(item)) {
					next = { log, clock: item.clock };
					break;
				}
				// Copies, since the logs' own bytes move.
				items.push(item.bytes?.slice());
				left -= 1;
			}
			if (author !== undefined)
				for (const entry of readLog(items, { segment, author, client })) entries.push(entry);
			if (next) return { entries, next };
		}
		return { entries, next: undefined };
	}

	/** One entry; undefined if there is none, or it is erased whole. */
	entry(segment: number, client: number, s: number): Entry | undefined {
		const author = this.owner(client);
		if (author === undefined) return undefined;
		return this.#entriesIn({ client, clock: 2 * s, length: 2 }, { segment, author, client })[0];
	}

	/** The logs that hold messages, and how long they are. */
	messageVector(): VersionVector {
		// As far as the first one: a log may have been stuffed.
		const holdsMessage = ({ client, state }: { client: number; state: number }) => {
			for (const { clock, bytes } of this.items({ client, clock: 0, length: state }))
				if (bytes && clock % 2 === 0 && isMessage(bytes)) return true;
			return false;
		};
		return new Map([...this.#logs.all()].filter(holdsMessage).map(({ client, state }) => [client, state]));
	}

	/** Takes in what the guard has passed, as it was read and as bytes. Throws if it does not follow on what is here. */
	apply({ read, bytes }: Fresh, owner: UserId): Change {
		const change = this.#take(read, bytes, owner);
		if (change.update) this.#writable.took(change.update);
		return change;
	}

	/** Lets `action` write as `author` under the author's server-minted client id. If it throws, the document is of no further use. */
	write<T>(author: UserId, action: (doc: Y.Doc, tick: () => Stamp) => T): Written<T> {
		const client = this.#clientOf(author);
		const { result, update } = this.#writable.write(client, (doc) => action(doc, () => this.#clock.tick()));
		const change = update ? this.#take(readUpdate(update), update, author) : NO_CHANGE;
		return { ...change, result, client };
	}

	/** Keeps no more in memory than it needs to be read and added to. */
	letGo(): void {
		this.#writable.letGo();
	}

	#take(read: ReadUpdate, bytes: Uint8Array, writer: UserId): Change {
		this.#encodedVector = undefined;
		const change = this.#logs.apply(read);
		if (change.grown.length + change.erased.length === 0) return NO_CHANGE;
		const erased = this.tally.take(change);
		this.#clock.observe(this.tally.latest);
		return { update: bytes, erased, growth: this.#growthOf(change, bytes.length, writer) };
	}

	#growthOf({ grown, erased }: LogsChange, bytes: number, writer: UserId): Change['growth'] {
		const growth = new Map<UserId, Growing>([[writer, { bytes, entries: 0 }]]);
		const add = (user: UserId, by: Growing) => {
			const before = growth.get(user) ?? { bytes: 0, entries: 0 };
			growth.set(user, { bytes: before.bytes + by.bytes, entries: before.entries + by.entries });
		};
		for (const { structs } of grown)
			add(writer, { bytes: 0, entries: structs.filter(isStandingHeader).length });
		for (const item of erased)
			add(this.owner(item.client) ?? writer, { bytes: -item.bytes, entries: item.clock % 2 === 0 ? -1 : 0 });
		return growth;
	}

	/** Copies, since the logs' own bytes move. */
	#entriesIn(range: DeletedRange, of: Parameters<typeof readLog>[1]): Entry[] {
		return readLog(
			[...this.items(range)].map(({ bytes }) => bytes?.slice()),
			of
		);
	}

	#clientOf(author: UserId): number {
		let client = this.#minted.get(this.#room, author);
		while (client === undefined || (this.owner(client) ?? author) !== author) {
			const [a, b, c, d] = this.#randomBytes(4);
			const minted = ((a! << 24) | (b! << 16) | (c! << 8) | d!) >>> 0;
			client = this.state(minted) === 0 ? minted : undefined;
		}
		this.#minted.set(this.#room, author, client);
		return client;
	}
}
