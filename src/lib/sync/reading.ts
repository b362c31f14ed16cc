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
import { markEntriesRead, markRead, markUnreadFrom, passedOver } from '../domain/reading';
import { isStillLate, lateBehindSeals, unreadAmong, type Reader, type Unread } from '../domain/unread';
import type { ConversationId, UserId } from '../domain/ids';
import type { ConversationSync } from './conversationSync';
import { parseEntryId, type EntryId } from '../domain/entry';
import type { Facts } from '../domain/facts';
import type { Home } from './home';
import type { TimelineMessage } from '../domain/timelineItem';
import type { Timers } from './ports';

export interface ReadingOptions {
	readonly self: UserId;
	readonly home: Home;
	readonly timers: Timers;
	/** False on a connection on which home has not come yet: it may say that others are not to be told. */
	readonly mayTell: () => boolean;
	/** Opens it in the background, or joins those who have it open. */
	readonly use: (id: ConversationId) => { readonly sync: ConversationSync; release(): void };
	/** Whom the user has blocked now. */
	readonly blocked: () => Reader['blocked'];
}

/** Receipts are gathered this long: reading on says more with one. */
const RECEIPT_GATHER_MS = 800;

/** The user's choice not to tell others what they have read. */
export const RECEIPTS_OFF = 'setting/receipts-off';

interface UnreadHere {
	readonly fresh: readonly EntryId[];
	readonly late: readonly EntryId[];
	/** Of the late ones, those that can still be told to be unread when their segment is not in memory. */
	readonly known: readonly EntryId[];
}

const isSame = (a: ReadState, b: ReadState): boolean =>
	JSON.stringify(readValue(a)) === JSON.stringify(readValue(b));

/** The last segment before the end with a seal to be read through. One that is held without may get much more yet. */
function lastSealed({ live, holds, seals }: ConversationSync): number {
	let n = live - 1;
	while (n >= 0 && holds(n) && !seals.has(n)) n--;
	return n;
}

export type Reading = ReturnType<typeof openReading>;

