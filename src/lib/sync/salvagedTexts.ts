/**
 * Own texts that can never leave: kept on this device for the person to copy, outside of the documents. Invariants: a
 * text is here, on disk, before it is erased from where it was; it goes by the person's word alone; nothing is ever
 * posted from here. The same text kept twice, by two tabs or after a crash, is one.
 */
import { createEmitter } from './emitter';
import { segmentRoom } from '../protocol/rooms';
import { parseEntryId, type EntryId } from '../domain/entry';
import type { ConversationId } from '../domain/ids';
import type { LocalStore, Tabs } from './ports';

/**
 * `removed`: no longer a member; `notMade`: the server would not make the conversation; `discarded`: the person took it
 * back before the server heard of it; `noSpace`: the person's writing takes as much of the relay's store as it may;
 * `refused`: not taken as it is; `deleted`: it changes a message that is deleted.
 */
export type SalvageReason = 'removed' | 'notMade' | 'discarded' | 'noSpace' | 'refused' | 'deleted';

export interface SalvagedText {
	readonly conversation: ConversationId;
	/** What the conversation was called. */
	readonly conversationName: string;
	/** The entry that held it; `draft-<ms>` of what stood in the field. */
	readonly source: EntryId;
	readonly text: string;
	/** A new text for a message that the others have. */
	readonly isEdit: boolean;
	/** When it was written, in milliseconds since 1970. */
	readonly at: number;
	/** What it answered, as it then was. */
	readonly replyTo?: { readonly authorName: string; readonly text: string };
	readonly reason: SalvageReason;
}

export const salvagedKey = ({
	conversation,
	source
}: Pick<SalvagedText, 'conversation' | 'source'>): string => `${conversation}/${source}`;

/** To other tabs: the table has changed. */
const NEWS = new Uint8Array();

export type SalvagedTexts = Awaited<ReturnType<typeof openSalvagedTexts>>;

export async function openSalvagedTexts(local: LocalStore, tabs: Tabs) {
	const changed = createEmitter();
	let texts = new Map(await local.all<SalvagedText>('salvage'));
	let closed = false;

	const toTabs = tabs.join('salvage', () => void readAgain());
	async function readAgain(): Promise<void> {
		const read = new Map(await local.all<SalvagedText>('salvage'));
		if (closed) return;
		texts = read;
		changed.emit();
	}

	async function keep(some: readonly SalvagedText[]): Promise<void> {
		for (const text of some) await local.put('salvage', salvagedKey(text), text);
		for (const text of some) texts.set(salvagedKey(text), text);
		changed.emit();
		toTabs.post(NEWS);
	}

	/** Keeps what is no entry and has no name of its own, unless this very text is kept already. */
	const keepOnce = (text: SalvagedText): Promise<void> =>
		tabs.exclusive('salvage', async () => {
			await readAgain();
			const isKept = [...texts.values()].some(
				(held) => held.conversation === text.conversation && held.text === text.text
			);
			if (!isKept) await keep([text]);
		});

	/** What is being erased from its document is not forgotten here meanwhile: it would be copied again after a crash. */
	const settled = ({ conversation, source }: SalvagedText, task: () => Promise<void>): Promise<void> => {
		const segment = parseEntryId(source)?.segment;
		return segment === undefined
			? task()
			: tabs.exclusive(salvageLock(segmentRoom(conversation, segment)), task);
	};

	return {
		onChange: changed.on,
		/** Oldest first. */
		get all(): readonly SalvagedText[] {
			return [...texts.values()].sort((a, b) => a.at - b.at);
		},
		of: (id: ConversationId): readonly SalvagedText[] =>
			[...texts.values()].filter(({ conversation }) => conversation === id).sort((a, b) => a.at - b.at),
		has: (conversation: ConversationId, source: EntryId): boolean =>
			texts.has(salvagedKey({ conversation, source })),
		/** Settles once they are on disk; rejects if they cannot be, and then they stay where they were. */
		keep,
		keepOnce,
		/** The person is done with it. */
		async discard(text: SalvagedText): Promise<void> {
			await settled(text, async () => {
				await local.delete('salvage', salvagedKey(text));
				texts.delete(salvagedKey(text));
			});
			changed.emit();
			toTabs.post(NEWS);
		},
		close(): void {
			closed = true;
			toTabs.leave();
		}
	};
}

/** Held while a room's entries are salvaged: one tab at a time. */
export const salvageLock = (room: string): string => `room ${room}`;
