/**
 * What a person does to messages on this device, written into the segment that each stands in. All of it works with
 * no network; a message that has not left yet is edited or cancelled without a trace.
 */
import {
	cancelMessage,
	writeEdit,
	writeMessage,
	writePin,
	writeQueuedEdit,
	writeReaction,
	writeReceipt,
	writeRedaction,
	type Writing
} from '../conversation/messageWrites';
import { bodiesOf } from '../domain/erasures';
import { eraseEntries } from '../conversation/erase';
import { formatEntryId, parseEntryId, type EntryId } from '../domain/entry';
import { openCancelled, type WritingIn } from './cancelled';
import { saidLast } from './saidLast';
import { sayingOf, unsentEditsOf, type DeedName } from '../domain/unsentMessages';
import type { ConversationId, UserId } from '../domain/ids';
import type { LocalStore, Tabs } from './ports';
import type { MessageBody } from '../domain/bodies';
import type { Stamp } from '../domain/stamp';
import type { HeldSegments } from './heldSegments';
import type { TimelineMessage } from '../domain/timeline';
import type { VersionVector } from '../domain/versionVector';

interface MessageActionsOptions {
	readonly id: ConversationId;
	readonly self: UserId;
	readonly local: LocalStore;
	readonly tabs: Tabs;
	readonly segments: HeldSegments;
	/** The message as it now is, once its segment is loaded. */
	readonly message: (id: EntryId) => TimelineMessage | undefined;
	/** What it is called by now: it has been written again, perhaps, by salvage or in the segment that it moved to. */
	readonly nameNow: (id: EntryId) => EntryId;
	/** A stamp for what is written in the conversation. */
	readonly tick: () => Stamp;
	/** The time of this device's clock, in milliseconds: later each time, or set back. */
	readonly now: () => number;
}

/**
 * What became of a message that was to go. `cancelled`: it had not been acked; `said` is what it said then, and with
 * `mayHaveLeft` a connection may have been given some of it. `edited`: another tab changed it in that moment; it stays.
 */
export type Removal =
	| { readonly done: 'deleted' | 'edited' }
	| {
			readonly done: 'cancelled';
			readonly said: MessageBody | undefined;
			readonly mayHaveLeft: boolean;
	  };

interface WritingAbout extends WritingIn {
	/** Whatever it was called when it was asked for. */
	readonly target: EntryId;
	readonly queued: boolean;
}

