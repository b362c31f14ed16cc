/**
 * What the screens see. Components take these and nothing else: no Yjs, no sockets, no fetch. All getters are
 * reactive (runes underneath); all of it is read from local documents, so no screen waits for the network.
 */
import type { ConversationId, UserId } from '../domain/ids';
import type { ConversationKind, Role } from '../domain/info';
import type { EntryId } from '../domain/entry';
import type { Person } from '../domain/people';

export type SyncState = 'offline' | 'connecting' | 'catching-up' | 'synced';

export type MessageState = 'queued' | 'sent' | 'read';

export interface SyncModel {
	readonly state: SyncState;
	/** Rooms of conversations that are still being brought up to date. */
	readonly conversationsLeft: number;
	/** Own messages, in all conversations, that only this device has. */
	readonly unsent: number;
	/** The server ended the session: reading and writing go on, sending needs a login. */
	readonly signedOut: boolean;
	/** Set when this device cannot keep what is written: what happened, for the person. */
	readonly storageProblem: 'unavailable' | 'full' | undefined;
	/** Milliseconds since 1970 when this device was last synced; undefined if never. */
	readonly lastSyncedAt: number | undefined;
	/** Connects now instead of after the back-off. */
	tryNow(): void;
}

export interface ConversationListItem {
	readonly id: ConversationId;
	readonly kind: ConversationKind;
	/** The group's name, its members' names when it has none, or the other person's name. */
	readonly name: string;
	/** Names to draw the swatch from, one or two. */
	readonly swatch: readonly string[];
	/** The newest thing in it; undefined while it is empty or not on this device yet. */
	readonly last: { readonly author: UserId | undefined; readonly authorName: string; readonly text: string; readonly at: number } | undefined;
	/** Own messages that only this device has. */
	readonly unsent: number;
	/** Text begun and not sent. */
	readonly draft: string;
	/** Made on this device and not yet known to the server. */
	readonly pending: boolean;
	/** Its content is on this device (false: known from the directory, not fetched yet). */
	readonly loaded: boolean;
}

export interface MessageRow {
	readonly type: 'message';
	readonly id: EntryId;
	readonly author: UserId;
	readonly authorName: string;
	readonly own: boolean;
	readonly text: string;
	/** Milliseconds since 1970. */
	readonly at: number;
	/** Own messages only. */
	readonly state: MessageState | undefined;
	readonly replyTo: { readonly id: EntryId; readonly authorName: string; readonly text: string } | undefined;
}

export interface EventRow {
	readonly type: 'event';
	readonly id: EntryId;
	readonly event: string;
	readonly byName: string;
	readonly whoNames: readonly string[];
	readonly name: string | undefined;
	readonly at: number;
}

export type TimelineRow = MessageRow | EventRow;

export interface ConversationModel {
	readonly id: ConversationId;
	/** `missing`: this account has no such conversation; `removed`: the user is no longer a member. */
	readonly status: 'opening' | 'open' | 'missing' | 'removed';
	readonly kind: ConversationKind;
	readonly name: string;
	readonly swatch: readonly string[];
	readonly members: readonly (Person & { readonly role: Role })[];
	readonly pending: boolean;
	/** Everything the relay had at the last connection is on this device. False: say "not here yet", never "no messages". */
	readonly complete: boolean;
	readonly rows: readonly TimelineRow[];
	draft: string;
	/** Writes the message to this device and clears the draft. Returns why not, if it cannot be. */
	send(text: string): { readonly problem: 'too-long' | 'empty' } | undefined;
	/** Copies of own text that the relay refused for good, for the person to copy. */
	readonly refused: readonly { readonly text: string; readonly at: number }[];
	/** Call when the screen is left. */
	close(): void;
}

export interface CommandProblem {
	readonly id: string;
	/** For the person, in plain words. */
	readonly message: string;
	dismiss(): void;
}

export interface AppModel {
	readonly self: Person;
	readonly sync: SyncModel;
	/** Newest first. */
	readonly conversations: readonly ConversationListItem[];
	/** Commands that the server refused for good. */
	readonly problems: readonly CommandProblem[];
	openConversation(id: ConversationId): ConversationModel;
	/** People known on this device at once; the server's answer joins them when there is a network. */
	findPeople(query: string): Promise<{ readonly people: readonly Person[]; readonly fromServer: boolean }>;
	/**
	 * Starts a conversation on this device at once, offline too; the server follows. One other person and no name: the
	 * direct conversation with them, the existing one if there is one.
	 */
	startConversation(start: { readonly people: readonly Person[]; readonly name: string }): Promise<ConversationId>;
	/** Ends the session and wipes this device's copy. The screen warns first if `sync.unsent` > 0 or there are drafts. */
	logOut(): Promise<void>;
	/** Lets go of everything, when the app's screens are left. */
	stop(): Promise<void>;
}
