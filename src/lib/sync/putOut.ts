/**
 * A segment that its user was put out of, be they let in again or not (4410): what they wrote before this device knew is
 * kept for them and never posted, whatever the clocks said. What of it was taken the relay tells by its logs, though an
 * ack was lost. In one tab at a time: what is written behind it in another is not from before.
 */
import { giveUpSegment, type GiveUpOptions } from './giveUp';
import { readLastWord } from '../protocol/lastWord';
import type { SegmentSync } from './segmentSync';
import type { UserId } from '../domain/ids';
import type { VersionVector } from '../domain/versionVector';

export interface PutOutOptions extends Omit<GiveUpOptions, 'reason'> {
	/** All that is here was written since it was known that they are in it again. */
	readonly isFresh: boolean;
	/** It was not told so before: another segment may have heard it first, and this one have asked without it. */
	readonly isNews: boolean;
}

/** Settles once it is done, on disk too. True if the user may write there again. Rejects, with nothing erased, if a copy fails. */
export function settlePutOut(segment: SegmentSync, reason: string, options: PutOutOptions): Promise<boolean> {
	const { room } = segment;
	const word = readLastWord(reason);
	return options.tabs.exclusive(`put out of ${room.room}`, async () => {
		const isAgain = word !== undefined && word.since > 0;
		const isHeeded = isAgain && (options.isFresh || (await room.keptSince()) >= word.since);
		if (!isHeeded) {
			await segment.whenLoaded;
			if (word) room.heardLast(withOthers(word.has, segment, options.self));
			if (segment.unsent.length > 0) await giveUpSegment(segment, { ...options, reason: 'removed' });
		}
		if (!isAgain || (word.since <= room.since && !options.isNews)) return false;
		if (word.since > room.since) room.takeSince(word.since);
		return true;
	});
}

/** The word is of the user's own logs alone: what others wrote is with the relay as before, a moderator's word among it. */
function withOthers(has: VersionVector, { entries, room }: SegmentSync, self: UserId): VersionVector {
	const own = new Set(entries.flatMap(({ author, client }) => (author === self ? [client] : [])));
	return new Map([...[...room.acked].filter(([client]) => !own.has(client)), ...has]);
}