export function openMessageActions(options: MessageActionsOptions) {
	const { id, self, local, tabs, segments, message, nameNow, tick, now } = options;
	/** Loaded or not: one's own log of this page load begins anew either way. */
	const writing = (n: number): Writing => ({ doc: segments.open(n).doc, segment: n, self, tick });

	/** What is to be erased must have been read first; and what was read is not let go of before it is written to. */
	async function inSegment<T>(n: number, write: (where: WritingIn) => T | Promise<T>): Promise<T> {
		const segment = segments.hold(n);
		try {
			await segment.whenLoaded;
			return await write({ segment, to: writing(n) });
		} finally {
			segments.letGo(n);
		}
	}

	/** In the segment of a message of one's own or another's; rejects with a RangeError on what is no message id. */
	async function at<T>(asked: EntryId, write: (where: WritingAbout) => T | Promise<T>): Promise<T> {
		const ref = parseEntryId(nameNow(asked));
		if (!ref) throw new RangeError(`${asked} is no message id`);
		return inSegment(ref.segment, ({ to, segment }) => {
			const target = nameNow(asked);
			const now = parseEntryId(target)!;
			// It moved while this one was read.
			if (now.segment !== ref.segment) return at(asked, write);
			return write({ to, segment, target, queued: !segment.isSent(now) });
		});
	}

	const cancelled = openCancelled({ id, self, local, tabs, now, inSegment });

	async function removeIn({ to, segment, target, queued }: WritingAbout): Promise<Removal> {
		const seen = bodiesOf(target, segment.entries, self);
		// Noted first: if the relay turns out to have it after all, a redaction follows.
		const leaves = () => seen.some((body) => segment.room.mayHaveLeft(body));
		const row = queued ? await cancelled.note(target, seen, leaves()) : undefined;
		// Written again in that moment: what now bears the text is what is to go.
		if (nameNow(target) !== target) {
			await cancelled.forget(target);
			return remove(target);
		}
		if (!row || segment.isSent(parseEntryId(target)!)) {
			writeRedaction(to, target, segment.entries);
			if (row) await cancelled.forget(target);
			return { done: 'deleted' };
		}
		const now = bodiesOf(target, segment.entries, self);
		if (now.some((body) => !row.bodies.includes(formatEntryId(body)))) {
			await cancelled.forget(target);
			return { done: 'edited' };
		}
		const mayHaveLeft = leaves();
		if (mayHaveLeft) cancelled.awaitAck(target, row, segment.room.connection);
		cancelMessage(to, target, segment.entries);
		return { done: 'cancelled', said: saidLast(seen), mayHaveLeft };
	}

	const remove = (target: EntryId): Promise<Removal> => at(target, removeIn);

	/** What has not left is taken back without a trace; nothing is written of what then stands already. */
	const say = ({ type, target: asked, emoji }: DeedName, on: boolean): Promise<void> =>
		at(asked, ({ to, segment, target }) => {
			eraseEntries(to.doc, self, sayingOf({ type, target, emoji }, segment.unsent));
			const about = message(target);
			const stands =
				emoji === undefined
					? about?.pinned
					: about?.reactions.some((each) => each.emoji === emoji && each.users.includes(self));
			if (!stands !== on) return;
			if (emoji === undefined) writePin(to, target, on);
			else writeReaction(to, target, emoji, on);
		});

	return {
		/** Writes a message at the end, at once. Throws a RangeError if the text is longer than a message may be. */
		send: (said: MessageBody): EntryId => writeMessage(writing(segments.live), said),
		/**
		 * What has not left is changed without a trace, message or edit; what was sent keeps its history. It goes on answering
		 * what it answers: who edits it may see neither.
		 */
		edit: (asked: EntryId, { text }: Pick<MessageBody, 'text'>): Promise<void> =>
			at(asked, ({ to, segment, target, queued }) => {
				const body = { text, replyTo: saidLast(bodiesOf(target, segment.entries, self))?.replyTo };
				if (queued) writeQueuedEdit(to, target, body, segment.entries);
				else writeEdit(to, target, body, unsentEditsOf(target, segment.unsent));
			}),
		/**
		 * Takes back changes of a sent message that have not left: it says again what it said before. False if there are
		 * none, or it would say nothing then.
		 */
		dropEdits: (asked: EntryId): Promise<boolean> =>
			at(asked, ({ to, segment, target }) => {
				const edits = unsentEditsOf(target, segment.unsent);
				if (edits.length === 0 || bodiesOf(target, segment.entries, self).length === edits.length)
					return false;
				eraseEntries(to.doc, self, edits);
				return true;
			}),
		/** Deletes for everyone; a queued message is cancelled: if the relay has none of it, it never appears anywhere. */
		remove,
		react: (target: EntryId, emoji: string, on: boolean): Promise<void> =>
			say({ type: 'reaction', target, emoji }, on),
		pin: (target: EntryId, on: boolean): Promise<void> => say({ type: 'pin', target }, on),
		/** What of it has not left is as if it had never been; what others have of it stands. False if there is nothing. */
		takeBack: (deed: DeedName): Promise<boolean> =>
			at(deed.target, ({ to, segment, target }) => {
				const waits = sayingOf({ ...deed, target }, segment.unsent);
				eraseEntries(to.doc, self, waits);
				return waits.length > 0;
			}),
		/** Tells the others how far one has read in a segment. */
		tellRead: (n: number, vector: VersionVector): Promise<void> =>
			inSegment(n, ({ to, segment }) => writeReceipt(to, vector, segment.entries)),
		/** After the first vector of a connection: what of the cancelled the relay has was seen by others. */
		settleCancelled: (n: number, relayHas: VersionVector): Promise<void> =>
			cancelled.settle(n, relayHas, segments.get(n)?.room.connection),
		/** After each change of a segment, an ack among them. */
		async noteAcks(): Promise<void> {
			await Promise.all(segments.all.map((segment) => cancelled.noteAcks(segment)));
		}
	};
}
