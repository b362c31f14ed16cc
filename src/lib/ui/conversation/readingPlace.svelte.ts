import type { EntryId } from '../../domain/entry';
import { heldOf, look, placeOf, scrolledTo, type Sight, type View } from './sight';

/** Pixels from the end within which the reader counts as being there. */
const NEAR_END = 40;
/** Where a message that was jumped to comes to stand: this part of what is visible is above it. */
const SHOWN_AT = 0.25;

export interface Spot {
	readonly id: EntryId;
	readonly below: number;
}

interface ReadingPlaceOptions {
	/** False while later rows are not shown: the end of the rows is then a place like any other. */
	readonly endIsLatest: () => boolean;
	/** The screen is on its way to a row, and will show it. */
	readonly isMoving: () => boolean;
}

/**
 * Keeps the place that is being read. At the end, the end stays in sight, whatever comes. Anywhere else what is visible
 * stays where it is, whatever comes or goes on either side or changes its height. Each change is made up for in the
 * frame that paints it: rows that came or went as soon as they did, since they may take the room of one another so that
 * no size changes; sizes once they are known. Done here and not by the browser (`overflow-anchor: none`), since not
 * every browser does it, nor any two alike.
 */
export class ReadingPlace {
	#atEnd = $state(true);
	#topmost = $state<string | undefined>();
	#view: View | undefined;
	#sight: Sight | undefined;
	readonly #endIsLatest: () => boolean;
	readonly #isMoving: () => boolean;

	constructor({ endIsLatest, isMoving }: ReadingPlaceOptions) {
		this.#endIsLatest = endIsLatest;
		this.#isMoving = isMoving;
	}

	get atEnd(): boolean {
		return this.#atEnd;
	}

	/** The first message that is visible, if only in part. */
	get topmost(): string | undefined {
		return this.#topmost;
	}

	/** Call from an effect, with what scrolls and the log in it, whose children are the rows. */
	follow(scroller: HTMLElement, log: HTMLElement): () => void {
		this.#view = { scroller, log };
		const settle = () => this.#settle();
		const sizes = new ResizeObserver(settle);
		for (const sized of [scroller, log, ...log.children]) sizes.observe(sized);
		const rows = new MutationObserver((changes) => {
			for (const { addedNodes, removedNodes } of changes) {
				for (const row of removedNodes) if (row instanceof Element) sizes.unobserve(row);
				for (const row of addedNodes) if (row instanceof Element) sizes.observe(row);
			}
			this.#settle();
		});
		rows.observe(log, { childList: true });
		scroller.addEventListener('scroll', settle, { passive: true });
		return () => {
			sizes.disconnect();
			rows.disconnect();
			scroller.removeEventListener('scroll', settle);
		};
	}

	toEnd(): void {
		if (!this.#view) return;
		this.#view.scroller.scrollTop = this.#view.scroller.scrollHeight;
		this.#look();
	}

	/** Call when there has come to be more behind the rows: their end is then a place like any other. */
	looseEnd(): void {
		if (!this.#endIsLatest()) this.#atEnd = false;
	}

	/** What to come back to: a visible message, and how far below the top of what scrolls it is. Undefined at the end. */
	get spot(): Spot | undefined {
		const held = this.#sight?.stands.find(({ row }) => row.dataset.messageId !== undefined);
		const id = held?.row.dataset.messageId;
		if (!this.#view || this.#atEnd || !held || id === undefined) return undefined;
		const { scroller, log } = this.#view;
		const start = log.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
		return { id, below: held.at + start };
	}

	/**
	 * Brings a row into sight, so many pixels below the top, or a little. Settles once the browser has told which rows are
	 * visible there.
	 */
	async show(row: HTMLElement, below?: number): Promise<void> {
		if (!this.#view) return;
		const { scroller, log } = this.#view;
		const at = row.getBoundingClientRect().top - log.getBoundingClientRect().top;
		scroller.scrollTop = at - (below ?? scroller.clientHeight * SHOWN_AT);
		this.#look();
		for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
	}

	/** True if the row would be above what is visible, were the end in sight. */
	wouldHide(row: HTMLElement): boolean {
		if (!this.#view) return false;
		const { scroller } = this.#view;
		return row.offsetTop < scroller.scrollHeight - scroller.clientHeight;
	}

	/** Makes up for whatever has changed since the place was last looked at. */
	#settle(): void {
		const view = this.#view;
		if (!view) return;
		const { scroller } = view;
		const before = this.#sight;
		const place = before && placeOf(before, view);
		const isStill = before !== undefined && Math.abs(scrolledTo(before, view) - before.scrollTop) < 1;
		if (this.#isAtEnd(view)) scroller.scrollTop = scroller.scrollHeight;
		else if (place !== undefined) {
			if (Math.abs(place - scroller.scrollTop) >= 0.5) scroller.scrollTop = place;
		} else if (this.#isMoving()) return;
		// Other rows have taken the place of those that were read: the newest are what is looked for.
		else if (this.#endIsLatest()) scroller.scrollTop = scroller.scrollHeight;
		this.#look(isStill ? heldOf(before)?.row : undefined);
	}

	/** The end was in sight, the person has not left it, and something has come or changed there since. */
	#isAtEnd(view: View): boolean {
		if (!this.#atEnd || !this.#endIsLatest()) return false;
		const before = this.#sight;
		if (!before) return true;
		const { scroller, log } = view;
		const scrollMax = scroller.scrollHeight - scroller.clientHeight;
		const changed = scrollMax !== before.scrollMax || log.lastElementChild !== before.last;
		return changed && before.scrollMax - scrolledTo(before, view) < NEAR_END;
	}

	#look(held?: HTMLElement): void {
		if (!this.#view) return;
		const sight = look(this.#view, held);
		this.#sight = sight;
		this.#atEnd = sight.scrollMax - sight.scrollTop < NEAR_END && this.#endIsLatest();
		this.#topmost = sight.topmost;
	}
}
