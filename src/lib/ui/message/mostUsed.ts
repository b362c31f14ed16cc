import type { ReactionRow } from '../../state/timelineRow';

/** The emoji of at most `max` reactions that are shown at once: one's own, then those of the most people, the earlier first. */
export const mostUsed = (reactions: readonly ReactionRow[], max: number): ReadonlySet<string> =>
	new Set(
		reactions
			.toSorted((a, b) => Number(b.own) - Number(a.own) || b.names.length - a.names.length)
			.slice(0, max)
			.map(({ emoji }) => emoji)
	);
