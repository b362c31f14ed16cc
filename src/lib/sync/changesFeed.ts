/**
 * Which conversations have changed since this device last knew, by the relay's word on the link: reconnecting costs by
 * what changed. The position is kept once everything up to it has been brought onto this device.
 */
import { parseRoom } from '../protocol/rooms';
import type { SegmentsOf } from './changedSegments';
import type { Link } from './link';
import type { LocalStore } from './ports';

export interface ChangesFeedOptions {
	readonly link: Pick<Link, 'status' | 'isBehind' | 'onChange' | 'onChanges' | 'onDropped' | 'sendSince'>;
	readonly local: Pick<LocalStore, 'get' | 'put'>;
	/** Conversations that changed, with the segments in which they did: none if it was the info alone. */
	readonly onChanged: (changed: SegmentsOf) => void;
	/** The relay has told all that changed before this connection. */
	readonly onTold: () => void;
	/** True while conversations named by the feed are still being brought up. */
	readonly isBusy: () => boolean;
}

const POSITION = 'position';

export type ChangesFeed = Awaited<ReturnType<typeof openChangesFeed>>;

export async function openChangesFeed({ link, local, onChanged, onTold, isBusy }: ChangesFeedOptions) {
	let kept = (await local.get<number>('clock', POSITION)) ?? 0;
	let reached = kept;
	let isTold = false;

	const stopStatus = link.onChange(() => {
		isTold = false;
		// What came after the kept position may not have got into a document: it is told again.
		reached = kept;
		if (link.status === 'online') link.sendSince(kept);
	});
	const stopChanges = link.onChanges(({ position, rooms, isLast }) => {
		// A lower one than before: the relay's store is another one than it was.
		reached = position;
		const changed = segmentsAmong(rooms);
		if (changed.size > 0) onChanged(changed);
		if (!isTold && isLast) {
			isTold = true;
			onTold();
		}
		keep();
	});

	// On this line no position is kept any more; what changed behind the kept one is told again, and brought up.
	const stopDropped = link.onDropped(() => link.sendSince(kept));

	/** Not before all is here: what was interrupted is told again. */
	function keep(): void {
		if (reached === kept || link.isBehind || isBusy()) return;
		kept = reached;
		void local.put('clock', POSITION, kept).catch(() => {
			// The same changes are told again at the next connection, which costs time and loses nothing.
		});
	}

	return {
		/** All that changed before this connection has been told on it. Before, nobody can say what is missing here. */
		get isTold(): boolean {
			return isTold;
		},
		/** Call when conversations have been brought up. */
		keep,
		close(): void {
			stopStatus();
			stopChanges();
			stopDropped();
		}
	};
}

function segmentsAmong(rooms: readonly string[]): SegmentsOf {
	const changed = new Map<string, Set<number>>();
	for (const name of rooms) {
		const room = parseRoom(name);
		if (room?.type !== 'segment' && room?.type !== 'info') continue;
		const segments = changed.get(room.conversation) ?? new Set();
		changed.set(room.conversation, segments);
		if (room.type === 'segment') segments.add(room.segment);
	}
	return changed;
}
