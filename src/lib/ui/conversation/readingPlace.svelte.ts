/** Pixels from the end within which the reader counts as being there. */
const NEAR_END = 40;
/** Where a message that was jumped to comes to stand: this part of what is visible is above it. */
const SHOWN_AT = 0.25;

/**
 * Keeps the place that is being read. At the end, the end stays in sight, whatever comes or is measured anew. Anywhere
 * else the first visible row stays where it is: rows that come above it, or turn out taller than was guessed, push
 * nothing away. Done here and not by the browser (`overflow-anchor: none`), since not every browser does it, and none
 * does it for rows whose height is a guess until they are drawn.
 */
export class ReadingPlace {
	#atEnd = $state(true);
	#scroller: HTMLElement | undefined;
	#log: HTMLElement | undefined;
	/** The row that is read, and how far it is from the top of what is visible. */
	#anchor: { readonly row: Element; readonly top: number } | undefined;
	/** False while later rows are not shown: the end of the rows is then a place like any other. */
	readonly #endIsLatest: () => boolean;

	constructor(endIsLatest: () => boolean) {
		this.#endIsLatest = endIsLatest;
	}

	get atEnd(): boolean {
		return this.#atEnd;
	}

	/** Call from an effect, with what scrolls and the list in it, whose children are the rows. */
	follow(scroller: HTMLElement, log: HTMLElement): () => void {
		this.#scroller = scroller;
		this.#log = log;
		const observer = new ResizeObserver(() => this.#hold());
		observer.observe(log);
		observer.observe(scroller);
		const onScroll = () => this.#look();
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

	#look(): void {
		const scroller = this.#scroller;
		if (!scroller) return;
		const left = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
		this.#atEnd = left < NEAR_END && this.#endIsLatest();
		const row = this.#firstVisible(scroller.scrollTop);
		this.#anchor = row && { row, top: row.offsetTop - scroller.scrollTop };
	}

	#hold(): void {
		const scroller = this.#scroller;
		if (!scroller) return;
		if (this.#atEnd) {
			scroller.scrollTop = scroller.scrollHeight;
		} else if (this.#anchor?.row instanceof HTMLElement && this.#anchor.row.isConnected) {
			const top = this.#anchor.row.offsetTop - this.#anchor.top;
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
