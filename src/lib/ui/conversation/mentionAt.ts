/** What is typed of a mention: `@` and the beginning of a name, up to the caret. */
import { isGone, type Person } from '../../domain/people';
import { searchRank, asTyped } from '../../domain/nameSearch';

export interface BegunMention {
	/** Where its `@` stands. */
	readonly from: number;
	/** What follows that. */
	readonly query: string;
}

/** As many as one looks through while writing. */
const OFFERED_MAX = 6;
/** At the start, behind a space or behind a sign that opens something: `rope@alice` is none. */
const BEGUN = /(?<![\p{L}\p{M}\p{N}_.@-])@([\p{L}\p{M}\p{N}._-]{0,32})$/u;

export function mentionAt(text: string, caret: number): BegunMention | undefined {
	const match = BEGUN.exec(text.slice(0, caret));
	return match ? { from: match.index, query: match[1] ?? '' } : undefined;
}

/** Whom it may become, the best first. */
export function mentionable(query: string, people: readonly Person[]): readonly Person[] {
	const typed = asTyped(query);
	return people
		.filter((person) => !isGone(person))
		.flatMap((person) => {
			const rank = typed.key === '' ? 0 : searchRank(typed, person);
			return rank === undefined ? [] : [{ person, rank }];
		})
		.sort((a, b) => a.rank - b.rank)
		.slice(0, OFFERED_MAX)
		.map(({ person }) => person);
}
