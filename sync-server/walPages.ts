/**
 * Pages as SQLite's write-ahead log has them (https://sqlite.org/walformat.html). The log is only read, and no lock lies on
 * it: closing it takes none away, as closing the database's own file would.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const LOG_HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;

/** The pages that the last transaction wrote, or all that are in the log, by their numbers. None if there is no log. */
export function pagesInLog(file: string, which: 'last' | 'all'): Map<number, Buffer> {
	let log: number;
	try {
		log = openSync(file, 'r');
	} catch {
		return new Map();
	}
	try {
		const header = read(log, 0, LOG_HEADER_BYTES);
		if (header.length < LOG_HEADER_BYTES) return new Map();
		const pageBytes = header.readUInt32BE(8);
		const salts = header.subarray(16, 24);
		const frameBytes = FRAME_HEADER_BYTES + pageBytes;
		const at = (frame: number) => LOG_HEADER_BYTES + frame * frameBytes;
		const headerOf = (frame: number) => read(log, at(frame), FRAME_HEADER_BYTES);
		const endsCommit = (frame: number) => headerOf(frame).readUInt32BE(4) !== 0;
		// Frames of before the log was begun anew have other salts, and stand behind those of now.
		let [end, beyond] = [0, Math.floor((fstatSync(log).size - LOG_HEADER_BYTES) / frameBytes)];
		while (end < beyond) {
			const middle = Math.floor((end + beyond) / 2);
			if (headerOf(middle).subarray(8, 16).equals(salts)) end = middle + 1;
			else beyond = middle;
		}
		while (end > 0 && !endsCommit(end - 1)) end--;
		let from = which === 'all' ? 0 : Math.max(0, end - 1);
		while (from > 0 && !endsCommit(from - 1)) from--;
		const pages = new Map<number, Buffer>();
		const frames = read(log, at(from), (end - from) * frameBytes);
		for (let i = 0; i + frameBytes <= frames.length; i += frameBytes)
			pages.set(frames.readUInt32BE(i), frames.subarray(i + FRAME_HEADER_BYTES, i + frameBytes));
		return pages;
	} finally {
		closeSync(log);
	}
}

function read(file: number, at: number, bytes: number): Buffer {
	const buffer = Buffer.alloc(bytes);
	return buffer.subarray(0, readSync(file, buffer, 0, bytes, at));
}
