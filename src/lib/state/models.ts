/**
 * What the screens see. Components take these and nothing else: no Yjs, no sockets, no fetch. All getters are
 * reactive (runes underneath); all of it is read from local documents, so no screen waits for the network.
 */
import type { AccountModel } from './accountModel';
import type { ProgramsModel } from './programsModel';
import type { AdministrationModel } from './administrationModel';
import type { AskedGroup } from '../domain/directory';
import type { ConversationId, UserId } from '../domain/ids';
import type { ConversationKind, Gone, History, Joining, Role } from '../domain/info';
import type { EntryId } from '../domain/entry';
import type { Command } from '../sync/commands/commandTable';
import type { ReadState } from '../domain/readState';
import type { Person } from '../domain/people';
import type { FoundPeople } from '../sync/people';
import type { Device } from '../sync/device';
import type { Removal } from '../sync/messageActions';
import type { PresenceState } from '../protocol/presenceWords';
import type { BegunRow, CommandProblem, QueuedRow, SalvagedRow } from './onlyHereRows';
import type { MessageRow, QuoteRow, TimelineRow, UnreadRows } from './timelineRow';
import type { ConversationListItem } from './conversationListItem';
import type { SyncModel } from './syncModel';

/** How something that is not loaded is looked for. */
export interface FetchOptions {
	/** False: nobody is asked but this device, which goes no further than what it has. */
	readonly fetch?: boolean | undefined;
	/** Once aborted, nothing is brought any more. */
	readonly until?: AbortSignal | undefined;
}

