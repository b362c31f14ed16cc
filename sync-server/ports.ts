/**
 * What the relay needs from its host and gives to it. Interfaces alone: the relay runs inside the app or by itself,
 * on SQLite or anything else that keeps these promises.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { AnyValue } from '../src/lib/domain/boundedAny';
import type { Entry, EntryId } from '../src/lib/domain/entry';
import type { Erasure } from '../src/lib/domain/erasures';
import type { ConversationId, RandomBytes, UserId } from '../src/lib/domain/ids';
import type { Room } from '../src/lib/protocol/rooms';
import type { RelayLimits, StandingLimits } from './limits';
import type { RelayMeters } from './meters';
import type { RoomStore } from './roomStore';
import type { SegmentState } from './segments';
import type { Stamp } from '../src/lib/domain/stamp';
import type { Timers } from './timers';
import type { VersionVector } from '../src/lib/domain/versionVector';

/** Who stands behind a socket. */
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

/** The host's answers about people: sessions and membership. */
export interface RelayAccess {
	/** The caller of a session cookie or `Authorization: Bearer` header; undefined if there is no living session. */
	authenticate(
		headers: { cookie?: string; authorization?: string },
		request: IncomingMessage
	): Promise<Caller | undefined>;
	/** False once the session has ended, or its time is up. */
	isLoggedIn(sessionId: string): Promise<boolean>;
	/** What the user may do in the room. For a room that does not exist: `none`. */
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
	/** False if a browser page of another site asks. */
	allowsOrigin(request: IncomingMessage): boolean;
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
	/** How long a room stays in memory after its last use. */
	readonly idleMs: number;
	/** Until a store that could store nothing is tried: at first, and at most after more failures. */
	readonly retryMs: { readonly first: number; readonly max: number };
	/** How long what was erased may still lie on disk. */
	readonly eraseWithinMs: number;
	/** The same for what its author has superseded: a draft that was written on, a read mark. */
	readonly supersedeWithinMs: number;
	/** Between two words on one link of what has changed. */
	readonly pokeEveryMs: number;
	/** The same, if it is in rooms alone that the link has open. */
	readonly heldPokeEveryMs: number;
	/** Between two words on one link of who is there and who is writing. */
	readonly presenceEveryMs: number;
	/** Between two questions to the host whether the sessions of open sockets still live. */
	readonly sessionsEveryMs: number;
}

export interface RelayOptions {
	readonly store: RoomStore;
	readonly access: RelayAccess;
	/** Wall clock in milliseconds since 1970. */
	now(): number;
	readonly randomBytes: RandomBytes;
	readonly log: RelayLog;
	readonly timing?: Partial<RelayTiming>;
	readonly limits?: Partial<RelayLimits>;
	readonly timers?: Timers;
	/** Milliseconds of a clock that never goes back. */
	elapsedMs?(): number;
	/** Hears what is to be counted. */
	readonly meters?: RelayMeters;
	/**
	 * Hears how a segment stands, at once behind the commit: when it gets its first message or an earlier one, when it is
	 * full, and when a late message stretches it then; and whenever it is read from disk, so that what was missed by a
	 * process that was killed is told again.
	 */
	onSegment?(state: SegmentState): void;
	/** Hears that something in a room is on disk that was not before. */
	onWritten?(room: string): void;
	/** Hears that what could not be stored may be tried again. */
	onRetry?(): void;
}

/** An entry that the server writes; the relay gives it its stamp. */
export interface ServerEntry {
	readonly kind: number;
	readonly body: Uint8Array;
}

export interface WrittenEntry {
	readonly id: EntryId;
	/** Undefined if an earlier writing under the same key stands. */
	readonly stamp: Stamp | undefined;
}

export interface RelayHealth {
	/** `degraded`: it serves what is on disk, and not everything that is written can be stored, or not every room read. */
	readonly status: 'ok' | 'degraded';
	readonly reason?: string;
}

/** What there is now. */
export interface RelayStats {
	/** In memory. */
	readonly rooms: number;
	readonly sockets: number;
	/** Of the sockets, those that carry many rooms. */
	readonly links: number;
	/** Rooms open on links, and sockets of one room. */
	readonly channels: number;
	/** Bytes that wait for slow readers. */
	readonly queuedBytes: number;
	/** Bytes of the rooms that somebody has open, and of their channels. */
	readonly openBytes: number;
	/** Users whose budgets are remembered. */
	readonly users: number;
}

export interface Relay {
	/** Takes over an HTTP upgrade; false if its path is not the relay's. */
	handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
	/**
	 * Writes for `author` (`system`, or a user through REST) into a log of a server-minted client id. Resolves once the
	 * entries are on disk; rejects if they could not be stored, with the code `STORE_FULL` if the author's writing takes
	 * as much of the store as it may, with `FORBIDDEN` if the host says, as late as in the turn in which they go to the
	 * store, that the author may not write there. A repeated key, in any segment of the conversation, gives the first
	 * writing's entry and writes nothing.
	 */
	append(
		room: string,
		author: UserId,
		entries: readonly ServerEntry[],
		options?: { readonly key?: string }
	): Promise<WrittenEntry[]>;
	/**
	 * The first entry that the author wrote under a key in the room's conversation; undefined if there is none. One that is
	 * under way is waited for. Asks nothing of the host: who was let write may know of it.
	 */
	writtenUnder(room: string, author: UserId, key: string): Promise<EntryId | undefined>;
	/**
	 * Erases bodies of a user's, in one transaction with the entry of `system` that says why: what goes and its reason
	 * reach disk and devices together. Done again, it writes the same reason no second time, and erases what has come
	 * since. Resolves once it is on disk; of the relay's files the text is gone soon after.
	 */
	erase(room: string, erasure: Erasure, why?: ServerEntry): Promise<void>;
	/** Rooms that a user has written in. */
	writtenBy(user: UserId): Promise<string[]>;
	/** Bytes that what a user has written takes in all rooms. */
	bytesOf(user: UserId): Promise<number>;
	/** Makes a projection document say these facts and no others, as `system`. Resolves once they are on disk. */
	project(room: string, facts: ReadonlyMap<string, AnyValue>): Promise<void>;
	/** Every entry of the room that is on disk now. */
	entries(room: string): Promise<Entry[]>;
	/** One entry of the room, if it is on disk. */
	entry(room: string, id: EntryId): Promise<Entry | undefined>;
	/** How a segment stands on disk. Throws if the room is no segment. */
	segment(room: string): Promise<SegmentState>;
	/** The logs of the room that hold messages on disk, and how long they are. */
	messageVector(room: string): Promise<VersionVector>;
	/** Closes the session's sockets with 4401, at once. */
	dropSession(sessionId: string): void;
	/** Closes the user's channels of the conversation with 4403, at once. */
	dropMember(conversation: ConversationId, userId: UserId): void;
	/** From now on these hold; others stay as they are. What somebody has already stays with them. */
	limit(limits: Partial<StandingLimits>): void;
	/**
	 * Asks the host about everyone who is here, as if each had just come: for when it may have ended sessions and removed
	 * members without a word. Settles when it has answered.
	 */
	checkEveryone(): Promise<void>;
	/** Whether all that is written can be stored and read, for operators: no names, no paths. */
	health(): RelayHealth;
	stats(): RelayStats;
	/** Closes everything with 4501, after the last commit. */
	close(): Promise<void>;
}
