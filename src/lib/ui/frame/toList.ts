import { goto } from '$app/navigation';
import { resolve } from '$app/paths';

/**
 * The way back to the list of a phone, for a click on a link to it: back to where the list stands in the browser's
 * history, as the device's own back button would go, so that this one leaves the app from there. If it does not stand
 * there, or a browser does not tell, the list takes this page's place.
 */
export function toList(event: MouseEvent): void {
	// Another tab, or window: as any link.
	if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
	event.preventDefault();
	const list = resolve('/(app)');
	const now = globalThis.navigation?.currentEntry?.index ?? 0;
	const before = globalThis.navigation
		?.entries()
		.slice(0, now)
		.findLast(({ url }) => url !== null && new URL(url).pathname === list);
	if (before) history.go(before.index - now);
	else void goto(list, { replaceState: true });
}
