/** Whether what stands in the header of a phone has room there: the conversation's own, and the connection's line in it. */
import type { Page } from '@playwright/test';

/**
 * What stands over something else in the header, leaves it, or can be reached by a key or a finger and is not to be seen.
 * Seen is what nothing around it clips; text that ends in an ellipsis has room.
 */
export const headerFaults = (page: Page): Promise<string[]> =>
	page.evaluate(() => {
		/** Content boxes of a line are a little higher than its letters. */
		const OVER = { x: 1, y: 5 };
		/** Less than this of a link or a button shows nobody what it is. */
		const SEEN = { width: 24, height: 18 };
		const header = document.querySelector('main > header')!;
		const line = document.querySelector('[role=status][data-sync-state]')!;
		const bounds = header.getBoundingClientRect();
		const faults: string[] = [];
		const named = (element: Element) =>
			`“${element.getAttribute('aria-label') ?? element.textContent?.trim() ?? ''}”`;

		/** What is left of a box between all that clips it, or nothing. */
		function seen(of: DOMRect, inside: Element | null): DOMRect | undefined {
			let { left, top, right, bottom } = of;
			for (let around = inside; around && around !== document.body; around = around.parentElement) {
				const style = getComputedStyle(around);
				if (style.clipPath !== 'none') return undefined;
				if (style.overflowX === 'visible') continue;
				const clip = around.getBoundingClientRect();
				[left, top] = [Math.max(left, clip.left), Math.max(top, clip.top)];
				[right, bottom] = [Math.min(right, clip.right), Math.min(bottom, clip.bottom)];
			}
			return right - left > 1 && bottom - top > 1
				? new DOMRect(left, top, right - left, bottom - top)
				: undefined;
		}

		interface Part {
			readonly of: Element;
			readonly box: DOMRect;
		}
		const parts: Part[] = [];
		for (const root of [header, line])
			for (const element of root.querySelectorAll('*')) {
				if (!element.checkVisibility({ visibilityProperty: true })) continue;
				if (element.matches('a, button')) {
					const box = seen(element.getBoundingClientRect(), element.parentElement);
					if (!box || box.width < SEEN.width || box.height < SEEN.height)
						faults.push(`${named(element)} can be reached and not be seen`);
					else if (element.matches('button, .tool')) parts.push({ of: element, box });
				}
				if (element.matches('svg') && !element.closest('a, button')) {
					const box = seen(element.getBoundingClientRect(), element.parentElement);
					if (box) parts.push({ of: element.parentElement!, box });
				}
				for (const node of element.childNodes) {
					if (node.nodeType !== Node.TEXT_NODE || node.textContent?.trim() === '') continue;
					const range = document.createRange();
					range.selectNodeContents(node);
					for (const box of range.getClientRects()) {
						const left = seen(box, element);
						if (left) parts.push({ of: element, box: left });
					}
				}
			}
		const ofOne = (a: Element, b: Element) =>
			a.contains(b) ||
			b.contains(a) ||
			a.closest('button, .tool, .cloth') === (b.closest('button, .tool, .cloth') ?? 0);
		for (const [at, { of, box }] of parts.entries()) {
			if (box.left < bounds.left - 1 || box.right > bounds.right + 1 || box.bottom > bounds.bottom + 1)
				faults.push(`${named(of)} leaves the header`);
			for (const other of parts.slice(at + 1)) {
				if (ofOne(of, other.of)) continue;
				const x = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
				const y = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
				if (x > OVER.x && y > OVER.y) faults.push(`${named(of)} and ${named(other.of)} lie over each other`);
			}
		}
		return [...new Set(faults)];
	});