export interface ConversationModel {
	readonly id: ConversationId;
	/**
	 * `missing`: this account has no such conversation; `removed`: the user is no longer a member; `notMade`: begun on this
	 * device, and refused by the server or taken back.
	 */
	readonly status: 'opening' | 'open' | 'missing' | 'removed' | 'notMade';
	readonly kind: ConversationKind;
	readonly name: string;
	readonly swatch: readonly string[];
	readonly picture: string | undefined;
	readonly members: readonly (Person & { readonly role: Role })[];
	/** A PNG, JPEG or WebP for a group; undefined for none. It holds here at once. Rejects if the disk does not take it. */
	setPicture(picture: Blob | undefined): Promise<void>;
	/** A group's own name; empty if it has none. */
	readonly ownName: string;
	/** What a group is about; empty if nobody has said. */
	readonly description: string;
	/** Whether people have to ask before they come in. */
	readonly joining: Joining;
	/** What new members may read. */
	readonly history: History;
	/** Who asks to join. */
	readonly asking: readonly Person[];
	/** Who is not in the group any more, and how they went. */
	readonly gone: ReadonlyMap<UserId, Gone>;
	readonly pending: boolean;
	/** That the server would not make it, and why; undefined unless it has said so. */
	readonly refusedMaking: CommandProblem | undefined;
	/** The server was asked for it, and may have made it though its answer is not here: it cannot be discarded. */
	readonly tried: boolean;
	/**
	 * Takes back one that the server has not heard of; what was written in it is kept on this device. False if it may have
	 * heard of it meanwhile.
	 */
	discard(): Promise<boolean>;
	/**
	 * The server knew it once, and was put back to before that: it is made again by this device, or by one of an owner;
	 * undefined of any other.
	 */
	readonly forgotten: 'ours' | 'owners' | undefined;
	/** Names of others who are writing in it now. */
	readonly writing: readonly string[];
	/** Everything the relay had at the last connection is on this device. False: say "not here yet", never "no messages". */
	readonly complete: boolean;
	/** The part of the timeline that is loaded: never more than a few hundred rows. */
	readonly rows: readonly TimelineRow[];
	/** There is more before the rows, or behind them. */
	readonly hasEarlier: boolean;
	readonly hasLater: boolean;
	loadEarlier(): Promise<void>;
	loadLater(): Promise<void>;
	/** The message before the eyes: its row stays, whatever comes between the rows. Undefined: none. */
	lookAt(id: EntryId | undefined): void;
	/** Brings the newest rows. */
	showLatest(): Promise<void>;
	/**
	 * Brings the rows around a message, however far back. False if it is not here and cannot be fetched now.
	 */
	showMessage(id: EntryId, options?: FetchOptions): Promise<boolean>;
	/** True if the message stands before the rows, as far as can be told without loading it. */
	standsBefore(id: EntryId): boolean;
	/** What is read now: with it one finds back to where reading goes on from here, whatever is read meanwhile. */
	readonly readSoFar: ReadState;
	readonly unread: UnreadRows;
	/**
	 * Settles once this device knows where reading goes on, or cannot be told now: something of the conversation is here,
	 * and what was read elsewhere is. At once when `until` is aborted.
	 */
	whenKnown(until: AbortSignal): Promise<void>;
	/** What was unread when this was what was read. */
	unreadSince(state: ReadState): UnreadRows;
	/**
	 * Brings what is loaded to where reading went on from this state. The first message that was unread then; undefined
	 * if there is none here, or one before it may be missing.
	 */
	firstUnread(since: ReadState, options?: FetchOptions): Promise<EntryId | undefined>;
	/** These messages have been before the person's eyes. */
	seen(ids: readonly EntryId[]): void;
	/** The person passes over all that is unread up to the end. What arrived late stays as it is. */
	readToEnd(): void;
	/** All from this message on is unread again, on every device. */
	markUnreadFrom(id: EntryId): void;
	readonly draft: DraftModel;
	/** Keeps what is typed, and what it replies to. */
	setDraft(draft: DraftModel): void;
	/** Drafts begun on other devices that this one was written over unseen. */
	readonly otherDrafts: readonly DraftModel[];
	/** Goes on from one of them, or from the own one: the others are no longer offered. */
	chooseDraft(draft: DraftModel): void;
	/** Writes the message to this device and clears the draft. Returns why not, if it cannot be. */
	send(text: string, replyTo?: EntryId): { readonly problem: 'too-long' | 'empty' } | undefined;
	/** The edit that was begun here and is neither saved nor given up. */
	readonly editing: EditModel | undefined;
	/** Keeps what is typed of it. */
	setEditing(edit: EditModel): void;
	stopEditing(): void;
	/**
	 * Saves an edit: a queued message is changed without a trace, a sent one keeps its history. `gone`: it was deleted or
	 * cancelled meanwhile, and nothing is written.
	 */
	edit(id: EntryId, text: string): { readonly problem: 'too-long' | 'empty' | 'gone' } | undefined;
	/** How an own message went that is here no more; undefined if it stands, or is not in memory. */
	goneBy(id: EntryId): 'deleted' | 'cancelled' | undefined;
	/** Deletes for everyone; a queued message is cancelled instead. */
	remove(id: EntryId): Promise<Removal>;
	/** Takes back changes of an own message that have not left. False if there are none. */
	dropEdits(id: EntryId): Promise<boolean>;
	/** Has another's message deleted for everyone, as a moderator. Rejects if this device's disk does not take it. */
	moderate(row: MessageRow): Promise<void>;
	react(id: EntryId, emoji: string, on: boolean): void;
	pin(id: EntryId, on: boolean): void;
	/**
	 * Pinned messages as far as this device knows of them, newest first. Those that are not loaded come a moment after they
	 * are asked for.
	 */
	readonly pinned: readonly MessageRow[];
	/** How many there are, known without loading them. */
	readonly pinnedCount: number;
	/** What a reply to this message quotes; one that is not loaded comes a moment after it is asked for. */
	quote(id: EntryId): QuoteRow;
	/** Own texts that can never leave, kept here for the person. */
	readonly refused: readonly SalvagedRow[];
	/** Entries here that this version cannot read: of a later version, or broken. */
	readonly unreadable: number;
	/** Call when the screen is left. */
	close(): void;
}

export interface DraftModel {
	readonly text: string;
	readonly replyTo?: EntryId;
}

export interface EditModel {
	/** The message. */
	readonly target: EntryId;
	readonly text: string;
	/** What it said when the edit was begun. */
	readonly was: string;
}

