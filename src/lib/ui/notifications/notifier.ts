/**
 * Tells the system's notifications what arrives while nobody looks at Skein: one for each conversation, taken back once
 * it is read, here or elsewhere. Of all tabs of an account one does this at a time (see oneTab.ts); the others follow
 * what it has dealt with, so that whichever takes over tells what came in between. What was unread before a tab began
 * is not news to it.
 */
import { calls } from '../../state/calls';
import type { ConversationListItem } from '../../state/conversationListItem';
import type { ConversationId } from '../../domain/ids';
import { dealtAtFirst, dealtNow, withoutRead, type Dealt, type DealtWith } from './dealtWith';

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

/** What the tab that tells has done about a conversation by now. */
export interface Word extends Dealt {
	readonly conversation: ConversationId;
}

interface NotifierOptions {
	/** To the tabs that wait. */
	readonly say: (word: Word) => void;
	/** True while somebody looks at a tab of this account. */
	readonly isAttended: () => Promise<boolean>;
	/** In words. `late`: it arrived in earlier history, so it is not the newest message. */
	readonly noteOf: (item: ConversationListItem, late: boolean) => Note;
}

const NOTHING: Dealt = { calls: 0, late: 0 };

export class Notifier {
	readonly #options: NotifierOptions;
	#items: ReadonlyMap<ConversationId, ConversationListItem> | undefined;
	#dealtWith: DealtWith = new Map();
	#port: NotesPort | undefined;
	/** One after the other: what is withdrawn must not overtake what is shown. */
	#work: Promise<void> = Promise.resolve();
	#standing = new Set<ConversationId>();

	constructor(options: NotifierOptions) {
		this.#options = options;
	}

	/** Call with each change of the list, in every tab. */
	look(items: readonly ConversationListItem[]): void {
		const before = this.#items;
		const now = new Map(items.map((item) => [item.id, item]));
		this.#items = now;
		const dealtBefore = this.#dealtWith;
		this.#dealtWith = before ? withoutRead(dealtBefore, before, now) : dealtAtFirst(now);
		if (!this.#port) return;
		if (before) for (const [id, dealt] of this.#dealtWith) if (dealt !== dealtBefore.get(id)) this.#say(id);
		this.#tell(this.#port);
	}

	/** The tab that tells says so. */
	hear({ conversation, calls, late }: Word): void {
		if (!this.#port) this.#dealtWith = new Map(this.#dealtWith).set(conversation, { calls, late });
	}

	/** Call once this is the tab that tells, from then on. */
	takeOver(port: NotesPort): void {
		this.#port = port;
		this.#then(async () => void (this.#standing = new Set(await port.standing())));
		if (this.#items) this.#tell(port);
	}

	/** Settles once all that was seen so far is done. */
	get settled(): Promise<void> {
		return this.#work;
	}

	#tell(port: NotesPort): void {
		for (const [id, item] of this.#items ?? [])
			if (calls(item) > this.#dealt(id).calls) this.#then(() => this.#show(port, id));
		this.#then(() => this.#withdrawRead(port));
	}

	#then(task: () => Promise<void>): void {
		// A system that refuses one notification is asked for the next all the same.
		this.#work = this.#work.then(task).catch(() => undefined);
	}

	#dealt(id: ConversationId): Dealt {
		return this.#dealtWith.get(id) ?? NOTHING;
	}

	#say(conversation: ConversationId): void {
		this.#options.say({ conversation, ...this.#dealt(conversation) });
	}

	async #show(port: NotesPort, id: ConversationId): Promise<void> {
		const attended = await this.#options.isAttended();
		const item = this.#items?.get(id);
		const dealt = this.#dealt(id);
		if (!item || calls(item) <= dealt.calls) return;
		// Before it is shown: what is read until then is taken off this.
		this.#dealtWith = new Map(this.#dealtWith).set(id, dealtNow(item));
		try {
			if (attended) return;
			this.#standing.add(id);
			await port.show(this.#options.noteOf(item, item.late > dealt.late));
		} finally {
			this.#say(id);
		}
	}

	async #withdrawRead(port: NotesPort): Promise<void> {
		for (const id of [...this.#standing]) {
			const item = this.#items?.get(id);
			if (item && calls(item) > 0) continue;
			await port.withdraw(id);
			this.#standing.delete(id);
		}
	}
}
