/**
 * What the server asks of the relay, and gives to it. The relay itself (sync-server) is put in place by the
 * composition in hooks.server.ts, so that nothing here depends on how it works.
 */
import type { IncomingMessage } from 'node:http';
import type { Database } from 'better-sqlite3';
import type { Logger } from 'pino';
import type { AnyValue } from '../domain/boundedAny';
import type { Entry, EntryId } from '../domain/entry';
import type { RandomBytes, UserId } from '../domain/ids';
import type { Room } from '../protocol/rooms';

export interface RelayPort {
	/** Appends to the author's log of a room; resolves once it is on disk. A repeated key returns the first entry's id. */
	append(
		room: string,
		author: UserId,
		entries: readonly { kind: number; body: Uint8Array }[],
		options?: { key?: string }
	): Promise<EntryId[]>;
	/** Makes the facts hold in a document that `system` writes; resolves once they are on disk. */
	project(room: string, facts: ReadonlyMap<string, AnyValue>): Promise<void>;
	/** The entries of a room that are on disk now. */
	entries(room: string): Promise<Entry[]>;
	/** Closes the sockets of a session that has ended, at once. */
	dropSession(sessionId: string): void;
	close(): Promise<void>;
}

export interface Caller {
	readonly userId: UserId;
	readonly sessionId: string;
}

/** What the relay asks at an upgrade and at the opening of a channel. */
export interface RelayAccess {
	authenticate(headers: { cookie?: string; authorization?: string }): Promise<Caller | undefined>;
	access(userId: UserId, room: Room): Promise<'write' | 'read' | 'none'>;
	allowsOrigin(request: IncomingMessage): boolean;
}

/** Makes the relay over the server's own database and rules. */
export type MakeRelay = (parts: {
	db: Database;
	access: RelayAccess;
	now: () => number;
	randomBytes: RandomBytes;
	log: Logger;
}) => RelayPort;
