import type { EntryId } from '../../domain/entry';

/** Of a row this much is enough to count as seen, in pixels, where half of it does not fit. */
const ENOUGH_PX = 120;

/** Which rows are before the person's eyes: whatever scrolls around them clips them. */
export class VisibleRows {
	readonly #visible = new Map<Element, EntryId>();
	readonly #observer: IntersectionObserver;

	constructor(onChange: () => void) {
		this.#observer = new IntersectionObserver(
			(entries) => {
				for (const entry of entries) {
					const { target, isIntersecting, intersectionRatio, intersectionRect } = entry;
					const id = target instanceof HTMLElement ? target.dataset.messageId : undefined;
					const seen = isIntersecting && (intersectionRatio >= 0.5 || intersectionRect.height >= ENOUGH_PX);
					if (seen && id !== undefined) this.#visible.set(target, id);
					else this.#visible.delete(target);
				}
				onChange();
			},
			{ threshold: [0, 0.05, 0.1, 0.2, 0.5, 1] }
		);
	}

	get ids(): EntryId[] {
		return [...this.#visible.values()];
	}

	/** An attachment for a row's element. */
	readonly watch = (row: Element): (() => void) => {
		this.#observer.observe(row);
		return () => {
			this.#observer.unobserve(row);
			this.#visible.delete(row);
		};
	};

	close(): void {
		this.#observer.disconnect();
	}
}
