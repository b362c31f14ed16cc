/**
 * Where reading stands in the one open conversation: the divider, which stays until one leaves; what arrived late, as
 * offered; and which messages have been before the person's eyes.
 */
import type { EntryId } from '../../domain/entry';
import type { ConversationModel } from '../../state/models';
import type { UnreadRows } from '../../state/timelineRow';
import type { ReadState } from '../../domain/readState';
import type { Attention } from './attention.svelte';

interface Divider {
	readonly before: EntryId;
	readonly count: number;
}

export class Reader {
	readonly #conversation: ConversationModel;
	readonly #attention: Attention;
	#divider = $state.raw<Divider | undefined>();
	/** What was read when the person passed over the rest. */
	#passed = $state.raw<ReadState | undefined>();
	/** The person was brought elsewhere than to where reading goes on. */
	#elsewhere = $state(false);
	/** Where reading goes on is above what is before their eyes. */
	#unreadAbove = $state(true);
	#late = $state.raw<readonly EntryId[]>([]);
	#at = $state<number | undefined>();
	/** Nothing counts as seen before the screen has found its place, nor after "mark unread". */
	#paused = $state(true);
	/** Marked unread on another device since it was last looked at here: what is before the eyes stays unread. */
	#markedElsewhere = $state(false);
	/** Of the read state, as this screen knows it. */
	#epoch = Infinity;
	/** Rows pass by while the screen goes elsewhere: nobody reads them. */
	#moves = $state(0);

	constructor(conversation: ConversationModel, attention: Attention) {
		this.#conversation = conversation;
		this.#attention = attention;
	}

	get divider(): Divider | undefined {
		return this.#divider;
	}

	/**
	 * Whether the screen has found its place and goes on reading. Not elsewhere: what is seen there would take what stands
	 * before it along, which was never before the person's eyes.
	 */
	get reads(): boolean {
		const skips = this.#elsewhere && this.#unreadAbove;
		return !this.#paused && !this.#markedElsewhere && !skips && !this.isMoving && this.#attention.here;
	}

	/** The screen is on its way elsewhere. */
	get isMoving(): boolean {
		return this.#moves > 0;
	}

	/** Messages that arrived into earlier history and are offered in this visit. */
	get late(): readonly EntryId[] {
		return this.#late;
	}

	/** Which of the late ones is looked at, from 0. */
	get at(): number | undefined {
		return this.#at;
	}

	get current(): EntryId | undefined {
		return this.#at === undefined ? undefined : this.#late[this.#at];
	}

	isLate = (id: EntryId): boolean => this.#late.includes(id);

	begin(): void {
		this.#paused = false;
		this.#epoch = this.#conversation.readSoFar.epoch;
	}

	/** From what state reading goes on, or would have, had the person not gone elsewhere first. */
	get since(): ReadState {
		return this.#passed ?? this.#conversation.readSoFar;
	}

	/** What is unread, and what was passed over. */
	get unread(): UnreadRows {
		return this.#conversation.unreadSince(this.since);
	}

	/** Reading would go on there, had the person not gone elsewhere. */
	hasPassed = (id: EntryId): boolean => this.#passed !== undefined && this.unread.first === id;

	/** Keeps the way back to what is unread, when the person goes on elsewhere. */
	passOver(since: ReadState): void {
		this.#passed = since;
	}

	/** The same when a link, or what this device does not have, led them there. */
	goElsewhere(since: ReadState): void {
		this.#passed = since;
		this.#elsewhere = true;
	}

	/** A link, or what this device does not have, led the person here, and they have not gone on from it. */
	get isElsewhere(): boolean {
		return this.#elsewhere;
	}

	/** Call from an effect, with whether the first unread message is above what is visible. */
	noteUnreadAbove(isAbove: boolean): void {
		this.#unreadAbove = isAbove;
	}

	/** The person chose to go on from where they are, over all that stands before. */
	goOn(): void {
		this.#elsewhere = false;
		this.#markedElsewhere = false;
	}

	/** The person is where they had passed over, or past it again. */
	cameBack(): void {
		this.#passed = undefined;
		this.#elsewhere = false;
	}

	/** Goes elsewhere: what comes before the eyes on the way is not read. */
	async moving<T>(go: () => Promise<T>): Promise<T> {
		this.#moves += 1;
		try {
			return await go();
		} finally {
			this.#moves -= 1;
		}
	}

	/** A divider before the first unread message, with how many there are: by itself, from where the person left off. */
	divide({ first, fresh, counted }: UnreadRows = this.unread): void {
		const count = counted ? fresh : 0;
		if (first === undefined || (this.#divider?.before === first && this.#divider.count === count)) return;
		this.#divider = { before: first, count };
	}

	/** Call from an effect: what arrives while nobody looks stands behind a divider. */
	follow(): void {
		this.#heedMarks();
		const { first, late } = this.#conversation.unread;
		const more = late.filter((id) => !this.#late.includes(id));
		if (more.length > 0) this.#late = [...this.#late, ...more];
		if (this.#attention.here || first === undefined) return;
		if (!this.#divider || this.#divider.before === first) this.divide();
	}

	/** Whoever marks unread on another device does not find it read because this screen shows it. */
	#heedMarks(): void {
		const { epoch } = this.#conversation.readSoFar;
		if (epoch > this.#epoch) {
			this.#epoch = epoch;
			this.#markedElsewhere = this.#attention.here;
			this.cameBack();
			this.divide();
		} else if (!this.#attention.here) this.#markedElsewhere = false;
	}

	/** Takes the visible messages for read. */
	see(visible: readonly EntryId[]): void {
		this.#heedMarks();
		const { fresh, late } = this.#conversation.unread;
		if (this.reads && visible.length > 0 && fresh + late.length > 0) this.#conversation.seen(visible);
	}

	markUnreadFrom(id: EntryId): void {
		this.#paused = true;
		this.#conversation.markUnreadFrom(id);
		this.cameBack();
		this.divide();
	}

	step(by: 1 | -1): EntryId | undefined {
		const { length } = this.#late;
		if (length === 0) return undefined;
		this.#at = this.#at === undefined ? (by === 1 ? 0 : length - 1) : (this.#at + by + length) % length;
		return this.current;
	}

	/** The late ones have been dealt with. */
	done(): void {
		this.#conversation.seen(this.#late);
		this.#late = [];
		this.#at = undefined;
	}
}
