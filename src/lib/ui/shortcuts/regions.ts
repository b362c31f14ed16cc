import { entryOf, isShown } from '../focus/entry';

/** What F6 goes through: the list, the messages or another screen, the field to write in, what is beside it, what was just said. */
const REGIONS = ['nav.side', '[role=log], main .page', 'form.composer', 'aside', '.toasts'];

/** Moves the focus to the next region that is shown, around the ends. */
export function moveBetweenRegions(by: 1 | -1, root: Document = document): void {
	const shown = REGIONS.flatMap(
		(selector) => [...root.querySelectorAll<HTMLElement>(selector)].find(isShown) ?? []
	);
	const entries = shown.filter((region) => entryOf(region) !== undefined);
	const at = entries.findIndex((region) => region.contains(root.activeElement));
	const next = entries.at((at < 0 && by < 0 ? 0 : at + by) % Math.max(entries.length, 1));
	if (next) entryOf(next)?.focus();
}
