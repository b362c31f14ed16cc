/** Whether a person can be looking: the page is visible and its window has the focus. */
export class Attention {
	#here = $state(isHere());

	get here(): boolean {
		return this.#here;
	}

	/** Call from an effect. */
	follow(): () => void {
		const look = () => (this.#here = isHere());
		look();
		const heard = [
			[window, 'focus'],
			[window, 'blur'],
			[document, 'visibilitychange']
		] as const;
		for (const [target, name] of heard) target.addEventListener(name, look);
		return () => {
			for (const [target, name] of heard) target.removeEventListener(name, look);
		};
	}
}

const isHere = (): boolean => document.visibilityState === 'visible' && document.hasFocus();
