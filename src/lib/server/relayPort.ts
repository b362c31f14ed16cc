/**
 * What the server asks of the relay, and gives to it. The relay itself (sync-server) is put in place by the
 * composition in hooks.server.ts, so that nothing here depends on how it works.
 */
import type { IncomingMessage } from 'node:http';
import type { Database } from 'better-sqlite3';
import type { Logger } from 'pino';
import type { AnyValue } from '../domain/boundedAny';
import type { Entry, EntryId } from '../domain/entry';
import type { Erasure } from '../domain/erasures';
import type { ConversationId, RandomBytes, UserId } from '../domain/ids';
import type { Room } from '../protocol/rooms';
import type { Stamp } from '../domain/stamp';
import type { VersionVector } from '../domain/versionVector';

export interface WrittenEntry {
	readonly id: EntryId;
	/** Undefined if an earlier writing under the same key stands. */
	readonly stamp: Stamp | undefined;
}

/** How a segment stands. Times are of messages, in milliseconds; undefined while there is none. */
export interface SegmentState {
	readonly conversation: ConversationId;
	readonly segment: number;
	readonly firstMs: number | undefined;
	readonly lastMs: number | undefined;
	/** New messages go to the next one. */
	readonly isFull: boolean;
}

/** `degraded`: it serves what is on disk, but not all that is written can be stored, or not every room read. */
export interface RelayHealth {
	readonly status: 'ok' | 'degraded';
	/** For operators: no names, no paths. */
	readonly reason?: string;
}

/** What there is now. */
export interface RelayStats {
	readonly rooms: number;
	readonly sockets: number;
	readonly links: number;
	readonly channels: number;
	readonly users: number;
	readonly openBytes: number;
	readonly queuedBytes: number;
}

/** Hears what the relay counts. */
export interface RelayMeters {
	count(what: string, by?: number): void;
	refused(code: number, reason: string): void;
	paused(budget: string): void;
	commitTook(seconds: number): void;
	frameTook(frame: { readonly kind: string; readonly bytes: number; readonly seconds: number }): void;
}

/** What one user, and all of them, may have at the relay, where it is not as usual. */
export interface RelayLimitSettings {
	readonly socketsMax?: number;
	/** Bytes that may arrive: in a second, and at once. */
	readonly bytes?: { readonly perSecond: number; readonly burst: number };
	readonly roomBytesMax?: number;
	readonly userBytesMax?: number;
	/** Bytes of all rooms that are open. */
	readonly allOpenBytesMax?: number;
}

export interface RelayPort {
	/**
	 * Appends to the author's log of a room; resolves once it is on disk. A repeated key, in any segment of the
	 * conversation, gives the first entry.
	 */
	append(
		room: string,
		author: UserId,
		entries: readonly { kind: number; body: Uint8Array }[],
		options?: { key?: string }
	): Promise<WrittenEntry[]>;
	/** The first entry that the author wrote under a key in the room's conversation, also if that is under way just now. */
	writtenUnder(room: string, author: UserId, key: string): Promise<EntryId | undefined>;
	/**
	 * Erases bodies of a user's in one transaction with the entry of `system` that says why; resolves once it is on disk.
	 * Done again, it writes the same reason no second time, and erases what has come since.
	 */
	erase(room: string, erasure: Erasure, why?: { kind: number; body: Uint8Array }): Promise<void>;
	/** Rooms that a user has written in. */
	writtenBy(user: UserId): Promise<string[]>;
	/** Bytes that what a user has written takes in all rooms. */
	bytesOf(user: UserId): Promise<number>;
	/** Makes a document that `system` writes say these facts and no others; resolves once they are on disk. */
	project(room: string, facts: ReadonlyMap<string, AnyValue>): Promise<void>;
	/** The entries of a room that are on disk now. */
	entries(room: string): Promise<Entry[]>;
	/** One entry of a room, if it is on disk. */
	entry(room: string, id: EntryId): Promise<Entry | undefined>;
	/** How a segment stands on disk. */
	segment(room: string): Promise<SegmentState>;
	/** The logs of a room that hold messages, and how long they are. */
	messageVector(room: string): Promise<VersionVector>;
	/** Closes the sockets of a session that has ended, at once. */
	dropSession(sessionId: string): void;
	/** Closes the channels of a member who was removed from the conversation, at once. */
	dropMember(conversation: ConversationId, user: UserId): void;
	/** From now on this much may be had; what is not named stays as it is. */
	limit(limits: RelayLimitSettings): void;
	health(): RelayHealth;
	/** How it stands; not there if it runs elsewhere. */
	stats?(): RelayStats;
	close(): Promise<void>;
}

export interface Caller {
	readonly userId: UserId;
	readonly sessionId: string;
}

/**
 * `absent`: for this user there is no such room, though they are in the conversation; `gone`: they once were in it. Of
 * what they wrote there themselves both may hear how much was taken. `forgotten`: the host was put back to an older state,
 * which knows no such conversation.
 */
export type AccessLevel = 'write' | 'read' | 'absent' | 'gone' | 'forgotten' | 'none';

/** What the relay asks at an upgrade and at the opening of a channel. */
export interface RelayAccess {
	authenticate(
		headers: { cookie?: string; authorization?: string },
		request: IncomingMessage
	): Promise<Caller | undefined>;
	/** False once the session has ended, or its time is up. */
	isLoggedIn(sessionId: string): Promise<boolean>;
	access(userId: UserId, room: Room): Promise<AccessLevel>;
	/** Every conversation that the user is a member of. */
	conversationsOf(userId: UserId): Promise<ConversationId[]>;
	/** The first segment that the user may read, by conversation; 0 where none is given. */
	firstSegments(userId: UserId): Promise<ReadonlyMap<ConversationId, number>>;
	/**
	 * Whom the user has blocked: they are told neither that the user is here nor that they write. Asked again when the
	 * user's directory changes.
	 */
	blockedBy(userId: UserId): Promise<readonly UserId[]>;
	/**
	 * Milliseconds since 1970; 0 for nearly everyone. What the user wrote in the conversation before is not taken any
	 * more: they were no member in between.
	 */
	writesSince(userId: UserId, conversation: ConversationId): Promise<number>;
	allowsOrigin(request: IncomingMessage): boolean;
}

/** Makes the relay over the server's own database and rules. */
export type MakeRelay = (parts: {
	db: Database;
	access: RelayAccess;
	now: () => number;
	randomBytes: RandomBytes;
	log: Logger;
	/** Hears how segments stand, when it matters and whenever they are read from disk. */
	onSegment: (state: SegmentState) => void;
	/** Hears that something in a room is on disk that was not before; with a relay by itself, some while later. */
	onWritten: (room: string) => void;
	/** Hears that what could not be stored may be tried again. */
	onRetry: () => void;
	meters: RelayMeters;
	limits: RelayLimitSettings;
}) => RelayPort;
