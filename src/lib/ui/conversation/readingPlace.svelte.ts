/** Pixels from the end within which the reader counts as being there. */
const NEAR_END = 40;
/** Where a message that was jumped to comes to stand: this part of what is visible is above it. */
const SHOWN_AT = 0.25;

interface Anchor {
	/** The row that is read. */
	readonly row: HTMLElement;
	/** The last one. */
	readonly last: Element;
	/** Its place in the log, and how far that is from the top of what is visible. */
	readonly offset: number;
	readonly top: number;
	/** Where on the screen that top is. */
	readonly edge: number;
}

/**
 * Keeps the place that is being read. At the end, the end stays in sight, whatever comes or is measured anew. Anywhere
 * else the first visible row stays where it is: rows that come above it, or turn out taller than was guessed, push
 * nothing away. Done here and not by the browser (`overflow-anchor: none`), since not every browser does it, and none
 * does it for rows whose height is a guess until they are drawn.
 */
export class ReadingPlace {
	#atEnd = $state(true);
	#topmost = $state<string | undefined>();
	#scroller: HTMLElement | undefined;
	#log: HTMLElement | undefined;
	#anchor: Anchor | undefined;
	/** False while later rows are not shown: the end of the rows is then a place like any other. */
	readonly #endIsLatest: () => boolean;

	constructor(endIsLatest: () => boolean) {
		this.#endIsLatest = endIsLatest;
	}

	get atEnd(): boolean {
		return this.#atEnd;
	}

	/** The first message that is visible, if only in part. */
	get topmost(): string | undefined {
		return this.#topmost;
	}

	/** Call from an effect, with what scrolls and the list in it, whose children are the rows. */
	follow(scroller: HTMLElement, log: HTMLElement): () => void {
		this.#scroller = scroller;
		this.#log = log;
		const observer = new ResizeObserver(() => this.#hold());
		observer.observe(log);
		observer.observe(scroller);
		const onScroll = () => this.#scrolled();
		scroller.addEventListener('scroll', onScroll, { passive: true });
		return () => {
			observer.disconnect();
			scroller.removeEventListener('scroll', onScroll);
		};
	}

	toEnd(): void {
		this.#atEnd = true;
		this.#hold();
	}

	/** Call when there has come to be more behind the rows: their end is then a place like any other. */
	looseEnd(): void {
		if (!this.#endIsLatest()) this.#atEnd = false;
	}

	/** Brings a row into sight, a little below the top, and keeps it there while what is around it is measured. */
	async show(row: HTMLElement): Promise<void> {
		for (let frame = 0; frame < 3; frame++) {
			const scroller = this.#scroller;
			if (!scroller || !row.isConnected) return;
			this.#atEnd = false;
			scroller.scrollTop = row.offsetTop - scroller.clientHeight * SHOWN_AT;
			this.#look();
			await new Promise(requestAnimationFrame);
		}
	}

	/** True if the row would be above what is visible, were the end in sight. */
	wouldHide(row: HTMLElement): boolean {
		const scroller = this.#scroller;
		return scroller !== undefined && row.offsetTop < scroller.scrollHeight - scroller.clientHeight;
	}

	/**
	 * The browser tells of scrolling before it tells of sizes: rows that came or went are made up for here, or the place
	 * would be lost. It scrolls by itself too, when there is less to scroll than there was.
	 */
	#scrolled(): void {
		const scroller = this.#scroller;
		const anchor = this.#anchor;
		if (scroller && anchor?.row.isConnected && !this.#atEnd) {
			const before = anchor.offset - anchor.top;
			const moved = anchor.row.offsetTop - anchor.offset;
			const cutShort = before > scroller.scrollHeight - scroller.clientHeight;
			if (moved !== 0 && cutShort) return this.#hold();
			const jumped = Math.abs(scroller.scrollTop - before) > scroller.clientHeight;
			if (moved !== 0 && !jumped) scroller.scrollTop += moved;
		}
		this.#look();
	}

	#look(): void {
		const scroller = this.#scroller;
		if (!scroller) return;
		const left = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
		this.#atEnd = left < NEAR_END && this.#endIsLatest();
		const row = this.#firstVisible(scroller.scrollTop);
		this.#topmost = row?.dataset.messageId;
		const edge = scroller.getBoundingClientRect().top;
		const offset = row?.offsetTop ?? 0;
		const last = this.#log?.lastElementChild ?? undefined;
		this.#anchor = row && last && { row, last, offset, top: offset - scroller.scrollTop, edge };
	}

	#hold(): void {
		const scroller = this.#scroller;
		if (!scroller) return;
		// Where other rows have taken the place of those that were read, the newest are what is looked for.
		const replaced = this.#anchor && !this.#anchor.row.isConnected && !this.#anchor.last.isConnected;
		if (this.#atEnd || (replaced && this.#endIsLatest())) {
			scroller.scrollTop = scroller.scrollHeight;
		} else if (this.#anchor?.row.isConnected) {
			// A bar that comes above what scrolls moves its top edge: the row stays where it is on the screen.
			const moved = scroller.getBoundingClientRect().top - this.#anchor.edge;
			const top = this.#anchor.row.offsetTop - this.#anchor.top + moved;
			if (Math.abs(top - scroller.scrollTop) >= 1) scroller.scrollTop = top;
		}
		this.#look();
	}

	/** The first row whose end is below `top`: rows stand in order, so halving finds it. */
	#firstVisible(top: number): HTMLElement | undefined {
		const rows = (this.#log?.children ?? []) as ArrayLike<HTMLElement>;
		let low = 0;
		let high = rows.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			const row = rows[middle]!;
			if (row.offsetTop + row.offsetHeight > top) high = middle;
			else low = middle + 1;
		}
		// Only messages stay where they are in the order: a day's line moves up when earlier ones of its day come.
		while (low < rows.length && rows[low]!.dataset.messageId === undefined) low++;
		return rows[low];
	}
}
