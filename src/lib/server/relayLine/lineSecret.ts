/** The secret that the app and its relay know each other by: in a file beside the database, which both must read. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeDataFolder } from '../dataFolder';
import type { RandomBytes } from '../../domain/ids';

const SECRET_BYTES = 32;

/** The secret of a data folder. Whoever comes first mints it; nobody ever reads half of it. */
export function lineSecret(dataFolder: string, randomBytes: RandomBytes): string {
	makeDataFolder(dataFolder);
	const file = join(dataFolder, 'relay.secret');
	const draft = `${file}.${Buffer.from(randomBytes(8)).toString('hex')}`;
	writeFileSync(draft, Buffer.from(randomBytes(SECRET_BYTES)).toString('hex'), { mode: 0o600 });
	try {
		linkSync(draft, file);
	} catch (error) {
		if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
	} finally {
		rmSync(draft);
	}
	return readFileSync(file, 'utf8');
}

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Compares in a time that tells nothing of where they differ. */
export const isSecret = (given: string | undefined, secret: string): boolean =>
	timingSafeEqual(digest(given ?? ''), digest(`Bearer ${secret}`));
