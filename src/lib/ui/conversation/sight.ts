/**
 * What of a scrolling log is before the eyes, in pixels, and where to scroll for it to stand there again after the rows
 * around it have changed. Pure measuring: who moves what, and when, is readingPlace's.
 */

/** What scrolls, and the log in it, whose children are the rows. */
export interface View {
	readonly scroller: HTMLElement;
	readonly log: HTMLElement;
}

interface Stand {
	readonly row: HTMLElement;
	/** How far its top is from the top of the log. */
	readonly at: number;
}

export interface Sight {
	/** Visible messages and events, those first that are best held on to. */
	readonly stands: readonly Stand[];
	/** The first message that is visible, if only in part. */
	readonly topmost: string | undefined;
	/** The last child of the log, visible or not. */
	readonly last: Element | null;
	readonly scrollTop: number;
	/** The most that `scrollTop` can be. */
	readonly scrollMax: number;
	/** Where on the screen the top of what scrolls is. */
	readonly edge: number;
}

/** `held`: the row that was held on to before, if the person has not scrolled since. It is again, while it is visible. */
export function look({ scroller, log }: View, held?: HTMLElement): Sight {
	const edge = scroller.getBoundingClientRect().top;
	const rows = visibleRows({ scroller, log }, edge);
	const start = log.getBoundingClientRect().top;
	const stands = rows.map((row) => ({ row, at: row.getBoundingClientRect().top - start }));
	// A row that is cut off at the top grows upwards, out of sight: the one behind it is what is read.
	const rank = ({ row, at }: Stand) => (row === held ? 0 : at + start < edge ? 2 : 1);
	return {
		stands: stands.toSorted((a, b) => rank(a) - rank(b)),
		topmost: rows.find(({ dataset }) => dataset.messageId !== undefined)?.dataset.messageId,
		last: log.lastElementChild,
		scrollTop: scroller.scrollTop,
		scrollMax: scroller.scrollHeight - scroller.clientHeight,
		edge
	};
}

/**
 * Where a person has scrolled to since, in what the log measured then: a browser also scrolls by itself, when there is
 * less to scroll than there was, and that is left out.
 */
export function scrolledTo(before: Sight, { scroller }: View): number {
	const max = scroller.scrollHeight - scroller.clientHeight;
	const cutShort = before.scrollTop > max && scroller.scrollTop >= max - 1;
	return cutShort ? before.scrollTop : scroller.scrollTop;
}

/** What was held on to and is still there. */
export const heldOf = (before: Sight): Stand | undefined => before.stands.find(({ row }) => row.isConnected);

/**
 * The `scrollTop` that puts what was seen where it stood on the screen, but for what the person scrolled since;
 * undefined if none of it is there any more.
 */
export function placeOf(before: Sight, view: View): number | undefined {
	const held = heldOf(before);
	if (!held) return undefined;
	const at = held.row.getBoundingClientRect().top - view.log.getBoundingClientRect().top;
	const edge = view.scroller.getBoundingClientRect().top;
	return scrolledTo(before, view) + (at - held.at) + (edge - before.edge);
}

/** Rows stand in order, so halving finds the first of them. */
function visibleRows({ scroller, log }: View, edge: number): HTMLElement[] {
	const rows = log.children as HTMLCollectionOf<HTMLElement>;
	let low = 0;
	let high = rows.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (rows[middle]!.getBoundingClientRect().bottom > edge) high = middle;
		else low = middle + 1;
	}
	const visible: HTMLElement[] = [];
	for (
		let i = low;
		i < rows.length && rows[i]!.getBoundingClientRect().top < edge + scroller.clientHeight;
		i++
	) {
		// Not all stay where they are in the order: a day's line moves up when earlier ones of its day come.
		if (rows[i]!.dataset.messageId !== undefined || rows[i]!.classList.contains('event'))
			visible.push(rows[i]!);
	}
	return visible;
}