export function openReading({ self, home, timers, mayTell, use, blocked }: ReadingOptions) {
	const changed = createEmitter<ConversationId>();
	/** What was read here and is not in the home document yet. */
	const here = new Map<ConversationId, ReadState>();
	/** The same object while both of what it joins are. */
	const joined = new Map<ConversationId, { told: ReadState; own: ReadState; state: ReadState }>();
	const receiptsDue = new Map<ConversationId, () => void>();
	let statesOf: Facts = home.facts;
	let read: ReadonlyMap<ConversationId, ReadState> | undefined;
	/** Of all conversations: not before one is asked for, since a list of them asks for none. */
	const states = () => (read ??= readStates(statesOf));

	function followHome(): void {
		if (statesOf === home.facts) return;
		const before = states();
		statesOf = home.facts;
		read = undefined;
		for (const [id, state] of states()) {
			if (!isSame(state, before.get(id) ?? NOTHING_READ)) changed.emit(id);
		}
	}

	function stateOf(id: ConversationId): ReadState {
		if (statesOf !== home.facts) followHome();
		const told = states().get(id) ?? NOTHING_READ;
		const own = here.get(id);
		if (!own) return told;
		const known = joined.get(id);
		if (known?.told === told && known.own === own) return known.state;
		const state = joinReadState(told, own);
		joined.set(id, { told, own, state });
		return state;
	}

	const readerOf = (sync: ConversationSync): Reader => ({
		self,
		blocked: blocked(),
		seals: sync.seals,
		joinedAt: sync.joinedAt
	});

	function keep(sync: ConversationSync, state: ReadState): void {
		const { id } = sync;
		const own = here.get(id);
		// What other devices have said longer than seals do comes back with each join: saying it shorter once is enough.
		if (own && isSame(own, state)) return;
		here.set(id, state);
		home.note(readKey(id, home.deviceId), () => readValue(stateOf(id)));
		changed.emit(id);
		oweReceipts(id);
	}

	function oweReceipts(id: ConversationId): void {
		if (home.isOn(RECEIPTS_OFF) || receiptsDue.has(id)) return;
		receiptsDue.set(
			id,
			timers.after(RECEIPT_GATHER_MS, () => void tell(id))
		);
	}

	/** The person may have left it by then: it is told in the conversation that is open now. */
	async function tell(id: ConversationId): Promise<void> {
		receiptsDue.delete(id);
		if (!mayTell()) {
			const again = home.onChange(() => {
				again();
				void tell(id);
			});
			receiptsDue.set(id, again);
			return;
		}
		const { sync, release } = use(id);
		try {
			if (!sync.loaded) await sync.whenLoaded;
			// It may have been switched off since.
			if (home.isOn(RECEIPTS_OFF)) return;
			const { seals } = readerOf(sync);
			for (const n of sync.openSegments) {
				const vector = receiptVector(stateOf(id), n, seals);
				const told = sync.receiptsOf(n).get(self) ?? EMPTY_VECTOR;
				if (vector.size > 0 && !covers(told, vector)) await sync.tellRead(n, vector);
			}
		} finally {
			release();
		}
	}

	const stopHome = home.onChange(followHome);

	return {
		/** What is read of a conversation now. Never changed: what is read later is another state. */
		state: stateOf,
		/**
		 * What of the window is unread, or was when the state was `since`: behind what was read, and late into earlier
		 * history.
		 */
		unread: (sync: ConversationSync, since: ReadState = stateOf(sync.id)): Unread =>
			unreadAmong(since, sync.items, readerOf(sync)),
		/** The same of all that is in memory, shown or not. */
		unreadHeld: (sync: ConversationSync, since: ReadState): Unread =>
			unreadAmong(since, sync.heldItems, readerOf(sync)),
		/**
		 * What is unread of all that is in memory, shown or not, and what came late into segments that no longer are, of
		 * what is known from before: `known` is what to know later.
		 */
		unreadHere(sync: ConversationSync, before: readonly EntryId[]): UnreadHere {
			const state = stateOf(sync.id);
			const reader = readerOf(sync);
			const { late, fresh } = unreadAmong(state, sync.heldItems, reader);
			const away = before.filter((id) => {
				const ref = parseEntryId(id);
				return ref && !sync.holds(ref.segment) && isStillLate(state, ref);
			});
			const behindSeals = lateBehindSeals(state, sync.heldItems, reader);
			return {
				fresh: fresh.map(({ id }) => id),
				late: [...away, ...late.map(({ id }) => id)],
				known: [...away, ...behindSeals.map(({ id }) => id)]
			};
		},
		/** The person is done with these, though their segments are not here. */
		passed(sync: ConversationSync, ids: readonly EntryId[]): void {
			keep(
				sync,
				markEntriesRead(
					stateOf(sync.id),
					ids.flatMap((id) => parseEntryId(id) ?? [])
				)
			);
		},
		/** Conversations whose read state has changed, here or on another device. */
		onChange: changed.on,
		/**
		 * These have been before the person's eyes. What they passed over on the way counts as read, and with the newest of
		 * all, whole segments before it.
		 */
		seen(sync: ConversationSync, messages: readonly TimelineMessage[]): void {
			const before = stateOf(sync.id);
			const newest = sync.hasLater ? undefined : sync.items.findLast(({ type }) => type === 'message');
			const through = messages.some(({ id }) => id === newest?.id) ? lastSealed(sync) : undefined;
			// Not the window's alone: the seal of a segment that is held and not shown would count as reached.
			const reading = { ...readerOf(sync), items: sync.heldItems, through };
			const passed = passedOver(before, { ...reading, seen: messages, window: sync.items });
			const state = markRead(before, { ...reading, seen: [...passed, ...messages] });
			if (state !== before) keep(sync, state);
			// Read already, perhaps by a page that ended before it could tell the others.
			else oweReceipts(sync.id);
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
