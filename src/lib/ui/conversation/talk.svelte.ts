/**
 * What goes on in the one open conversation between its parts: what is being replied to or edited, what a dialog asks,
 * which message to look at. The conversation itself is the model's.
 */
import { createContext } from 'svelte';
import type { EntryId } from '../../domain/entry';
import { joinTexts } from '../../state/composing';
import type { AppModel, ConversationModel, DraftModel, EditModel, Unwritable } from '../../state/models';
import type { MessageRow } from '../../state/timelineRow';
import type { Toasts } from '../frame/toasts.svelte';
import type { Question } from '../group/question';
import { text } from '../text';

/** What is asked: about a message; about the whole conversation, from its details; or whether something is meant. */
export type Asked =
	| { readonly what: 'history' | 'forward' | 'remove' | 'report'; readonly row: MessageRow }
	| { readonly what: 'add' | 'invite' | 'webhooks' }
	| { readonly what: 'sure'; readonly question: Question };

/** The parts of the screen that others may move. */
interface LogPart {
	showRow(id: EntryId): Promise<boolean>;
	toEnd(): void;
}
interface FieldPart {
	focus(): void;
}

interface TalkOptions {
	readonly conversation: ConversationModel;
	readonly app: AppModel;
	readonly toasts: Toasts;
}

export class Talk {
	readonly conversation: ConversationModel;
	readonly #app: AppModel;
	readonly #toasts: Toasts;
	#asked = $state.raw<Asked | undefined>();
	log: LogPart | undefined;
	field: FieldPart | undefined;

	constructor({ conversation, app, toasts }: TalkOptions) {
		this.conversation = conversation;
		this.#app = app;
		this.#toasts = toasts;
	}

	/** The message that is being edited, as typed so far. */
	get editing(): EditModel | undefined {
		return this.conversation.editing;
	}

	/** Why nothing new can be written here; one's own messages can still be changed. */
	get unwritable(): Unwritable | undefined {
		return this.#app.unwritable(this.conversation.id);
	}

	/** What the open dialog asks. It outlives what it was opened from: a pane goes when the window gets narrower. */
	get asked(): Asked | undefined {
		return this.#asked;
	}

	ask(asked: Asked): void {
		this.#asked = asked;
	}

	answered(): void {
		this.#asked = undefined;
	}

	/** What stands in the field: the edited text, or the draft. */
	get typed(): string {
		return this.editing?.text ?? this.conversation.draft.text;
	}

	set typed(typed: string) {
		const { editing } = this;
		if (editing) this.conversation.setEditing({ ...editing, text: typed });
		else this.conversation.setDraft({ ...this.conversation.draft, text: typed });
	}

	find(id: EntryId): MessageRow | undefined {
		const row = this.conversation.rows.find((row) => row.id === id);
		return row?.type === 'message' ? row : undefined;
	}

	reply(row: MessageRow): void {
		if (this.unwritable) return;
		this.stopEditing();
		this.conversation.setDraft({ text: this.conversation.draft.text, replyTo: row.id });
		this.field?.focus();
	}

	stopReplying(): void {
		this.conversation.setDraft({ text: this.conversation.draft.text });
		this.field?.focus();
	}

	edit(row: MessageRow): void {
		if (!row.own || row.deleted || this.editing?.target === row.id) return this.field?.focus();
		this.stopEditing();
		this.conversation.setEditing({ target: row.id, text: row.text, was: row.text });
		this.field?.focus();
	}

	/** The newest own message, as ↑ in an empty field does. */
	editLast(): boolean {
		const last = this.conversation.rows.findLast((row) => row.type === 'message' && row.own && !row.deleted);
		if (last?.type !== 'message') return false;
		this.edit(last);
		return true;
	}

	/** Gives the edit up. What was changed can be had back. */
	stopEditing(): void {
		const { editing, conversation } = this;
		if (!editing) return;
		conversation.stopEditing();
		if (!isChanged(editing)) return;
		const goOn = () => conversation.setEditing(editing);
		this.#toasts.say(text.message.editDropped, { label: text.message.editAgain, do: goOn });
	}

