import { around, LATEST, rangeOf, stepBack, stepForward, type RowWindow } from './rowWindow';
import { createRows, messageRow, type RowContext } from './timelineRows';
import { createSubscriber } from 'svelte/reactivity';
import { decodeMessageBody } from '../domain/bodies';
import { KIND } from '../domain/entry';
import { MESSAGE_TEXT_MAX } from '../domain/limits';
import { namesOf } from './conversationNames';
import type { ConversationId } from '../domain/ids';
import type { ConversationModel, MessageRow } from './models';
import type { ConversationSync } from '../sync/conversationSync';
import type { Device } from '../sync/device';
import type { TimelineItem, TimelineMessage } from '../domain/timeline';

interface Options {
	/** The first thing worth keeping has been written: ask the browser to keep it. */
	readonly onWritten: () => void;
}

/** The open conversation, as its screen sees it. */
export function createConversationModel(
	device: Device,
	id: ConversationId,
	{ onWritten }: Options
): ConversationModel {
	const rowsOf = createRows();
	let held: ReturnType<Device['conversations']['use']> | undefined;
	let closed = false;
	/** The device whose draft the field began with; undefined until the conversation is there. */
	let adopted: string | undefined;
	let window: RowWindow = LATEST;
	let moved = () => {};
	const subscribe = createSubscriber((update) => {
		moved = update;
		return device.onChange(() => {
			openIfKnown();
			update();
		});
	});

	const names_ = () => namesOf(device, id);

	/** Opened once it is known that there is such a conversation: one of somebody else's leaves no trace here. */
	function openIfKnown(): void {
		if (held || closed || !names_().known) return;
		held = device.conversations.use(id);
		adopted = device.drafts.adopt(id);
	}
	openIfKnown();

	const sync = (): ConversationSync | undefined => held?.sync;

	const items = (): readonly TimelineItem[] => sync()?.items ?? [];
	const isMessage = (item: TimelineItem): item is TimelineMessage => item.type === 'message';

	function context(conversation: ConversationSync): RowContext {
		const late = new Set(device.reading.unread(conversation).late.map((message) => message.id));
		return { conversation, reading: device.reading, self: device.self.id, nameOf: names_().nameOf, late };
	}

	function move(next: RowWindow): void {
		window = next;
		moved();
	}

	/** What may not be said, checked before anything is touched: the text stays where it was typed. */
	function problemOf(text: string): { problem: 'empty' | 'too-long' } | undefined {
		if (text.trim() === '') return { problem: 'empty' };
		return text.trim().length > MESSAGE_TEXT_MAX ? { problem: 'too-long' } : undefined;
	}

	/** Written to memory at once; a disk that does not take it is told. */
	function keep(write: (conversation: ConversationSync) => Promise<unknown>): void {
		const conversation = sync();
		if (!conversation) return;
		void write(conversation)
			.then(() => conversation.stored())
			.catch(() => device.noteStorageProblem());
	}

	return {
		id,
		get status() {
			subscribe();
			const conversation = sync();
			if (names_().known) {
				if (conversation?.refusal || names_().refused) return 'removed';
				return conversation?.loaded ? 'open' : 'opening';
			}
			if (conversation) return 'removed';
			return device.directoryKnown ? 'missing' : 'opening';
		},
		get kind() {
			subscribe();
			return names_().kind;
		},
		get name() {
			subscribe();
			return names_().name;
		},
		get swatch() {
			subscribe();
			return names_().swatch;
		},
		get members() {
			subscribe();
			return names_().members;
		},
		get pending() {
			subscribe();
			return names_().pending;
		},
		get writing() {
			subscribe();
			return device.presence.writingIn(id).map(names_().nameOf);
		},
		get complete() {
			subscribe();
			return names_().pending || sync()?.complete === true;
		},
		get rows() {
			subscribe();
			const conversation = sync();
			if (!conversation) return [];
			const { start, end } = rangeOf(window, conversation.items);
			return rowsOf(conversation.items.slice(start, end), context(conversation));
		},
		get hasEarlier() {
			subscribe();
			return rangeOf(window, items()).start > 0 || sync()?.hasEarlier === true;
		},
		get hasLater() {
			subscribe();
			return rangeOf(window, items()).end < items().length || sync()?.hasLater === true;
		},
		async loadEarlier() {
			const conversation = sync();
			if (!conversation) return;
			// Anchored first: what the next segment brings must not move what is being read.
			const { start, end } = rangeOf(window, conversation.items);
			const followsEnd = window.last === undefined && !conversation.hasLater;
			window = {
				first: conversation.items[start]?.id,
				last: followsEnd ? undefined : conversation.items[end - 1]?.id
			};
			if (start === 0 && conversation.hasEarlier) await conversation.loadEarlier();
			move(stepBack(window, conversation.items));
		},
		async loadLater() {
			const conversation = sync();
			if (!conversation) return;
			const { start, end } = rangeOf(window, conversation.items);
			if (end >= conversation.items.length && conversation.hasLater) {
				window = { first: conversation.items[start]?.id, last: conversation.items[end - 1]?.id };
				await conversation.loadLater();
			}
			move(stepForward(window, conversation.items, !conversation.hasLater));
		},
		async showLatest() {
			await sync()?.showLatest();
			move(LATEST);
		},
		async showMessage(target) {
			const conversation = sync();
			if (!conversation || !(await conversation.showEntry(target))) return false;
			const next = around(target, conversation.items, !conversation.hasLater);
			if (!next) return false;
			move(next);
			return true;
		},
		get unread() {
			subscribe();
			const conversation = sync();
			if (!conversation) return { count: 0, first: undefined, late: [] };
			const { late, fresh } = device.reading.unread(conversation);
			return {
				count: late.length + fresh.length,
				first: fresh[0]?.id,
				late: late.map((message) => message.id)
			};
		},
		seen(ids) {
			const conversation = sync();
			const messages = ids.flatMap((each) => conversation?.message(each) ?? []);
			if (conversation && messages.length > 0) device.reading.seen(conversation, messages);
		},
		markUnreadFrom(from) {
			const conversation = sync();
			if (conversation) device.reading.unreadFrom(conversation, from);
		},
		get draft() {
			subscribe();
			const { text, replyTo } = device.drafts.get(id, adopted);
			return replyTo === undefined ? { text } : { text, replyTo };
		},
		setDraft({ text, replyTo }) {
			const { text: before } = device.drafts.get(id, adopted);
			if (text.trim() === '') device.presence.noteWritten();
			else if (text !== before) device.presence.noteWriting(id);
			void device.drafts.set(id, { text, replyTo }, adopted).catch(() => device.noteStorageProblem());
		},
		get otherDrafts() {
			subscribe();
			return device.drafts.others(id, adopted);
		},
		chooseDraft({ text, replyTo }) {
			void device.drafts.choose(id, { text, replyTo }).catch(() => device.noteStorageProblem());
		},
		send(text, replyTo) {
			const conversation = sync();
			const problem = problemOf(text);
			if (problem || !conversation) return problem ?? { problem: 'empty' };
			conversation.send({ text: text.trim(), replyTo });
			device.presence.noteWritten();
			void device.drafts.sent(id, conversation.stored(), adopted).catch(() => device.noteStorageProblem());
			move(conversation.hasLater ? window : LATEST);
			onWritten();
			return undefined;
		},
		edit(target, text) {
			const problem = problemOf(text);
			const replyTo = sync()?.message(target)?.replyTo;
			if (!problem) keep((conversation) => conversation.edit(target, { text: text.trim(), replyTo }));
			return problem;
		},
		async remove(target) {
			const conversation = sync();
			if (!conversation) return 'cancelled';
			const done = await conversation.remove(target);
			keep(() => Promise.resolve());
			return done;
		},
		react: (target, emoji, on) => keep((conversation) => conversation.react(target, emoji, on)),
		pin: (target, on) => keep((conversation) => conversation.pin(target, on)),
		get pinned(): readonly MessageRow[] {
			subscribe();
			const conversation = sync();
			if (!conversation) return [];
			const shared = context(conversation);
			return conversation.items
				.filter(isMessage)
				.filter(({ pinned }) => pinned)
				.map((item) => messageRow(item, shared))
				.reverse();
		},
		get refused() {
			subscribe();
			const conversation = sync();
			if (!conversation || (!conversation.refusal && !names_().refused)) return [];
			return conversation.unsent.flatMap(({ kind, body, stamp }) => {
				const message = kind === KIND.message && body ? decodeMessageBody(body) : undefined;
				return message ? [{ text: message.text, at: stamp.ms }] : [];
			});
		},
		close() {
			closed = true;
			held?.release();
		}
	};
}
