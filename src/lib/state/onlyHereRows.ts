/** What only this device has, row by row: texts that were not taken, messages and changes that wait. */
import type { ConversationId } from '../domain/ids';
import type { EntryId } from '../domain/entry';
import type { Command } from '../sync/commands/commandTable';
import type { Refusal } from '../sync/outbox';
import type { SalvageReason } from '../sync/salvagedTexts';

/** An own text that can never leave: kept on this device until the person is done with it. */
export interface SalvagedRow {
	readonly id: string;
	readonly conversation: ConversationId;
	/** What the conversation was called. */
	readonly conversationName: string;
	readonly text: string;
	/** A new text for a message that the others have. */
	readonly isEdit: boolean;
	/** When it was written, in milliseconds since 1970. */
	readonly at: number;
	readonly replyTo: { readonly authorName: string; readonly text: string } | undefined;
	readonly reason: SalvageReason;
	/** Forgets it. Returns the way to have it back. */
	discard(): () => void;
}

/** An own message that only this device has. */
export interface OnlyHereItem {
	readonly conversation: ConversationId;
	readonly conversationName: string;
	readonly id: EntryId;
	readonly text: string;
	readonly at: number;
	/** False: the message is with the relay, and what waits is an edit of it. */
	readonly cancellable: boolean;
	/** Messages of others that have arrived in its conversation since it was written. */
	readonly repliesSince: number;
	/** It leaves behind this command, which the server has not carried out; undefined if there is none. */
	readonly behind: Command | undefined;
}

/** What was done to a message, while the others see it as it was. */
export interface DeedRow extends Pick<OnlyHereItem, 'conversation' | 'conversationName' | 'id'> {
	readonly type: 'redaction' | 'reaction' | 'pin';
	/** Of a reaction. */
	readonly emoji: string;
	/** False: a reaction or pin is taken back. */
	readonly on: boolean;
	/** The beginning of what the message says. */
	readonly text: string;
	/** When it was done, in milliseconds since 1970. */
	readonly at: number;
	/** Takes it back: false if it has left already. What was deleted is gone from this device, so that stays. */
	readonly cancel?: () => Promise<boolean>;
}

/** What was set for oneself, and no other device of one's own knows of. */
export interface SettingRow {
	/** Under which home keeps it. */
	readonly key: string;
	/** `pin`, `mute` or `mentions` of a conversation; the name of a setting, one of a later version perhaps. */
	readonly what: string;
	readonly on: boolean;
	/** What the conversation is called that it is about; empty if it is about none. */
	readonly conversationName: string;
	/** When it was set, in milliseconds since 1970. */
	readonly at: number;
}

/** A draft, or an edit that is not saved, of another tab. */
export interface BegunRow {
	readonly conversation: ConversationId;
	readonly conversationName: string;
	readonly text: string;
}

/** A command of this device that the server has not carried out. */
interface CommandRow {
	readonly id: string;
	/** What is asked for; the catalogue words it. */
	readonly command: Command;
	/** What the conversation is called that it is about; empty if it is about none. */
	readonly conversationName: string;
}

/** It waits for a connection, or for those before it. */
export interface QueuedRow extends CommandRow {
	/** When it was given, in milliseconds since 1970. */
	readonly at: number;
	/** Takes it back: false if it has left already. */
	readonly cancel?: (() => Promise<boolean>) | undefined;
}

/** The server refused it for good. */
export interface CommandProblem extends CommandRow {
	readonly refusal: Refusal;
	dismiss(): void;
}