	/** The message that is edited was deleted or cancelled meanwhile: what was changed goes to the field. */
	keepEdited(): void {
		const { editing, conversation } = this;
		if (!editing) return;
		const isCancelled = conversation.goneBy(editing.target) === 'cancelled';
		const words = isCancelled ? text.message.editCancelled : text.message.editGone;
		if (isChanged(editing)) this.toDraft({ text: editing.text });
		// Behind the draft: a page that ends in between finds the text in one or the other.
		conversation.stopEditing();
		this.#toasts.say(isChanged(editing) ? words.kept : words.unchanged);
	}

	/** Sends, or saves the edit. Returns why not. */
	send(): 'too-long' | 'empty' | undefined {
		const { conversation } = this;
		const edited = this.editing;
		if (!edited) return conversation.send(conversation.draft.text, conversation.draft.replyTo)?.problem;
		if (!isChanged(edited)) {
			conversation.stopEditing();
			return undefined;
		}
		const problem = conversation.edit(edited.target, edited.text)?.problem;
		if (problem !== 'gone') return problem;
		this.keepEdited();
		return undefined;
	}

	/** Puts a text into the field beside whatever stands there. */
	toDraft({ text: back, replyTo }: DraftModel): void {
		const { text: typed, replyTo: replying } = this.conversation.draft;
		const target = replying ?? replyTo;
		const whole = joinTexts(typed, back);
		this.conversation.setDraft(target === undefined ? { text: whole } : { text: whole, replyTo: target });
	}

	/** Deletes for everyone after asking; what has not left is cancelled without asking, and can be had back. */
	async remove(row: MessageRow, { sure = false } = {}): Promise<void> {
		if (!row.removable) return;
		if (!row.cancellable && !sure) return this.ask({ what: 'remove', row });
		const words = text.message;
		try {
			if (!row.own) return await this.conversation.moderate(row);
			const removal = await this.conversation.remove(row.id);
			if (removal.done === 'cancelled') {
				// What it says now: another tab may have changed it since the menu was opened.
				const back = removal.said ?? { text: row.text, replyTo: row.replyTo?.id };
				const label = words.toDraft;
				this.#toasts.say(words.cancelled(removal.mayHaveLeft), { label, do: () => this.toDraft(back) });
			} else if (removal.done === 'edited') this.#toasts.fail(words.changedMeanwhile);
			else if (row.cancellable) this.#toasts.fail(words.leftAlready);
		} catch {
			// Its segment could not be opened here: the message stands as it was.
			this.#toasts.fail(words.removeFailed);
		}
	}

	react(row: MessageRow, emoji: string): void {
		const own = row.reactions.find((reaction) => reaction.emoji === emoji)?.own ?? false;
		this.conversation.react(row.id, emoji, !own);
	}

	/** Shows a message, however far back, and puts the focus on it. */
	async show(id: EntryId): Promise<boolean> {
		const shown = await this.log?.showRow(id);
		if (shown === false) this.sayNotHere();
		return shown ?? false;
	}

	/** What was looked for is not on this device, and cannot be fetched now. */
	sayNotHere(): void {
		this.#toasts.fail(text.message.notHere);
	}

	async copy(what: string, said: string): Promise<void> {
		try {
			await navigator.clipboard.writeText(what);
			this.#toasts.say(said);
		} catch {
			// Forbidden, or the page is not secure: the text can still be selected.
			this.#toasts.fail(text.message.copyFailed);
		}
	}

	/** The author whose words they are: forwarded again, a message still names who wrote it. */
	async forward(row: MessageRow, to: { readonly id: string; readonly name: string }): Promise<void> {
		const authorName = row.forwardedFrom ?? (row.own ? this.#app.self.displayName : row.authorName);
		await this.#app.forward({ text: row.text, authorName }, to.id);
		this.#toasts.say(text.message.forwarded(to.name));
	}
}

const isChanged = ({ text, was }: EditModel): boolean => text.trim() !== was.trim();

export const [getTalk, setTalk] = createContext<Talk>();
