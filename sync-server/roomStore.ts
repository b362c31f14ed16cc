/**
 * The port of what keeps rooms. Each update that is stored has a position, later than all before it: positions order
 * what happened in all rooms, and a device that knows one can ask for what changed since.
 */
import type { Erased } from './roomTally';
import type { ConversationId, UserId } from '../src/lib/domain/ids';
import type { EntryId } from '../src/lib/domain/entry';
import type { Poison } from './storedUpdates';

/** The key of a server write: a second write of `user` in the scope under the same key is the first one. */
export interface WriteKey {
	/** A conversation's segments together, or one room: `keyScopeOf`. */
	readonly scope: string;
	readonly user: UserId;
	readonly key: string;
	readonly entry: EntryId;
}

/** What a user takes of a room, in bytes. */
export interface Share {
	readonly user: UserId;
	readonly bytes: number;
}

/** One update of one room, as it goes to disk. */
export interface StoredUpdate {
	readonly room: string;
	readonly update: Uint8Array;
	readonly keys?: readonly WriteKey[];
	/** What it erases of what the room held: `nothing` if left out. */
	readonly erased?: Erased;
	/** What these users take of the room from then on; others as before. */
	readonly shares?: readonly Share[];
}

export interface StoredRoom {
	/** In the order in which they were appended. */
	readonly updates: readonly Uint8Array[];
	/** Of the last of them; 0 if there is none. */
	readonly position: number;
}

/** A stored update, and where it stands. */
export interface Placed {
	readonly position: number;
	readonly bytes: Uint8Array;
}

/** A room, up to a position. */
export interface RoomThrough {
	readonly room: string;
	readonly through: number;
}

/** One update in the place of those of a room between two positions. */
export interface Replacement extends RoomThrough {
	/** It stands behind this one; behind none if left out. */
	readonly behind?: number;
	readonly update: Uint8Array;
	/** What of them it does not hold, since it cannot be read: kept aside, for people to look at. */
	readonly aside?: readonly Poison[];
}

/** Which of the rooms that changed. */
export interface ChangesPage {
	/** Rooms at most. */
	readonly limit: number;
	/** Where the page before ended: the position of its last room. */
	readonly behind?: number;
}

export interface Changes {
	/** Those that changed last stand last. */
	readonly rooms: readonly { readonly room: string; readonly position: number }[];
	/** The position up to which this says everything. */
	readonly newest: number;
}

/** Logs of Yjs V1 updates, one for each room. */
export interface RoomStore {
	load(room: string): Promise<StoredRoom>;
	/** The next updates behind a position, in order, until they are so many bytes; one at least, if there is one. */
	read(room: string, behind: number, bytesMax: number): Promise<readonly Placed[]>;
	/** Appends all or nothing; what it was given is on disk when it resolves. Gives the last one's position. */
	append(batch: readonly StoredUpdate[]): Promise<number>;
	/** Writes something small of the store's own; it is on disk when it resolves, and nothing can be stored if it rejects. */
	probe(): Promise<void>;
	/**
	 * Replaces all or nothing. Other updates stay, and so do the rooms' positions. `clean`: up to there nothing is left of
	 * what was erased.
	 */
	replace(replacements: readonly Replacement[], clean?: readonly RoomThrough[]): Promise<void>;
	/** What was put aside of a room, in that order. */
	asides(room: string): Promise<Poison[]>;
	/** Rooms that something was erased in, and that are not clean since. */
	erased(): Promise<string[]>;
	/** Leaves no byte of what was replaced on disk. False if that cannot be done now. */
	scrub(): Promise<boolean>;
	/** Bytes that a user takes in all rooms, by what the updates told. */
	shareOf(user: UserId): Promise<number>;
	/** Rooms that a user wrote in, by what the updates told. */
	writtenBy(user: UserId): Promise<string[]>;
	/** Of a room's last update; 0 if it has none. */
	position(room: string): Promise<number>;
	/**
	 * The rooms of these scopes (`scopeOf`) that changed since the position; all of them if this store never gave it, as
	 * after it was restored from an older copy. A page of them, if one is asked for.
	 */
	changedSince(position: number, scopes: readonly string[], page?: ChangesPage): Promise<Changes>;
	/**
	 * The last segment of a conversation that devices may have gone on to before an older copy of this store was put back,
	 * which does not show that those before it were full; -1 if none was.
	 */
	ahead(conversation: ConversationId): Promise<number>;
	/** The entry written under a key; undefined if there is none. */
	entryOfKey(scope: string, user: UserId, key: string): Promise<EntryId | undefined>;
}
