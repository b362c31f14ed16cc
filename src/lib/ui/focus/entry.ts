const FOCUSABLE = 'a[href], button:not([disabled]), input:not([disabled]), select, textarea, [tabindex="0"]';

export const isShown = (element: Element): boolean => element.getClientRects().length > 0;

/** Where the focus goes within a part of the screen: itself if it takes it, else what is current in it, else its first control. */
export function entryOf(part: HTMLElement): HTMLElement | undefined {
	if (part.tabIndex === 0) return part;
	const current = part.querySelector<HTMLElement>('[aria-current], textarea');
	if (current) return current;
	return [...part.querySelectorAll<HTMLElement>(FOCUSABLE)].find(isShown);
}
