import { removalOf } from './removal';
import { DIALOG, PASSING, successorOf } from './successor';

/**
 * Who goes by keys stays where they are when the row or the bar goes that had the focus: a browser lets it fall to the top
 * of the page. What takes care of its own focus does so first. Returns how to end it.
 */
export function keepFocus(root: Document): () => void {
	/** What has the focus, or had it until it went. */
	let held: HTMLElement | undefined;
	/** What had it last that neither passes nor lies over the rest. */
	let home: HTMLElement | undefined;
	const isNowhere = () => root.activeElement === null || root.activeElement === root.body;

	function onfocusin({ target }: FocusEvent) {
		if (!(target instanceof HTMLElement) || target === root.body) return;
		held = target;
		if (!target.closest(`${PASSING}, ${DIALOG}`)) home = target;
	}

	/** Somebody lets go of it by themselves: what they left may go. Asked only once it is known whether it went. */
	function onfocusout() {
		requestAnimationFrame(() => {
			if (isNowhere() && held?.isConnected) held = undefined;
		});
	}

	const observer = new MutationObserver((changes) => {
		if (!held || !isNowhere()) return;
		const lost = held;
		const removal = removalOf<Node>(lost, changes);
		if (!removal) return;
		const goOn = () => {
			if (!isNowhere()) return;
			// A row that is moved within its list loses the focus too.
			if (lost.isConnected) lost.focus({ preventScroll: true });
			else successorOf(lost, removal, home)?.focus();
		};
		// A dialog would put it to its own top at once, wherever in it one was.
		if (removal.parent instanceof Element && removal.parent.closest(DIALOG)) goOn();
		else requestAnimationFrame(goOn);
	});

	root.addEventListener('focusin', onfocusin);
	root.addEventListener('focusout', onfocusout);
	observer.observe(root.body, { childList: true, subtree: true });
	return () => {
		root.removeEventListener('focusin', onfocusin);
		root.removeEventListener('focusout', onfocusout);
		observer.disconnect();
	};
}
