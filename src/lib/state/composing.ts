import { MESSAGE_TEXT_MAX } from '../domain/limits';
import type { ConversationModel, DraftModel } from './models';
import type { ConversationSync } from '../sync/conversationSync';
import type { EntryId } from '../domain/entry';
import type { HeldConversation } from './heldConversation';
import { isBlank } from '../domain/text';
import type { MessageBody } from '../domain/bodies';
import type { ShownRows } from './shownRows';

type Composing = Pick<
	ConversationModel,
	| 'draft'
	| 'setDraft'
	| 'otherDrafts'
	| 'chooseDraft'
	| 'send'
	| 'editing'
	| 'setEditing'
	| 'stopEditing'
	| 'edit'
	| 'goneBy'
>;

interface Options {
	readonly rows: ShownRows;
	/** The first thing worth keeping has been written: ask the browser to keep it. */
	readonly onWritten: () => void;
}

/** What may not be said, checked before anything is touched: the text stays where it was typed. */
function problemOf(text: string): { problem: 'empty' | 'too-long' } | undefined {
	if (isBlank(text)) return { problem: 'empty' };
	return text.trim().length > MESSAGE_TEXT_MAX ? { problem: 'too-long' } : undefined;
}

const withReply = ({ text, replyTo }: DraftModel): DraftModel =>
	replyTo === undefined ? { text } : { text, replyTo };

/** What stands in the field, a draft or an edit, and what becomes of it. Each key typed is on its way to the disk. */
export function composing(held: HeldConversation, { rows, onWritten }: Options): Composing {
	const { device, id } = held;
	const { subscribe } = held.typed;
	const { drafts, edits, presence } = device;

	function setDraft({ text, replyTo }: DraftModel): void {
		const { text: before } = drafts.get(id, held.adopted);
		held.stored(drafts.set(id, { text, replyTo }, held.adopted));
		if (text.trim() === '') presence.noteWritten();
		else if (text !== before) presence.noteWriting(id);
	}

	/**
	 * Writes a message at once, unless the conversation is still being read from the disk: which segment takes it is known
	 * when that is done. Settles once it is on the disk.
	 */
	async function write(conversation: ConversationSync, message: MessageBody): Promise<void> {
		if (conversation.settled) {
			conversation.send(message);
			return conversation.stored();
		}
		const { sync, release } = device.conversations.use(id);
		try {
			await sync.whenLoaded;
			sync.send(message);
			await sync.stored();
		} finally {
			release();
		}
	}

	function goneBy(target: EntryId): 'deleted' | 'cancelled' | undefined {
		if (held.sync?.quote(target).state !== 'deleted') return undefined;
		return held.sync.message(target) ? 'deleted' : 'cancelled';
	}

	return {
		get draft() {
			subscribe();
			return withReply(drafts.get(id, held.adopted));
		},
		setDraft,
		get otherDrafts() {
			subscribe();
			return drafts.others(id, held.adopted);
		},
		chooseDraft: ({ text, replyTo }) => held.stored(drafts.choose(id, { text, replyTo })),
		send(text, replyTo) {
			const conversation = held.sync;
			const problem = problemOf(text);
			if (problem || !conversation) return problem ?? { problem: 'empty' };
			const written = write(conversation, { text: text.trim(), replyTo });
			presence.noteWritten();
			held.stored(drafts.sent(id, written, held.adopted));
			rows.followEnd();
			onWritten();
			return undefined;
		},
		get editing() {
			subscribe();
			return edits.get(id);
		},
		setEditing(edit) {
			if (edit.text !== edits.get(id)?.text) presence.noteWriting(id);
			held.stored(edits.set(id, edit));
		},
		stopEditing() {
			presence.noteWritten();
			held.stored(edits.end(id));
		},
		goneBy(target) {
			subscribe();
			return goneBy(target);
		},
		edit(target, text) {
			const conversation = held.sync;
			const problem = problemOf(text);
			if (problem || !conversation) return problem ?? { problem: 'empty' };
			if (goneBy(target)) return { problem: 'gone' };
			// Of a message that is deleted already, where this device could not see it yet, the text is kept (lateErasure).
			const written = conversation.edit(target, { text: text.trim() }).then(() => conversation.stored());
			presence.noteWritten();
			held.stored(edits.get(id)?.target === target ? edits.end(id, written) : written);
			return undefined;
		}
	};
}

/** A text beside what stands in the field. */
export const joinTexts = (typed: string, back: string): string =>
	typed.trim() === '' ? back : `${typed}\n${back}`;
