/** What F6 goes through: the list, the messages or another screen, the field to write in, what is beside it. */
const REGIONS = ['nav.side', '[role=log], main .page', 'form.composer', 'aside'];
const FOCUSABLE = 'a[href], button:not([disabled]), input, select, textarea, [tabindex="0"]';

const isShown = (element: Element): boolean => element.getClientRects().length > 0;

/** Where the focus goes within a region: what is current in it, itself if it takes the focus, else its first control. */
function entryOf(region: HTMLElement): HTMLElement | undefined {
	if (region.tabIndex === 0) return region;
	const current = region.querySelector<HTMLElement>('[aria-current], textarea');
	if (current) return current;
	return [...region.querySelectorAll<HTMLElement>(FOCUSABLE)].find(isShown);
}

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
