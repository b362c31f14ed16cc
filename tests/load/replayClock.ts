/** The wall clock of a replay, which advances by at least 1 ms a line however fast the lines are written. */
export function createReplayClock(wall: () => number) {
	let aheadMs = 0;
	let lastLineMs = 0;
	const now = (): number => wall() + aheadMs;
	return {
		/** Milliseconds since 1970, or a little later. */
		now,
		nextLine(): void {
			aheadMs += Math.max(0, lastLineMs + 1 - now());
			lastLineMs = now();
		}
	};
}

export type ReplayClock = ReturnType<typeof createReplayClock>;
