import type { HandledFrame, RelayMeters } from './meters';

/** Meters that keep what they hear. */
export function keptMeters() {
	const counts: Record<string, number> = {};
	const refusals: string[] = [];
	const pauses: string[] = [];
	const commits: number[] = [];
	const frames: HandledFrame[] = [];
	const meters: RelayMeters = {
		count: (what, by = 1) => {
			counts[what] = (counts[what] ?? 0) + by;
		},
		refused: (code, reason) => void refusals.push(`${code} ${reason}`),
		paused: (budget) => void pauses.push(budget),
		commitTook: (seconds) => void commits.push(seconds),
		frameTook: (frame) => void frames.push(frame)
	};
	return { meters, counts, refusals, pauses, commits, frames };
}
