/** What a timeline is made of. Items are immutable: whatever changes of one makes a new object of it. */
import type { EntryId } from './entry';
import type { Stamp } from './stamp';
import type { SystemBody } from './bodies';
import type { UserId } from './ids';

export interface TimelineMessage {
	readonly type: 'message';
	readonly id: EntryId;
	readonly segment: number;
	readonly client: number;
	readonly s: number;
	readonly author: UserId;
	/** When it was written, as far as that can be believed; edits do not move it. */
	readonly stamp: Stamp;
	/** Empty if it was deleted. */
	readonly text: string;
	readonly replyTo?: EntryId;
	/** The name of who wrote the text first. An edited message no longer has one: the text is not theirs. */
	readonly forwardedFrom?: string;
	/** What it said before, oldest first; empty if it was never edited, or only before it left the device. */
	readonly versions: readonly MessageVersion[];
	/** A tombstone: "Message deleted". It has no text, no reply, no versions, no reactions and no pin. */
	readonly deleted: boolean;
	/** Who had it deleted, if that was a moderator and not its author. */
	readonly moderator?: UserId;
	/** In the order of each emoji's first reaction; those that were taken back are left out. */
	readonly reactions: readonly Reaction[];
	readonly pinned: boolean;
	/**
	 * The entry that says what is shown: the message's own, its newest edit, or its redaction. Others see the message
	 * like this once the relay has both entries.
	 */
	readonly source: EntryId;
}

export interface MessageVersion {
	readonly text: string;
	readonly stamp: Stamp;
}

export interface Reaction {
	readonly emoji: string;
	/** Who reacts so, in the order in which they did. Never empty. */
	readonly users: readonly UserId[];
}

/** What the server tells of the conversation. */
export interface TimelineEvent extends Omit<SystemBody, 'key' | 'target' | 'vector'> {
	readonly type: 'event';
	readonly id: EntryId;
	readonly client: number;
	readonly s: number;
	readonly stamp: Stamp;
}

export type TimelineItem = TimelineMessage | TimelineEvent;
