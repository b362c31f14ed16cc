/** A page that holds rows of a table, as SQLite lays it out (https://sqlite.org/fileformat2.html#b_tree_pages). */

const LEAF_OF_TABLE = 0x0d;
const HEADER_BYTES = 8;
/**
 * One row cannot be made to take all of its page. What it leaves is where the lowest row of a full page begins: with
 * its lengths and number, which tell nothing.
 */
const BESIDE_ONE_ROW = 16;
/** As much as the largest page. */
const NOTHING = Buffer.alloc(65_536);

/** A row, and how many bytes of the page it takes. */
interface Cell {
	readonly rowId: number;
	readonly payloadBytes: number;
	readonly bytes: number;
}

export interface LeafPage {
	readonly pageBytes: number;
	readonly cells: readonly Cell[];
	/** Bytes of the page that nothing takes. */
	readonly free: number;
}

/** It is such a page, and something stands between where its rows are listed and where they stand. */
export function isUnclean(page: Buffer): boolean {
	if (page[0] !== LEAF_OF_TABLE) return false;
	const gap = gapOf(page);
	const from = Math.min(gap.to, gap.from + (countOf(page) === 1 ? BESIDE_ONE_ROW : 0));
	return page.compare(NOTHING, 0, gap.to - from, from, gap.to) !== 0;
}

export function readLeafPage(page: Buffer): LeafPage {
	const pageBytes = page.length;
	const gap = gapOf(page);
	let free = gap.to - gap.from + page[7]!;
	// Free blocks stand in the order of their places, so this comes to an end.
	for (let last = 0, at = page.readUInt16BE(1); at > last; last = at, at = page.readUInt16BE(at))
		free += page.readUInt16BE(at + 2);
	const cells = Array.from({ length: countOf(page) }, (_, i) =>
		readCell(page, page.readUInt16BE(HEADER_BYTES + 2 * i))
	);
	return { pageBytes, cells, free };
}

/** Bytes that a row takes of its page: what of it is too long stands in pages of its own. */
export function cellBytes(pageBytes: number, rowId: number, payloadBytes: number): number {
	const most = pageBytes - 35;
	const ahead = varintBytes(payloadBytes) + varintBytes(rowId);
	if (payloadBytes <= most) return ahead + payloadBytes;
	const least = Math.floor(((pageBytes - 12) * 32) / 255) - 23;
	const even = least + ((payloadBytes - least) % (pageBytes - 4));
	return ahead + (even <= most ? even : least) + 4;
}

/** Bytes of a number as SQLite writes it, up to 2 ** 53. */
export function varintBytes(value: number): number {
	let bytes = 1;
	for (let most = 2 ** 7; value >= most; most *= 2 ** 7) bytes++;
	return bytes;
}

const countOf = (page: Buffer): number => page.readUInt16BE(3);

function gapOf(page: Buffer): { from: number; to: number } {
	return { from: HEADER_BYTES + 2 * countOf(page), to: page.readUInt16BE(5) || page.length };
}

function readCell(page: Buffer, at: number): Cell {
	const payload = readVarint(page, at);
	const rowId = readVarint(page, payload.end);
	return {
		rowId: rowId.value,
		payloadBytes: payload.value,
		bytes: cellBytes(page.length, rowId.value, payload.value)
	};
}

function readVarint(page: Buffer, at: number): { value: number; end: number } {
	let [value, end] = [0, at];
	for (;;) {
		const byte = page.readUInt8(end++);
		value = value * 2 ** 7 + (byte & 0x7f);
		if (byte < 0x80 || end - at === 8) return { value, end };
	}
}
