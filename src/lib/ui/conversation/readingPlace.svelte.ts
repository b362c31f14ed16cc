/** Pixels from the end within which the reader counts as being there. */
const NEAR_END = 40;

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

	#look(): void {
		const scroller = this.#scroller;
		if (!scroller) return;
		this.#atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_END;
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
		return rows[low];
	}
}
