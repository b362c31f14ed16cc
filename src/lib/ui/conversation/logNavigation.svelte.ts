/**
 * Going from place to place in the log: to a message, to the end, to where reading goes on, back to where one was. What
 * passes by on the way is not read.
 */
import { tick } from 'svelte';
import type { EntryId } from '../../domain/entry';
import type { FetchOptions } from '../../state/models';
import type { ReadState } from '../../domain/readState';
import type { Reader } from './reader.svelte';
import type { ReadingPlace, Spot } from './readingPlace.svelte';
import type { Talk } from './talk.svelte';

/** How long a message that was jumped to stands out. */
const LIT_MS = 2_400;

interface LogNavigationOptions {
	readonly talk: Talk;
	readonly reader: Reader;
	readonly place: ReadingPlace;
	/** The element whose children are the rows. */
	readonly log: () => HTMLElement | undefined;
	/** The message is to be shown though it is folded away. */
	readonly unfold: (id: EntryId) => void;
	/** The message that the address names. */
	readonly target: () => EntryId | undefined;
}

export class LogNavigation {
	readonly #talk: Talk;
	readonly #reader: Reader;
	readonly #place: ReadingPlace;
	readonly #log: () => HTMLElement | undefined;
	readonly #unfold: (id: EntryId) => void;
	readonly #target: () => EntryId | undefined;
	#placed = $state(false);
	/** Aborts once the person goes on by themselves, before the place to open at was found. */
	readonly #acts = new AbortController();
	/** Aborted by the next: of two ways taken one after the other, the later leads. */
	#way = new AbortController();
	#seeking = $state(false);
	#lit = $state<EntryId | undefined>();
	/** Where the person was when they left the entry of the browser's history that they have come back to. */
	#left: Spot | undefined;

	constructor({ talk, reader, place, log, unfold, target }: LogNavigationOptions) {
		this.#talk = talk;
		this.#reader = reader;
		this.#place = place;
		this.#log = log;
		this.#unfold = unfold;
		this.#target = target;
	}

	/** The log stands where it opens. */
	get placed(): boolean {
		return this.#placed;
	}

	/** Call with what the person does: nobody is carried to where the log was to open, once they go on by themselves. */
	act = (): void => this.#acts.abort();

	/** The rows that are here are not those that are about to be shown. */
	get seeking(): boolean {
		return this.#seeking;
	}

	/** The message that was jumped to. */
	get lit(): EntryId | undefined {
		return this.#lit;
	}

	rowOf(id: EntryId): HTMLElement | undefined {
		return this.#log()?.querySelector<HTMLElement>(`[data-message-id="${CSS.escape(id)}"]`) ?? undefined;
	}

