/**
 * Chromium keeps databases and local storage in LevelDB. Killed while it writes a record it leaves half of it in the
 * log, appends behind that at its next start, and takes the store for corrupt at the start after: it deletes all that
 * the origin had (Chromium 156, at one kill of twenty while a page writes without a pause). No page can do anything
 * about that, so a test of a killed browser begins again with the store as LevelDB itself reads it: without the half.
 */
import { readdir, readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';

/** As in LevelDB's doc/log_format.md. */
const BLOCK_BYTES = 32_768;
const HEADER_BYTES = 7;
const FULL = 1;
const LAST = 4;

/** Cuts half records off the logs of a browser that is not running. */
export async function cutTornLogs(profile: string): Promise<void> {
	const files = await readdir(profile, { recursive: true });
	for (const file of files.filter((name) => /(^|[\\/])\d{6}\.log$/.test(name))) {
		const path = join(profile, file);
		const bytes = await readFile(path);
		const whole = wholeBytes(bytes);
		if (whole < bytes.length) await truncate(path, whole);
	}
}

/** How much of a log consists of whole records, in bytes. A record may go in fragments, the last of which ends it. */
export function wholeBytes(log: Buffer): number {
	let whole = 0;
	let at = 0;
	while (at + HEADER_BYTES <= log.length) {
		const left = BLOCK_BYTES - (at % BLOCK_BYTES);
		if (left < HEADER_BYTES) {
			at += left;
			continue;
		}
		const type = log[at + 6];
		at += HEADER_BYTES + log.readUInt16LE(at + 4);
		if (at <= log.length && (type === FULL || type === LAST)) whole = at;
	}
	return whole;
}
