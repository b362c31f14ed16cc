import { around, LATEST, rangeOf, stepBack, stepForward, type RowWindow } from './rowWindow';
import { createRows, messageRow, quoteRow, type RowContext } from './timelineRows';
import { mayModerate } from '../domain/permissions';
import { parseEntryId, type EntryId } from '../domain/entry';
import { repliesSince } from './repliesSince';
import { compareStamps } from '../domain/stamp';
import { farMessages } from './farMessages';
import { findInSegment } from './findInSegment';
import type { ConversationModel } from './models';
import type { MessageRow, TimelineRow } from './timelineRow';
import type { ConversationSync } from '../sync/conversationSync';
import type { HeldConversation } from './heldConversation';
import type { TimelineItem, TimelineMessage } from '../domain/timeline';

type Rows = Pick<
	ConversationModel,
	| 'rows'
	| 'hasEarlier'
	| 'hasLater'
	| 'loadEarlier'
	| 'loadLater'
	| 'showLatest'
	| 'showMessage'
	| 'lookAt'
	| 'standsBefore'
	| 'pinned'
	| 'pinnedCount'
	| 'quote'
>;

export interface ShownRows extends Rows {
	/** Follows the end, unless later segments are not shown. */
	followEnd(): void;
	/** Nothing more is read for it. */
	endRows(): void;
}

const NO_PINS: { readonly here: readonly TimelineMessage[]; readonly away: readonly EntryId[] } = {
	here: [],
	away: []
};

/** The part of a conversation's timeline that is on the screen, moved back and forth. */
export function shownRows(held: HeldConversation): ShownRows {
	const { device, subscribe } = held;
	const rowsOf = createRows();
	const far = farMessages({
		sync: () => held.sync,
		onRead: () => held.moved(),
		onProblem: device.noteStorageProblem
	});
	let window: RowWindow = LATEST;
	/** The message before the eyes. */
	let read: EntryId | undefined;

	const items = (): readonly TimelineItem[] => held.sync?.items ?? [];

	function move(next: RowWindow): void {
		window = next;
		held.moved();
	}

	const context = held.once((): RowContext | undefined => held.sync && contextOf(held.sync));

	function contextOf(conversation: ConversationSync): RowContext {
		const late = new Set(held.unread.late.map((message) => message.id));
		const self = device.self.id;
		const { kind, members } = held.names;
		const role = members.find(({ id }) => id === self)?.role ?? 'member';
		return {
			conversation,
			quote: far.quote,
			reading: device.reading,
			self,
			nameOf: held.names.nameOf,
			pictureOf: held.names.pictureOf,
			late,
			repliesSince: repliesSince(conversation, self),
			blocked: device.directory.blocked,
			mayModerate: mayModerate(kind, role),
			removing: removing()
		};
	}

	const removing = (): ReadonlySet<EntryId> =>
		new Set(
			device.pendingCommands.flatMap((command) =>
				command.type === 'remove-message' && command.conversation === held.id ? [command.message] : []
			)
		);

	const rows = held.once((): readonly TimelineRow[] => {
		const conversation = held.sync;
		// Before all of it is read, some of its messages have no names, and others may be missing between them.
		if (!conversation?.loaded) return [];
		const { start, end } = rangeOf(window, conversation.items, read);
		return rowsOf(conversation.items.slice(start, end), context()!);
	});
	/** In memory or, as this device knows from when their segments were, not. */
	const pins = held.once((): typeof NO_PINS => {
		const { sync } = held;
		if (!sync?.loaded) return NO_PINS;
		const isAway = (id: EntryId): boolean => {
			const segment = parseEntryId(id)?.segment;
			return segment !== undefined && sync.reaches(segment) && !sync.holds(segment);
		};
		const { removing, blocked } = context()!;
		const isPinned = (item: TimelineItem): item is TimelineMessage =>
			item.type === 'message' && item.pinned && !removing.has(item.id) && !blocked.has(item.author);
		return {
			here: sync.heldItems.filter(isPinned),
			away: (device.summaries.get(held.id)?.pins ?? []).filter(isAway)
		};
	});
	const pinned = held.once((): readonly MessageRow[] => {
		const shared = context();
		if (!shared) return [];
		const { here, away } = pins();
		const read = away.map(far.quote).flatMap((quote) => (quote.state === 'shown' ? [quote.message] : []));
		return [...read.filter(({ author, pinned }) => pinned && !shared.blocked.has(author)), ...here]
			.sort((a, b) => compareStamps(b.stamp, a.stamp))
			.map((item) => messageRow(item, shared));
	});

	return {
		get rows() {
			subscribe();
			return rows();
		},
		get hasEarlier() {
			subscribe();
			return rangeOf(window, items(), read).start > 0 || held.sync?.hasEarlier === true;
		},
		get hasLater() {
			subscribe();
			return rangeOf(window, items(), read).end < items().length || held.sync?.hasLater === true;
		},
		async loadEarlier() {
			const conversation = held.sync;
			if (!conversation) return;
			// Anchored first: what the next segment brings must not move what is being read.
			const { start, end } = rangeOf(window, conversation.items, read);
			const followsEnd = window.last === undefined && !conversation.hasLater;
			window = {
				first: conversation.items[start]?.id,
				last: followsEnd ? undefined : conversation.items[end - 1]?.id
			};
			if (start === 0 && conversation.hasEarlier) await conversation.loadEarlier();
			move(stepBack(window, conversation.items, read));
		},
		async loadLater() {
			const conversation = held.sync;
			if (!conversation) return;
			const { start, end } = rangeOf(window, conversation.items, read);
			if (end >= conversation.items.length && conversation.hasLater) {
				window = { first: conversation.items[start]?.id, last: conversation.items[end - 1]?.id };
				await conversation.loadLater();
			}
			move(stepForward(window, conversation.items, !conversation.hasLater, read));
		},
		lookAt(id) {
			read = id;
		},
		async showLatest() {
			await held.sync?.showLatest();
			move(LATEST);
		},
		async showMessage(target, { fetch = true, until } = {}) {
			const conversation = held.sync;
			const segment = parseEntryId(target)?.segment;
			if (!conversation || segment === undefined) return false;
			const shown = await findInSegment(conversation, segment, {
				link: device.link,
				fetch,
				find: () => conversation.message(target),
				async show() {
					if (until?.aborted) return false;
					await conversation.showEntry(target);
					if (until?.aborted) return false;
					const next = around(target, conversation.items, !conversation.hasLater);
					if (next) move(next);
					return next !== undefined;
				}
			});
			return shown ?? false;
		},
		get pinned() {
			subscribe();
			return pinned();
		},
		get pinnedCount() {
			subscribe();
			const { here, away } = pins();
			return here.length + away.length;
		},
		quote(id) {
			subscribe();
			const shared = context();
			return shared ? quoteRow(id, shared) : { state: 'missing', id };
		},
		standsBefore(id) {
			const at = items().findIndex((item) => item.id === id);
			if (at >= 0) return at < rangeOf(window, items(), read).start;
			const segment = parseEntryId(id)?.segment;
			return held.sync !== undefined && segment !== undefined && segment < held.sync.window.first;
		},
		followEnd: () => move(held.sync?.hasLater ? window : LATEST),
		endRows: () => far.close()
	};
}
