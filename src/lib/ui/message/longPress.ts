const PRESS_MS = 450;
/** A finger that moves further scrolls. */
const SLOP_PX = 10;

/** A long press with a finger or pen. Not every browser tells of one, and those that do send `contextmenu` as well. */
export class LongPress {
	readonly #onPress: () => void;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#from: { x: number; y: number } | undefined;
	#touch = false;

	constructor(onPress: () => void) {
		this.#onPress = onPress;
	}

	readonly down = ({ pointerType, clientX, clientY, isPrimary }: PointerEvent): void => {
		this.end();
		this.#touch = pointerType !== 'mouse';
		if (!this.#touch || !isPrimary) return;
		this.#from = { x: clientX, y: clientY };
		this.#timer = setTimeout(this.#onPress, PRESS_MS);
	};

	readonly move = ({ clientX, clientY }: PointerEvent): void => {
		if (this.#from && Math.hypot(clientX - this.#from.x, clientY - this.#from.y) > SLOP_PX) this.end();
	};

	readonly end = (): void => {
		clearTimeout(this.#timer);
		this.#from = undefined;
	};

	/** The browser's own menu would cover ours. */
	readonly menu = (event: Event): void => {
		if (this.#touch) event.preventDefault();
	};
}
