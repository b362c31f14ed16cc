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
import { parseEntryId, type EntryId } from '../domain/entry';
import { segmentRoom } from '../protocol/rooms';
import type { ConversationId, UserId } from '../domain/ids';
import type { LocalStore } from './ports';
import type { MessageBody } from '../domain/bodies';
import type { Stamp } from '../domain/stamp';
import type { HeldSegments } from './heldSegments';
import type { SegmentSync } from './segmentSync';
import { coversEntry, type VersionVector } from '../domain/versionVector';

interface MessageActionsOptions {
	readonly id: ConversationId;
	readonly self: UserId;
	readonly local: LocalStore;
	readonly segments: HeldSegments;
	readonly tick: () => Stamp;
}

export function openMessageActions({ id, self, local, segments, tick }: MessageActionsOptions) {
	/** Loaded or not: one's own log of this page load begins anew either way. */
	const writing = (n: number): Writing => ({ doc: segments.open(n).doc, segment: n, self, tick });

	/** What is to be erased must have been read first. */
	async function writingIn(n: number): Promise<{ to: Writing; segment: SegmentSync }> {
		const segment = segments.open(n);
		await segment.whenLoaded;
		return { segment, to: writing(n) };
	}

	/** The segment of a message of one's own or another's; rejects with a RangeError on what is no message id. */
	async function at(target: EntryId) {
		const ref = parseEntryId(target);
		if (!ref) throw new RangeError(`${target} is no message id`);
		const { to, segment } = await writingIn(ref.segment);
		return { to, segment, queued: !segment.isSent(ref) };
	}

	return {
		/** Writes a message at the end, at once. Throws a RangeError if the text is longer than a message may be. */
		send: (message: MessageBody): EntryId => writeMessage(writing(segments.live), message),
		/** A queued message is changed without a trace, a sent one keeps its history. */
		async edit(target: EntryId, body: MessageBody): Promise<void> {
			const { to, segment, queued } = await at(target);
			if (queued) writeQueuedEdit(to, target, body, segment.entries);
			else writeEdit(to, target, body);
		},
		/** Deletes for everyone; a queued message is cancelled: it never appears anywhere. */
		async remove(target: EntryId): Promise<'cancelled' | 'deleted'> {
			const { to, segment, queued } = await at(target);
			if (!queued) {
				writeRedaction(to, target, segment.entries);
				return 'deleted';
			}
			// Noted first: if the relay turns out to have it after all, a redaction follows.
			const key = segmentRoom(id, to.segment);
			const cancelled = (await local.get<EntryId[]>('cancelled', key)) ?? [];
			await local.put('cancelled', key, [...cancelled, target]);
			cancelMessage(to, target, segment.entries);
			return 'cancelled';
		},
		async react(target: EntryId, emoji: string, on: boolean): Promise<void> {
			writeReaction((await at(target)).to, target, emoji, on);
		},
		async pin(target: EntryId, on: boolean): Promise<void> {
			writePin((await at(target)).to, target, on);
		},
		/** Tells the others how far one has read in a segment. */
		async tellRead(n: number, vector: VersionVector): Promise<void> {
			const { to, segment } = await writingIn(n);
			writeReceipt(to, vector, segment.entries);
		},
		/**
		 * After the first vector of a connection: a cancelled message that the relay already had was seen by others, so it
		 * is redacted as well.
		 */
		async settleCancelled(n: number, relayHas: VersionVector): Promise<void> {
			const key = segmentRoom(id, n);
			const cancelled = await local.get<EntryId[]>('cancelled', key);
			if (!cancelled || !segments.get(n)) return;
			const { to, segment } = await writingIn(n);
			for (const target of cancelled) {
				const ref = parseEntryId(target);
				if (ref && coversEntry(relayHas, ref.client, ref.s)) writeRedaction(to, target, segment.entries);
			}
			await local.delete('cancelled', key);
		}
	};
}
