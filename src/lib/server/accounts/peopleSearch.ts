/**
 * Finds people by name: those whose username begins with what was typed first, then those whose username or displayed
 * name holds it, each in the order of usernames, a page at a time.
 */
import type { Database } from 'better-sqlite3';
import { nameKey } from './nameKey';
import { PERSON_COLUMNS, personOf, type PersonRow } from './personRow';
import { Problem } from '../http/problem';
import type { UsersAnswer } from '../../protocol/rest';

const PAGE = 20;
const SEARCH_MAX = 64;

interface Found extends PersonRow {
	readonly rank: number;
	readonly key: string;
}

export class PeopleSearch {
	readonly #find;

	constructor(db: Database) {
		this.#find = db.prepare<[{ text: string; rank: number; key: string; count: number }], Found>(
			`SELECT * FROM (
				SELECT ${PERSON_COLUMNS}, username_key AS key,
					CASE WHEN instr(username_key, @text) = 1 OR @text = '' THEN 0 ELSE 1 END AS rank
				FROM users
				WHERE @text = '' OR instr(username_key, @text) > 0 OR instr(display_name_key, @text) > 0
			) WHERE (rank, key) > (@rank, @key) ORDER BY rank, key LIMIT @count`
		);
	}

	/** One page; `cursor` is the one that the page before came with. Throws a Problem if it is none. */
	page(search: string, cursor: string | undefined): UsersAnswer {
		const from = cursor === undefined ? { rank: -1, key: '' } : readCursor(cursor);
		const found = this.#find.all({ text: nameKey(search.slice(0, SEARCH_MAX)), ...from, count: PAGE + 1 });
		const page = found.slice(0, PAGE);
		const users = page.map(personOf);
		const last = page.at(-1);
		return found.length > PAGE && last ? { users, cursor: writeCursor(last) } : { users };
	}
}

const writeCursor = ({ rank, key }: Found): string => Buffer.from(`${rank}${key}`).toString('base64url');

function readCursor(cursor: string): { rank: number; key: string } {
	const text = Buffer.from(cursor, 'base64url').toString();
	if (!/^[01]/.test(text))
		throw new Problem(400, 'invalid', 'This is not a cursor from an earlier page.', 'cursor');
	return { rank: Number(text[0]), key: text.slice(1) };
}
