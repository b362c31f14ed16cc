/**
 * The relay's last word on a segment, as the reason of close code 4410: nothing that its user has written there and that
 * it does not name is taken any more.
 * lastWord = since ( " " client " " clock )*        all of them decimal
 */
import type { VersionVector } from '../domain/versionVector';

export interface LastWord {
	/** Milliseconds since 1970: the user is a member again, since then; 0 if they are not to write there. */
	readonly since: number;
	/** What the relay has on its disk of the user's own logs: all of it. */
	readonly has: VersionVector;
}

export const formatLastWord = ({ since, has }: LastWord): string => [since, ...[...has].flat()].join(' ');

/** Undefined if it says nothing of the sort. */
export function readLastWord(reason: string): LastWord | undefined {
	if (!/^\d+( \d+ \d+)*$/.test(reason)) return undefined;
	const [since = 0, ...pairs] = reason.split(' ').map(Number);
	const has = new Map<number, number>();
	for (let i = 0; i < pairs.length; i += 2) has.set(pairs[i]!, pairs[i + 1]!);
	return { since, has };
}
