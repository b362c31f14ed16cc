/**
 * Tells the system's notifications what arrives while nobody looks at Skein: one for each conversation, taken back once
 * it is read, here or elsewhere. Of all tabs of an account one does this at a time (see oneTab.ts). What was unread
 * before it began is not news.
 */
import { calls } from '../../state/calls';
import type { ConversationListItem } from '../../state/conversationListItem';
import type { ConversationId } from '../../domain/ids';

export interface Note {
	readonly conversation: ConversationId;
	readonly title: string;
	readonly body: string;
}

/** The system's notifications of this account. */
export interface NotesPort {
	/** Conversations that have one now. */
	standing(): Promise<readonly ConversationId[]>;
	/** In place of the one that the conversation has. */
	show(note: Note): Promise<void>;
	withdraw(conversation: ConversationId): Promise<void>;
}

interface NotifierOptions {
	readonly port: NotesPort;
	/** True while somebody looks at a tab of this account. */
	readonly isAttended: () => Promise<boolean>;
	/** In words. `late`: it arrived in earlier history, so it is not the newest message. */
	readonly noteOf: (item: ConversationListItem, late: boolean) => Note;
}

export class Notifier {
	readonly #options: NotifierOptions;
	#items: ReadonlyMap<ConversationId, ConversationListItem> | undefined;
	/** One after the other: what is withdrawn must not overtake what is shown. */
	#work: Promise<void>;
	#standing = new Set<ConversationId>();

	constructor(options: NotifierOptions) {
		this.#options = options;
		this.#work = this.#begin();
	}

	/** Call with each change of the list. */
	look(items: readonly ConversationListItem[]): void {
		const before = this.#items;
		this.#items = new Map(items.map((item) => [item.id, item]));
		for (const item of items) {
			const was = before?.get(item.id);
			if (was === item || !before) continue;
			if (calls(item) > (was ? calls(was) : 0)) this.#then(() => this.#show(item, was));
		}
		this.#then(() => this.#withdrawRead());
	}

	/** Settles once all that was seen so far is done. */
	get settled(): Promise<void> {
		return this.#work;
	}

	async #begin(): Promise<void> {
		this.#standing = new Set(await this.#options.port.standing());
	}

	#then(task: () => Promise<void>): void {
		// A system that refuses one notification is asked for the next all the same.
		this.#work = this.#work.then(task).catch(() => undefined);
	}

	#callsNow(id: ConversationId): number {
		const item = this.#items?.get(id);
		return item ? calls(item) : 0;
	}

	async #show(item: ConversationListItem, was: ConversationListItem | undefined): Promise<void> {
		if (await this.#options.isAttended()) return;
		if (this.#callsNow(item.id) === 0) return;
		await this.#options.port.show(this.#options.noteOf(item, item.late > (was?.late ?? 0)));
		this.#standing.add(item.id);
	}

	async #withdrawRead(): Promise<void> {
		for (const id of [...this.#standing]) {
			if (this.#callsNow(id) > 0) continue;
			await this.#options.port.withdraw(id);
			this.#standing.delete(id);
		}
	}
}
