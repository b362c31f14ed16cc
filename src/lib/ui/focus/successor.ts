import { entryOf, isShown } from './entry';
import type { Removal } from './removal';

/** They give the focus back by themselves: the router, menus, what floats beside a button, and the log for its rows. */
const KEEP_THEIR_OWN = 'main, [role=menu], .float';
export const DIALOG = '[role=dialog]';
/** What is said over the panes or above them: the focus comes there from elsewhere, and goes back. */
export const PASSING = '.toast, .notice';

function* siblings(from: Node | null, way: 'nextSibling' | 'previousSibling'): Generator<HTMLElement> {
	for (let node = from; node; node = node[way]) if (node instanceof HTMLElement) yield node;
}

/** The nearest heading around, or what has none itself, made to take the focus, also when it comes back there. */
function headingOf(part: HTMLElement): HTMLElement {
	const heading = [...part.querySelectorAll<HTMLElement>('h1, h2, h3')].find(isShown);
	const around = part.matches('section, aside, main, [role=dialog]') ? undefined : part.parentElement;
	if (!heading && around) return headingOf(around);
	const taker = heading ?? part;
	taker.tabIndex = -1;
	return taker;
}

/** The field to write in; on glass, where that would raise the keyboard, the messages. Without them, the screen's heading. */
function mainOf({ ownerDocument: root }: HTMLElement): HTMLElement | undefined {
	const talk = matchMedia('(pointer: fine)').matches ? 'form.composer textarea' : '[role=log]';
	const main = root.querySelector<HTMLElement>('main');
	return root.querySelector<HTMLElement>(talk) ?? (main ? headingOf(main) : undefined);
}

const homeOr = (home: HTMLElement | undefined, part: HTMLElement): HTMLElement | undefined =>
	home?.isConnected && isShown(home) ? home : mainOf(part);

/**
 * What takes the focus in the place of `lost`: the next row, else the one before, else the heading over them; for what
 * stood around the field of a conversation, that field. `home` had the focus before what passes was gone to.
 */
export function successorOf(
	lost: HTMLElement,
	{ removed, parent, next, previous }: Removal<Node>,
	home: HTMLElement | undefined
): HTMLElement | undefined {
	if (!(parent instanceof HTMLElement) || !(removed instanceof HTMLElement)) return undefined;
	if (lost.closest(KEEP_THEIR_OWN)) return undefined;
	// It has given the focus back, unless what it was opened from is gone.
	if (lost.closest(DIALOG)) return homeOr(home, parent);
	if (parent.closest('[role=log]') || parent.matches('.panes, body')) return undefined;
	if (parent.matches('main.talk') || parent.closest('form.composer')) return mainOf(parent);
	const passes = removed.matches(PASSING);
	for (const beside of [...siblings(next, 'nextSibling'), ...siblings(previous, 'previousSibling')]) {
		const entry = !passes || beside.matches(PASSING) ? entryOf(beside) : undefined;
		if (entry && isShown(entry)) return entry;
	}
	if (passes) return homeOr(home, parent);
	return headingOf(parent);
}
