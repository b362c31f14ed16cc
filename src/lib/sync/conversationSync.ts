/**
 * One conversation on this device: its info, its segment, the timeline folded from it, and what of it only this
 * device has. Everything here is read from local documents.
 */
import { appendEntries } from '../conversation/log';
import { coversEntry } from '../domain/versionVector';
import { createEmitter } from './emitter';
import { createTimelineFold } from '../domain/timelineFold';
import { encodeMessageBody } from '../domain/bodies';
import { formatEntryId, KIND, type Entry, type EntryId } from '../domain/entry';
import { infoRoom, segmentRoom } from '../protocol/rooms';
import { LogDocument } from '../conversation/logDocument';
import { readFacts } from '../conversation/factDocument';
import { readInfo, type Info } from '../domain/info';
import type { Clock } from '../domain/clock';
import type { ConversationId, UserId } from '../domain/ids';
import type { RoomSync } from './roomSync';
import type { TimelineItem } from '../domain/timeline';

export interface ConversationOptions {
	readonly id: ConversationId;
	readonly self: UserId;
	readonly clock: Clock;
	readonly openRoom: (room: string) => RoomSync;
}

export type ConversationSync = ReturnType<typeof openConversationSync>;

const SEGMENT = 0;

export function openConversationSync({ id, self, clock, openRoom }: ConversationOptions) {
	const changed = createEmitter();
	const infoSync = openRoom(infoRoom(id));
	const segment = openRoom(segmentRoom(id, SEGMENT));
	const fold = createTimelineFold();
	const unsent = new Map<EntryId, Entry>();
	let log: LogDocument | undefined;
	let info: Info | undefined;
	let infoStale = true;

	infoSync.doc.on('update', () => {
		infoStale = true;
		changed.emit();
	});
	infoSync.onChange(changed.emit);
	segment.onChange(() => {
		for (const [entryId, entry] of unsent) if (isSent(entry)) unsent.delete(entryId);
		changed.emit();
	});

	const isSent = (entry: { client: number; s: number }) => coversEntry(segment.acked, entry.client, entry.s);

	function take(entries: Iterable<Entry>): void {
		const list = [...entries];
		for (const entry of list) {
			// An erased entry may claim any time: the relay lets it pass, so it moves no clock.
			if (entry.body) clock.observe(entry.stamp);
			if (entry.author !== self || entry.kind !== KIND.message) continue;
			if (entry.body && !isSent(entry)) unsent.set(formatEntryId(entry), entry);
			else unsent.delete(formatEntryId(entry));
		}
		fold.apply(list);
	}

	const whenLoaded = Promise.all([infoSync.whenLoaded, segment.whenLoaded]).then(() => {
		log = new LogDocument(segment.doc, SEGMENT);
		take(log.entries());
		log.onChange(({ entries }) => {
			take(entries);
			changed.emit();
		});
		changed.emit();
	});

	return {
		id,
		whenLoaded,
		onChange: changed.on,
		/** Its documents have been read from this device's disk. */
		get loaded(): boolean {
			return log !== undefined;
		},
		/** What the server says of it; undefined until it has said so on this device. */
		get info(): Info | undefined {
			if (infoStale) info = readInfo(readFacts(infoSync.doc));
			infoStale = false;
			return info;
		},
		get items(): readonly TimelineItem[] {
			return fold.items;
		},
		/** Own messages that only this device has, oldest first. */
		get unsent(): readonly Entry[] {
			return [...unsent.values()];
		},
		/** True once the relay has the entry on its disk. */
		isSent,
		/** All that the relay had when it was last asked in this connection is here. */
		get synced(): boolean {
			return infoSync.status.at === 'synced' && segment.status.at === 'synced';
		},
		/** All that the relay had when it was last asked, in this connection or an earlier one, is here. */
		get complete(): boolean {
			return segment.complete;
		},
		/** The relay has closed it for good; the code says why. */
		get refusal(): { code: number; reason: string } | undefined {
			for (const { status } of [segment, infoSync]) if (status.at === 'refused') return status;
			return undefined;
		},
		/** Writes a message into this device's log at once. Throws a RangeError if the text is too long. */
		send(text: string, replyTo?: EntryId): EntryId {
			const body = encodeMessageBody({ text, replyTo });
			const s = appendEntries(segment.doc, self, [{ kind: KIND.message, stamp: clock.tick(), body }]);
			return formatEntryId({ segment: SEGMENT, client: segment.doc.clientID, s });
		},
		/** Settles once all written so far is on this device's disk; rejects if it cannot be. */
		stored: () => segment.stored(),
		connect(): void {
			infoSync.connect();
			segment.connect();
		},
		async close(): Promise<void> {
			log?.destroy();
			await Promise.all([infoSync.close(), segment.close()]);
		}
	};
}
