/** What is typed of an emoji: `:` and the beginning of a word that finds it, up to the caret. */
import { searchKey } from '../../domain/nameSearch';

export interface BegunEmoji {
	/** Where its `:` stands. */
	readonly from: number;
	/** What follows that. */
	readonly query: string;
}

/** As many as one looks through while writing. */
const OFFERED_MAX = 6;
/** At the start or behind a space, and two letters at least: `10:30`, `note:this` and `:D` are none. */
const BEGUN = /(?<!\S):(\p{L}[\p{L}\p{M}\p{N}_-]{1,23})$/u;

export function emojiAt(text: string, caret: number): BegunEmoji | undefined {
	const match = BEGUN.exec(text.slice(0, caret));
	return match ? { from: match.index, query: match[1] ?? '' } : undefined;
}

/** Those that a word of so begins, most used first. `words`: of each emoji, those that find it, with spaces between. */
export function emojiFor(query: string, words: Readonly<Record<string, string>>): readonly string[] {
	const key = searchKey(query.replaceAll(/[_-]/g, ' '));
	return Object.entries(words)
		.filter(([, names]) => ` ${searchKey(names)}`.includes(` ${key}`))
		.slice(0, OFFERED_MAX)
		.map(([emoji]) => emoji);
}
