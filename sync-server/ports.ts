/**
 * What the relay needs from its host and gives to it. Interfaces alone: the relay runs inside the app or by itself,
 * on SQLite or anything else that keeps these promises.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { AnyValue } from '../src/lib/domain/boundedAny';
import type { Entry, EntryId } from '../src/lib/domain/entry';
import type { ConversationId, RandomBytes, UserId } from '../src/lib/domain/ids';
import type { Room } from '../src/lib/protocol/rooms';

/** Who stands behind a socket. */
export interface Caller {
	readonly userId: UserId;
	readonly sessionId: string;
}

export type AccessLevel = 'write' | 'read' | 'none';

/** The host's answers about people: sessions and membership. */
export interface RelayAccess {
	/** The caller of a session cookie or `Authorization: Bearer` header; undefined if there is no living session. */
	authenticate(headers: { cookie?: string; authorization?: string }): Promise<Caller | undefined>;
	/** What the user may do in the room. For a room that does not exist: `none`. */
	access(userId: UserId, room: Room): Promise<AccessLevel>;
	/** False if a browser page of another site asks. */
	allowsOrigin(request: IncomingMessage): boolean;
}

/** The key of a server write: a second write of `user` in the room under the same key is the first one. */
export interface WriteKey {
	readonly user: UserId;
	readonly key: string;
	readonly entry: EntryId;
}

/** One update of one room, as it goes to disk. */
export interface StoredUpdate {
	readonly room: string;
	readonly update: Uint8Array;
	readonly keys?: readonly WriteKey[];
}

/** Append-only logs of Yjs V1 updates, one for each room. */
export interface RoomStore {
	/** All updates of a room in the order in which they were appended. */
	load(room: string): Promise<Uint8Array[]>;
	/** Appends all or nothing; what it was given is on disk when it resolves. */
	append(batch: readonly StoredUpdate[]): Promise<void>;
	/** The entry written under a key; undefined if there is none. */
	entryOfKey(room: string, user: UserId, key: string): Promise<EntryId | undefined>;
}

type LogLine = (fields: object, message: string) => void;

/** The part of a pino logger that the relay uses. */
export interface RelayLog {
	info: LogLine;
	warn: LogLine;
	error: LogLine;
}

/** How often the relay does what it does by the clock, in milliseconds. */
export interface RelayTiming {
	/** Between two pings of a socket; one that left a ping unanswered until the next is dead. */
	readonly pingEveryMs: number;
	/** How long a socket may take to close before it is cut. */
	readonly closeWithinMs: number;
}

export interface RelayOptions {
	readonly store: RoomStore;
	readonly access: RelayAccess;
	/** Wall clock in milliseconds since 1970. */
	now(): number;
	readonly randomBytes: RandomBytes;
	readonly log: RelayLog;
	readonly timing?: Partial<RelayTiming>;
}

/** An entry that the server writes; the relay gives it its stamp. */
export interface ServerEntry {
	readonly kind: number;
	readonly body: Uint8Array;
}

export interface Relay {
	/** Takes over an HTTP upgrade; false if its path is not the relay's. */
	handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
	/**
	 * Writes for `author` (`system`, or a user through REST) into a log of a server-minted client id. Resolves with the
	 * entries' ids once they are on disk; rejects if they could not be stored. A repeated key gives the first writing's
	 * entry and writes nothing. Whether the author may is for the caller to know.
	 */
	append(
		room: string,
		author: UserId,
		entries: readonly ServerEntry[],
		options?: { readonly key?: string }
	): Promise<EntryId[]>;
	/** Makes the facts hold in a projection document, as `system`. Resolves once they are on disk. */
	project(room: string, facts: ReadonlyMap<string, AnyValue>): Promise<void>;
	/** Every entry of the room that is on disk now. */
	entries(room: string): Promise<Entry[]>;
	/** Closes the session's sockets with 4401, at once. */
	dropSession(sessionId: string): void;
	/** Closes the user's channels of the conversation with 4403, at once. */
	dropMember(conversation: ConversationId, userId: UserId): void;
	stats(): { readonly rooms: number; readonly sockets: number };
	/** Closes everything with 4501, after the last commit. */
	close(): Promise<void>;
}
