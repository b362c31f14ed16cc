import { around, LATEST, rangeOf, stepBack, stepForward, type RowWindow } from './rowWindow';
import { createRows, messageRow, type RowContext } from './timelineRows';
import { mayModerate } from '../domain/permissions';
import { parseEntryId, type EntryId } from '../domain/entry';
import { repliesSince } from './repliesSince';
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
>;

export interface ShownRows extends Rows {
	/** Follows the end, unless later segments are not shown. */
	followEnd(): void;
}

const pinnedAmong = (items: readonly TimelineItem[]): TimelineMessage[] =>
	items.filter((item): item is TimelineMessage => item.type === 'message' && item.pinned);

/** The part of a conversation's timeline that is on the screen, moved back and forth. */
export function shownRows(held: HeldConversation): ShownRows {
	const { device, subscribe } = held;
	const rowsOf = createRows();
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
	const pinned = held.once((): readonly MessageRow[] => {
		const shared = context();
		if (!shared) return [];
		return pinnedAmong(items())
			.filter(({ id, author }) => !shared.removing.has(id) && !shared.blocked.has(author))
			.map((item) => messageRow(item, shared))
			.reverse();
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
		standsBefore(id) {
			const at = items().findIndex((item) => item.id === id);
			if (at >= 0) return at < rangeOf(window, items(), read).start;
			const segment = parseEntryId(id)?.segment;
			return held.sync !== undefined && segment !== undefined && segment < held.sync.window.first;
		},
		followEnd: () => move(held.sync?.hasLater ? window : LATEST)
	};
}
