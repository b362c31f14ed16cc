/**
 * Runs in the app's page from its very beginning, as it stands here: notes when the app first opens a database, when
 * the frame is drawn that shows what `watchedFor` selects, and for each Enter the time until a new message is drawn.
 */
(() => {
	/** @type {{ opened?: number, painted?: number, keypresses: number[] }} */
	const watched = { keypresses: [] };
	const wanted = String(Reflect.get(window, 'watchedFor'));
	Object.assign(window, { watched });

	const open = IDBFactory.prototype.open;
	IDBFactory.prototype.open = function (...args) {
		watched.opened ??= performance.now();
		return open.apply(this, args);
	};

	const afterFrame = (/** @type {(now: number) => void} */ note) =>
		requestAnimationFrame(() => {
			const { port1, port2 } = new MessageChannel();
			port1.onmessage = () => note(performance.now());
			port2.postMessage(0);
		});

	let found = false;
	/** @type {number | undefined} */
	let pressed;
	const onKey = (/** @type {KeyboardEvent} */ event) => {
		if (event.key === 'Enter') pressed = event.timeStamp;
	};
	addEventListener('keydown', onKey, { capture: true });

	const holdsMessage = (/** @type {Node} */ node) =>
		node instanceof Element && (node.matches('article') || node.querySelector('article') !== null);

	new MutationObserver((changes) => {
		if (!found && document.querySelector(wanted)) {
			found = true;
			afterFrame((now) => (watched.painted = now));
		}
		if (pressed === undefined) return;
		if (!changes.some(({ addedNodes }) => [...addedNodes].some(holdsMessage))) return;
		const from = pressed;
		pressed = undefined;
		afterFrame((now) => watched.keypresses.push(now - from));
	}).observe(document, { childList: true, subtree: true });
})();
