/**
 * What the user has read, of each conversation: from home, where all of their devices say it, and told to the others as
 * receipts unless the user has switched them off.
 */
import { createEmitter } from './emitter';
import { covers, EMPTY_VECTOR } from '../domain/versionVector';
import { readersOf, receiptVector } from '../domain/receipts';
import {
	joinReadState,
	NOTHING_READ,
	readKey,
	readStates,
	readValue,
	type ReadState
} from '../domain/readState';
import { markRead, markUnreadFrom } from '../domain/reading';
import { unreadAmong, type Reader, type Unread } from '../domain/unread';
import type { ConversationId, UserId } from '../domain/ids';
import type { ConversationSync } from './conversationSync';
import type { EntryId } from '../domain/entry';
import type { Facts } from '../domain/facts';
import type { Home } from './home';
import type { TimelineMessage } from '../domain/timelineItem';
import type { Timers } from './ports';

export interface ReadingOptions {
	readonly self: UserId;
	readonly home: Home;
	readonly timers: Timers;
}

/** Receipts are gathered this long: reading on says more with one. */
const RECEIPT_GATHER_MS = 800;

/** The user's choice not to tell others what they have read. */
export const RECEIPTS_OFF = 'setting/receipts-off';

export type Reading = ReturnType<typeof openReading>;

export function openReading({ self, home, timers }: ReadingOptions) {
	const changed = createEmitter<ConversationId>();
	/** What was read here and is not in the home document yet. */
	const here = new Map<ConversationId, ReadState>();
	const receiptsDue = new Map<ConversationId, () => void>();
	let statesOf: Facts = home.facts;
	let states = readStates(statesOf);

	function followHome(): void {
		if (statesOf === home.facts) return;
		const before = states;
		statesOf = home.facts;
		states = readStates(home.facts);
		for (const [id, state] of states) {
			if (JSON.stringify(readValue(state)) !== JSON.stringify(readValue(before.get(id) ?? NOTHING_READ)))
				changed.emit(id);
		}
	}

	function stateOf(id: ConversationId): ReadState {
		if (statesOf !== home.facts) followHome();
		const told = states.get(id) ?? NOTHING_READ;
		const own = here.get(id);
		return own ? joinReadState(told, own) : told;
	}

	const readerOf = (sync: ConversationSync): Reader => ({ self, seals: sync.seals });

	function keep(sync: ConversationSync, state: ReadState): void {
		const { id } = sync;
		here.set(id, state);
		home.gather(readKey(id, home.deviceId), () => readValue(stateOf(id)));
		changed.emit(id);
		if (home.isOn(RECEIPTS_OFF) || receiptsDue.has(id)) return;
		receiptsDue.set(
			id,
			timers.after(RECEIPT_GATHER_MS, () => void tell(sync))
		);
	}

	async function tell(sync: ConversationSync): Promise<void> {
		receiptsDue.delete(sync.id);
		const { seals } = readerOf(sync);
		for (const n of sync.openSegments) {
			const vector = receiptVector(stateOf(sync.id), n, seals);
			const told = sync.receiptsOf(n).get(self) ?? EMPTY_VECTOR;
			if (vector.size > 0 && !covers(told, vector)) await sync.tellRead(n, vector);
		}
	}

	const stopHome = home.onChange(followHome);

	return {
		/** What of the window is unread: behind what was read, and late into earlier history. */
		unread: (sync: ConversationSync): Unread => unreadAmong(stateOf(sync.id), sync.items, readerOf(sync)),
		/** The last segment of which anything was read; undefined if nothing of the conversation was. */
		lastSegmentRead(id: ConversationId): number | undefined {
			const { through, vectors } = stateOf(id);
			const last = Math.max(through, ...vectors.keys());
			return last < 0 ? undefined : last;
		},
		/** Conversations whose read state has changed, here or on another device. */
		onChange: changed.on,
		/** These have been before the person's eyes. With the newest of all, whole segments before it count as read. */
		seen(sync: ConversationSync, messages: readonly TimelineMessage[]): void {
			const before = stateOf(sync.id);
			const newest = sync.hasLater ? undefined : sync.items.findLast(({ type }) => type === 'message');
			const through = messages.some(({ id }) => id === newest?.id) ? sync.live - 1 : undefined;
			// Not the window's alone: the seal of a segment that is held and not shown would count as reached.
			const state = markRead(before, { ...readerOf(sync), seen: messages, items: sync.heldItems, through });
			if (state !== before) keep(sync, state);
		},
		/** From this message on all is unread again, on every device. */
		unreadFrom(sync: ConversationSync, from: EntryId): void {
			const before = stateOf(sync.id);
			const state = markUnreadFrom(before, from, sync.heldItems, readerOf(sync));
			if (state !== before) keep(sync, state);
		},
		/** Who of the others has read the message, as they tell. */
		readers: (sync: ConversationSync, message: TimelineMessage): UserId[] =>
			readersOf(message, sync.receiptsOf(message.segment)),
		close(): void {
			stopHome();
			for (const stop of receiptsDue.values()) stop();
		}
	};
}
