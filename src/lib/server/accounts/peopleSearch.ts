/**
 * Finds people by name, a page at a time, in the order of `searchRank` (domain/nameSearch.ts) and within a rank of
 * usernames. Each rank is one look into an index: usernames by a range, words by their beginnings, anything else by runs
 * of three letters. Invariant: a page goes on right behind the last one, whoever registers or leaves in between.
 */
import type { Database } from 'better-sqlite3';
import { PERSON_COLUMNS, personOf, type PersonRow } from './personRow';
import { Problem } from '../http/problem';
import { asTyped, isRun, looksInside } from '../../domain/nameSearch';
import type { UsersAnswer } from '../../protocol/rest';

const PAGE = 20;
const SEARCH_MAX = 64;

/** Behind whom a page begins. */
interface Place {
	readonly rank: number;
	readonly handle: string;
	readonly n: number;
}

interface Found extends PersonRow {
	readonly handle: string;
	readonly n: number;
}

/** What is looked for, as the statements take it. */
interface Asked {
	/** The whole of it, and the end of the range of what begins so. */
	readonly key: string;
	readonly end: string;
	/** For the index of words, and for that of parts. */
	readonly words: string;
	readonly parts: string;
	/** Words that are too short for the index of parts, as JSON. */
	readonly short: string;
	readonly looksInside: boolean;
}

type Bound = Asked & Place & { readonly count: number };
type Bindable = Omit<Bound, 'looksInside'>;

const START: Place = { rank: 0, handle: '', n: 0 };

const FOUND = `SELECT ${PERSON_COLUMNS}, handle, n FROM people_found JOIN users ON users.id = user_id`;
const BEHIND = '(handle, n) > (@handle, @n) ORDER BY handle, n LIMIT @count';
const NOT_BY_HANDLE = 'NOT (handle >= @key AND handle < @end)';
const BY_WORDS = 'SELECT rowid FROM people_words WHERE people_words MATCH @words';
const HOLDS_SHORT = 'NOT EXISTS (SELECT 1 FROM json_each(@short) WHERE instr(words, value) = 0)';

export class PeopleSearch {
	/** By rank. */
	readonly #ranks: readonly ((bound: Bound) => Found[])[];

	constructor(db: Database) {
		const prepare = (where: string) => db.prepare<[Bindable], Found>(`${FOUND} WHERE ${where} AND ${BEHIND}`);
		const byHandle = prepare('handle >= @key AND handle < @end');
		const byWords = prepare(`n IN (${BY_WORDS}) AND ${NOT_BY_HANDLE}`);
		const rest = `n NOT IN (${BY_WORDS}) AND ${NOT_BY_HANDLE} AND ${HOLDS_SHORT}`;
		const byParts = prepare(
			`n IN (SELECT rowid FROM people_parts WHERE people_parts MATCH @parts) AND ${rest}`
		);
		const byReading = prepare(rest);
		this.#ranks = [
			(bound) => byHandle.all(bound),
			(bound) => (bound.words === '' ? [] : byWords.all(bound)),
			(bound) => {
				if (bound.parts !== '') return byParts.all(bound);
				return bound.looksInside ? byReading.all(bound) : [];
			}
		];
	}

	/** One page; `cursor` is the one that the page before came with. Throws a Problem if it is none. */
	page(search: string, cursor: string | undefined): UsersAnswer {
		const from = cursor === undefined ? START : readCursor(cursor);
		const asked = askedBy(search);
		const found: (Found & Place)[] = [];
		for (let rank = from.rank; rank < this.#ranks.length && found.length <= PAGE; rank++) {
			const { handle, n } = rank === from.rank ? from : START;
			const bound = { ...asked, rank, handle, n, count: PAGE + 1 - found.length };
			for (const each of this.#ranks[rank]!(bound)) found.push({ ...each, rank });
		}
		const page = found.slice(0, PAGE);
		const users = page.map(personOf);
		const last = page.at(-1);
		return found.length > PAGE && last ? { users, cursor: writeCursor(last) } : { users };
	}
}

function askedBy(search: string): Asked {
	const { key, spellings } = asTyped(search.slice(0, SEARCH_MAX));
	const [words = []] = spellings;
	// Words hold letters, their marks and digits alone, so nothing in them can end the quotes.
	return {
		key,
		end: `${key}\u{10ffff}`,
		words: spellings
			.filter((spelling) => spelling.length > 0)
			.map((spelling) => `(${spelling.map((word) => `"${word}"*`).join(' AND ')})`)
			.join(' OR '),
		parts: words
			.filter(isRun)
			.map((word) => `"${word}"`)
			.join(' AND '),
		short: JSON.stringify(words.filter((word) => !isRun(word))),
		looksInside: looksInside(words)
	};
}

const writeCursor = ({ rank, handle, n }: Place): string =>
	Buffer.from(JSON.stringify([rank, handle, n])).toString('base64url');

const isRank = (rank: unknown): rank is 0 | 1 | 2 => rank === 0 || rank === 1 || rank === 2;

function readCursor(cursor: string): Place {
	try {
		const [rank, handle, n] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
		if (isRank(rank) && typeof handle === 'string' && typeof n === 'number') return { rank, handle, n };
	} catch {
		// Said below, like any other that was never given.
	}
	throw new Problem(400, 'invalid', 'This is not a cursor from an earlier page.', 'cursor');
}
