import type { ReactionRow } from '../../state/timelineRow';

/**
 * The emoji of at most `max` reactions that are shown at once: one's own and those that were pressed here, then those of
 * the most people, the earlier first.
 */
export function mostUsed(
	reactions: readonly ReactionRow[],
	{ max, pressed }: { max: number; pressed: readonly string[] }
): ReadonlySet<string> {
	const stays = ({ emoji, own }: ReactionRow) => Number(own || pressed.includes(emoji));
	const sorted = reactions.toSorted((a, b) => stays(b) - stays(a) || b.names.length - a.names.length);
	return new Set(sorted.slice(0, max).map(({ emoji }) => emoji));
}