/** What this device knows of somebody, and what one has with them. */
export interface PersonModel {
	readonly id: UserId;
	readonly isSelf: boolean;
	/** Undefined while nobody of this id is known here. */
	readonly person: Person | undefined;
	/** One has blocked them, as it waits here or as the server tells. */
	readonly blocked: boolean;
	/** There is nobody of this id, by the server's word. */
	readonly missing: boolean;
	/** Conversations with them, the direct one first, as far as this device has them. */
	readonly shared: readonly ConversationListItem[];
	/** Call when the screen is left. */
	close(): void;
}

/** The other of a direct conversation has deleted their account, or one has blocked them. */
export type Unwritable = 'deleted' | 'blocked';

export interface AppModel {
	readonly self: Person;
	readonly account: AccountModel;
	readonly administration: AdministrationModel;
	readonly sync: SyncModel;
	/** Milliseconds since 1970, as the relay tells the time: this device's own clock may be wrong. */
	now(): number;
	/** Newest first. */
	readonly conversations: readonly ConversationListItem[];
	/** Groups that one asks to join, or was not let into and has not put that away yet. */
	readonly asked: readonly (AskedGroup & { readonly id: ConversationId })[];
	/** Commands that the server refused for good. */
	readonly problems: readonly CommandProblem[];
	/** Commands that only this device knows of yet, in the order they were given; new conversations stand in the list. */
	readonly queued: readonly QueuedRow[];
	/**
	 * Does what needs the server's authority: at once on this device's screens, and at the server as soon as it can be.
	 * Rejects if this device's disk does not take it.
	 */
	command(command: Command): Promise<void>;
	readonly programs: ProgramsModel;
	/** What only some screens show, as it is now: see unsentRows, invitesModel and blockedPeople. Their code comes with those screens. */
	read<Shown>(shown: (device: Device) => Shown): Shown;
	/** Own texts that can never leave, oldest first. */
	readonly salvaged: readonly SalvagedRow[];
	/** Why nothing can be written in a conversation; undefined where it can. */
	unwritable(id: ConversationId): Unwritable | undefined;
	/** Whether others are told what one has read. */
	receipts: boolean;
	/** Whether others are told that one is here or writing. */
	showsPresence: boolean;
	/** Where an `img` finds the picture of that name; undefined while it is not on this device: it is brought then. */
	pictureUrl(name: string): string | undefined;
	/** How another person is now; undefined without a connection, when nobody can know. */
	presenceOf(user: UserId): PresenceState | undefined;
	setPinned(id: ConversationId, on: boolean): void;
	setMuted(id: ConversationId, on: boolean): void;
	/** Only messages that name the user call for them. Muted, none does. */
	setMentionsOnly(id: ConversationId, on: boolean): void;
	/** Writes the text of a message into another conversation, naming its author. */
	forward(message: { readonly text: string; readonly authorName: string }, to: ConversationId): Promise<void>;
	openConversation(id: ConversationId): ConversationModel;
	/** People known on this device at once; the server's answer joins them when there is a network. */
	findPeople(query: string, cursor?: string): Promise<FoundPeople>;
	/**
	 * Starts a conversation on this device at once, offline too; the server follows. One other person and no name: the
	 * direct conversation with them, the existing one if there is one.
	 */
	startConversation(start: {
		readonly people: readonly Person[];
		readonly name: string;
	}): Promise<ConversationId>;
	/** Settles once all that was typed and written is on this device's disk; rejects if it cannot be. */
	stored(): Promise<void>;
	/** What is begun in other tabs of this browser and nowhere else, as it is now. */
	begunInOtherTabs(): Promise<readonly BegunRow[]>;
	/** The account is no more: what this device keeps of it is to be erased. */
	readonly deleted: boolean;
	/** Erases all that this device keeps of the account, and says how much is left. Rejects if it did not finish. */
	erase(onLeft?: (left: number) => void): Promise<void>;
	/** Logging out was begun in this tab, which goes on to where that leads. */
	readonly logsOut: boolean;
	/** Ends the session and wipes this device's copy. The screen warns first if anything is unsent or queued, or there are drafts. */
	logOut(): Promise<void>;
	/** Lets go of everything, when the app's screens are left. */
	stop(): Promise<void>;
}
