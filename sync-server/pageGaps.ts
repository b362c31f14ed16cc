/**
 * The unused bytes of the pages that rooms' updates stand in. When rows go, SQLite moves their neighbours to other pages,
 * and what it moved still stands in the gap of the page that it took them from: `secure_delete` clears what is deleted, not
 * this, and the copy would outlive its row. Invariant: SQLite alone writes; a page is cleared by making one of its rows as long
 * as all that is free, and as long as it was again, in one transaction.
 */
import type { Database } from 'better-sqlite3';
import { cellBytes, isUnclean, readLeafPage, varintBytes, type LeafPage } from './leafPage';
import { pagesInLog } from './walPages';

/** Clearing a page moves no row, but another process may have written in between. */
const TRIES = 3;

interface Row {
	readonly roomBytes: number;
	readonly bytes: Buffer;
}

export class PageGaps {
	readonly #log: string | undefined;
	readonly #unclean = new Map<number, LeafPage>();
	readonly #clearThem: () => void;

	constructor(database: Database) {
		this.#log = database.memory ? undefined : `${database.name}-wal`;
		const rowOf = database.prepare<[number], Row>(
			'SELECT length(CAST(room AS BLOB)) AS roomBytes, bytes FROM room_updates WHERE id = ?'
		);
		const setBytes = database.prepare<[Uint8Array, number]>('UPDATE room_updates SET bytes = ? WHERE id = ?');
		const clear = (page: LeafPage) => {
			const longer = longerRow(page, (id) => rowOf.get(id));
			if (!longer) return;
			setBytes.run(Buffer.concat([longer.bytes, Buffer.alloc(longer.more)]), longer.id);
			setBytes.run(longer.bytes, longer.id);
		};
		const clearAll = database.transaction(() => {
			for (const page of this.#unclean.values()) clear(page);
		});
		// It need not be on disk at once: as long as it is not, the log has what is to be cleared.
		this.#clearThem = () => {
			database.pragma('synchronous = NORMAL');
			try {
				clearAll.immediate();
			} finally {
				database.pragma('synchronous = FULL');
			}
		};
	}

	/** Call after each commit that took rows away, and once before the first for what was killed behind one (`all`). */
	look(which: 'last' | 'all' = 'last'): void {
		if (this.#log === undefined) return;
		for (const [number, bytes] of pagesInLog(this.#log, which)) {
			if (isUnclean(bytes)) this.#unclean.set(number, readLeafPage(bytes));
			else this.#unclean.delete(number);
		}
	}

	/** Throws if that cannot be written now. */
	clear(): void {
		for (let tries = 0; tries < TRIES && this.#unclean.size > 0; tries++) {
			this.#clearThem();
			this.look();
		}
		this.#unclean.clear();
	}
}

/** The shortest row of the page that can be made to fill it, and by how many bytes. Undefined if they are of another table. */
function longerRow({ pageBytes, cells, free }: LeafPage, rowOf: (id: number) => Row | undefined) {
	let best: { id: number; bytes: Buffer; more: number; left: number } | undefined;
	for (const { rowId: id, payloadBytes, bytes: taken } of cells) {
		const row = rowOf(id);
		if (!row || recordBytes(row, 0) !== payloadBytes) return undefined;
		for (let more = Math.max(1, free - 16); more < free + pageBytes && best?.left !== 0; more++) {
			const left = taken + free - cellBytes(pageBytes, id, recordBytes(row, more));
			if (left >= 0 && left < (best?.left ?? taken + free)) best = { id, bytes: row.bytes, more, left };
		}
	}
	return best;
}

/** Bytes of a row of `room_updates` as a record, with so many more than it has. */
function recordBytes({ roomBytes, bytes }: Row, more: number): number {
	const length = bytes.length + more;
	return 2 + varintBytes(13 + 2 * roomBytes) + varintBytes(12 + 2 * length) + roomBytes + length;
}
