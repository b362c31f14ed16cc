import type { PresenceState } from '../protocol/presenceWords';

/** After so long without a sign of the person, in milliseconds, they are taken to have left the screen. */
const IDLE_MS = 5 * 60_000;

/** Tells whether the person is at this page: it is in front, and they touched it lately. Returns the way to stop. */
export function followPerson(tell: (presence: PresenceState) => void): () => void {
	let timer: ReturnType<typeof setTimeout> | undefined;

	function look(): void {
		clearTimeout(timer);
		if (document.visibilityState !== 'visible') return tell('away');
		tell('here');
		timer = setTimeout(() => tell('away'), IDLE_MS);
	}

	const signs = ['pointerdown', 'pointermove', 'keydown', 'focus'] as const;
	for (const sign of signs) addEventListener(sign, look, { passive: true });
	document.addEventListener('visibilitychange', look);
	look();
	return () => {
		clearTimeout(timer);
		for (const sign of signs) removeEventListener(sign, look);
		document.removeEventListener('visibilitychange', look);
	};
}
