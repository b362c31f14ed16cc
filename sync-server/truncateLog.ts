import type { Database } from 'better-sqlite3';

/**
 * Empties the write-ahead log: what was erased stands there until then, and in the file as it was before. False if another
 * reader is in the way, who must not make everyone wait.
 */
export function truncateLog(database: Database): boolean {
	const patience = Number(database.pragma('busy_timeout', { simple: true }));
	database.pragma('busy_timeout = 0');
	try {
		return database.pragma('wal_checkpoint(TRUNCATE)', { simple: true }) === 0;
	} finally {
		database.pragma(`busy_timeout = ${patience}`);
	}
}
