import { findInSegment } from './findInSegment';
import { whenReadable } from './whenReadable';
import { segmentReadTo, type ReadState } from '../domain/readState';
import type { ConversationModel } from './models';
import type { UnreadRows } from './timelineRow';
import type { HeldConversation } from './heldConversation';
import type { ShownRows } from './shownRows';

type UnreadModel = Pick<
	ConversationModel,
	| 'readSoFar'
	| 'unread'
	| 'whenKnown'
	| 'unreadSince'
	| 'firstUnread'
	| 'seen'
	| 'readToEnd'
	| 'markUnreadFrom'
>;

const aborted = (until: AbortSignal): Promise<undefined> =>
	new Promise((resolve) => until.addEventListener('abort', () => resolve(undefined), { once: true }));

const NOTHING_UNREAD: UnreadRows = {
	fresh: 0,
	counted: true,
	first: undefined,
	late: [],
	beginsEarlier: false
};

/** What of a conversation has not been read, and reading it. */
export function unreadMessages(held: HeldConversation, rows: ShownRows): UnreadModel {
	const { device, id, subscribe } = held;
	const { reading } = device;
	/** Between two changes a screen asks for the same again and again. */
	const known = held.once(() => new Map<ReadState, UnreadRows>());

	function unreadSince(since: ReadState): UnreadRows {
		const conversation = held.sync;
		if (!conversation) return NOTHING_UNREAD;
		const { late, fresh } = reading.unreadHeld(conversation, since);
		const readTo = segmentReadTo(since, conversation.joinedIn);
		const counted = conversation.holdsFrom(readTo);
		// What stands first in memory is not the first of all, if reading stopped before that.
		const stoppedEarlier = readTo < conversation.window.first;
		const [first] = stoppedEarlier ? [] : counted ? fresh : reading.unread(conversation, since).fresh;
		return {
			fresh: fresh.length,
			counted,
			first: first?.id,
			late: late.map((message) => message.id),
			beginsEarlier: stoppedEarlier || (first !== undefined && rows.standsBefore(first.id))
		};
	}

	/** Late ones in segments that are not in memory, too, as they are known from when their segments were brought here. */
	const lateHere = held.once(() =>
		held.sync ? reading.unreadHere(held.sync, device.summaries.get(id)?.late ?? []).late : []
	);

	function rowsSince(since: ReadState): UnreadRows {
		subscribe();
		const found = known().get(since) ?? unreadSince(since);
		known().set(since, found);
		return found;
	}

	return {
		get readSoFar() {
			subscribe();
			return reading.state(id);
		},
		get unread() {
			return { ...rowsSince(reading.state(id)), late: lateHere() };
		},
		async whenKnown(until) {
			if (held.sync) await whenReadable(held.sync, device, until);
		},
		unreadSince: rowsSince,
		async firstUnread(since, { fetch = true, until } = {}) {
			const conversation = held.sync;
			if (!conversation) return undefined;
			const search = (async () => {
				const from = segmentReadTo(since, conversation.joinedIn);
				for (let n = from; n <= conversation.live && !until?.aborted; n++) {
					if (!fetch && !(await conversation.keepsSegment(n))) return undefined;
					const first = await findInSegment(conversation, n, {
						link: device.link,
						fetch,
						find: () =>
							reading.unreadHeld(conversation, since).fresh.find(({ segment }) => segment === n)?.id,
						show: async (id) => {
							if (until?.aborted) return undefined;
							return (await conversation.showEntry(id)) ? id : undefined;
						}
					});
					if (first !== undefined) return first;
					// It could not be fetched: what stands behind it is not the first.
					if (!(await conversation.keepsSegment(n))) return undefined;
				}
				return undefined;
			})();
			return until ? Promise.race([search, aborted(until)]) : search;
		},
		seen(ids) {
			const conversation = held.sync;
			const messages = ids.flatMap((each) => conversation?.message(each) ?? []);
			if (!conversation) return;
			if (messages.length > 0) reading.seen(conversation, messages);
			const elsewhere = ids.filter((each) => lateHere().includes(each) && !conversation.message(each));
			if (elsewhere.length > 0) reading.passed(conversation, elsewhere);
		},
		readToEnd() {
			const conversation = held.sync;
			const fresh = conversation ? reading.unread(conversation).fresh : [];
			if (conversation && fresh.length > 0) reading.seen(conversation, fresh);
		},
		markUnreadFrom(from) {
			const conversation = held.sync;
			if (conversation) reading.unreadFrom(conversation, from);
		}
	};
}
