/** What somebody cannot reach or read who has made everything twice as large, or has a very narrow screen. */
import type { Page } from '@playwright/test';

/**
 * What is cut off on the page, and what scrolls both ways or sideways. Text that ends in an ellipsis is not cut: all of
 * it is said elsewhere; nor is code, whose lines may be scrolled.
 */
export const cutOff = (page: Page): Promise<string[]> =>
	page.evaluate(() => {
		const problems: string[] = [];
		const named = (element: Element) =>
			`${element.tagName.toLowerCase()} “${element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 40) ?? ''}”`;
		const root = document.scrollingElement!;
		if (root.scrollWidth > root.clientWidth + 1) problems.push('the page scrolls sideways');
		for (const element of document.querySelectorAll('body *')) {
			const { overflowX } = getComputedStyle(element);
			const wider = element.scrollWidth > element.clientWidth + 1;
			if ((overflowX === 'auto' || overflowX === 'scroll') && wider && !element.matches('pre, textarea'))
				problems.push(`${named(element)} scrolls sideways`);
		}
		const scrolls = (element: Element) =>
			element === root
				? root.scrollHeight > root.clientHeight
				: /auto|scroll/.test(getComputedStyle(element).overflowY) &&
					element.scrollHeight > element.clientHeight;
		for (const element of document.querySelectorAll(
			'a, button, input, textarea, select, h1, h2, h3, label, [role=menuitem], [role=option]'
		)) {
			const style = getComputedStyle(element);
			const box = element.getBoundingClientRect();
			if (
				!element.checkVisibility({ visibilityProperty: true }) ||
				box.width <= 1 ||
				style.clipPath !== 'none'
			)
				continue;
			if (element.closest('.heard')) continue;
			if (box.left < -1 || box.right > innerWidth + 1) problems.push(`${named(element)} is cut at the side`);
			let around: Element | null = element.parentElement;
			while (around && !scrolls(around)) around = around.parentElement;
			if (!around && (box.top < -1 || box.bottom > innerHeight + 1))
				problems.push(`${named(element)} is out of reach above or below`);
		}
		return problems;
	});