	#setOut(): AbortSignal {
		this.#way.abort();
		this.#way = new AbortController();
		return this.#way.signal;
	}

	/**
	 * Shows a message with the focus on it, however far back. False if it is not here and cannot be fetched now; who has
	 * gone elsewhere meanwhile is not carried there.
	 */
	showRow(id: EntryId): Promise<boolean> {
		this.act();
		return this.#goToRow(id, { until: this.#setOut() });
	}

	#goToRow(id: EntryId, options: FetchOptions & { readonly until: AbortSignal }): Promise<boolean> {
		return this.#reader.moving(async () => {
			const row = await this.#bring(id, options);
			if (options.until.aborted) return true;
			if (!row) return false;
			this.#lit = id;
			setTimeout(() => (this.#lit = this.#lit === id ? undefined : this.#lit), LIT_MS);
			row.focus({ preventScroll: true });
			await this.#place.show(row);
			return true;
		});
	}

	async toEnd(): Promise<void> {
		this.act();
		const way = this.#setOut();
		const { conversation } = this.#talk;
		await conversation.showLatest();
		if (way.aborted) return;
		this.#reader.goOn();
		// Whoever goes to the end passes over what is unread before it, and must not be brought back to it.
		const { since, reads } = this.#reader;
		if (reads) conversation.readToEnd();
		await tick();
		this.#place.toEnd();
		if (reads) this.#reader.passOver(since);
	}

	/** To the first unread message, or to the first of what was passed over. */
	async showUnread(): Promise<void> {
		const { conversation } = this.#talk;
		const until = this.#setOut();
		const first = await this.#reader.moving(() => conversation.firstUnread(this.#reader.since, { until }));
		if (until.aborted) return;
		this.#reader.divide();
		this.#reader.cameBack();
		if (first !== undefined) await this.#talk.show(first);
		else this.#talk.sayNotHere();
	}

	/** To the divider. Nothing is brought for it once `until` is aborted. */
	showDivider(until?: AbortSignal): Promise<void> {
		return this.#reader.moving(async () => {
			const before = this.#reader.divider?.before;
			if (before === undefined) return;
			await this.#bring(before, { fetch: false, until });
			if (until?.aborted) return;
			const rule = this.#log()?.querySelector<HTMLElement>('.new');
			if (rule) await this.#place.show(rule);
		});
	}

	/** What the browser's history is to keep of this place. */
	get spot(): Spot | undefined {
		return this.#placed ? this.#place.spot : this.#left;
	}

	/** Call when the router has arrived at an entry of the history that was left at this spot. */
	comeBack(spot: Spot | undefined): void {
		this.#left = spot;
	}

	/** Call when the router has arrived at an address of this conversation: to where that leads, or where one was there. */
	async arrive(): Promise<void> {
		// The router tells of the spot behind its last word of the navigation.
		await Promise.resolve();
		const target = this.#target();
		if (!(await this.#goToLeft(this.#setOut())) && target !== undefined) await this.#talk.show(target);
	}

	/**
	 * Finds the place at which the log opens: the message that the address names, else where the person was, else where
	 * reading goes on. What this device has is shown before anything is waited for. While the first unread message is on
	 * its way the newest are shown, and nothing counts as read: it is gone to when it comes, unless the person has gone
	 * on by themselves. Then, or if it cannot come, the way to it is offered.
	 */
	async begin(): Promise<void> {
		const target = this.#target();
		const leads = target !== undefined || this.#left !== undefined;
		if (leads) this.#reader.goElsewhere(this.#reader.since);
		if (leads) this.#reader.divide();
		const until = this.#setOut();
		const isThere =
			(await this.#goToLeft(until)) ||
			(target !== undefined && (await this.#goToRow(target, { fetch: false, until })));
		if (!isThere) await this.#goOn(target === undefined ? this.#acts.signal : AbortSignal.abort(), until);
		this.#placed = true;
		this.#reader.begin();
		if (isThere || target === undefined || until.aborted) return;
		const { since } = this.#reader;
		if ((await this.#talk.show(target)) && this.#reader.isElsewhere) this.#reader.goElsewhere(since);
	}

	async #goToLeft(until: AbortSignal): Promise<boolean> {
		const spot = this.#left;
		this.#left = undefined;
		return spot !== undefined && this.#reader.moving(() => this.#goToSpot(spot, until));
	}

	/** `way`: aborted once the person has been brought elsewhere, where they stay. */
	async #goOn(until: AbortSignal, way: AbortSignal): Promise<void> {
		const { conversation } = this.#talk;
		await conversation.whenKnown(until);
		const since = this.#reader.since;
		const isHere = conversation.unread.beginsEarlier ? await this.#findUnread(since, until, way) : true;
		if (isHere && !until.aborted) {
			this.#reader.divide();
			await tick();
			await this.showDivider(until);
		}
		if (isHere && !until.aborted) return;
		if (!way.aborted) await conversation.showLatest();
		this.#reader.goElsewhere(since);
	}

	/** Brings the first unread message: from this device, or else from the relay, with the newest shown meanwhile. */
	async #findUnread(since: ReadState, until: AbortSignal, way: AbortSignal): Promise<boolean> {
		const { conversation } = this.#talk;
		this.#seeking = true;
		const here = await conversation.firstUnread(since, { fetch: false, until });
		if (here === undefined && !way.aborted) await conversation.showLatest();
		this.#seeking = false;
		return (here ?? (await conversation.firstUnread(since, { until }))) !== undefined;
	}

	async #goToSpot({ id, below }: Spot, until: AbortSignal): Promise<boolean> {
		this.#seeking = !this.#placed && !this.rowOf(id);
		const row = await this.#bring(id, { fetch: false, until });
		this.#seeking = false;
		if (until.aborted) return true;
		if (row) await this.#place.show(row, below);
		return row !== undefined;
	}

	async #bring(id: EntryId, options: FetchOptions): Promise<HTMLElement | undefined> {
		this.#unfold(id);
		await tick();
		if (!this.rowOf(id) && !(await this.#talk.conversation.showMessage(id, options))) return undefined;
		await tick();
		return this.rowOf(id);
	}
}
