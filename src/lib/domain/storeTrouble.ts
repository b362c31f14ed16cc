/** What is wrong with the store, as far as its errors say: from SQLite's codes and the system's. */
export type StoreTrouble = 'full' | 'broken' | 'damaged' | 'locked' | 'unknown';

const CODES: readonly (readonly [RegExp, StoreTrouble])[] = [
	[/^(SQLITE_FULL|ENOSPC|EDQUOT)/, 'full'],
	[/^SQLITE_(CORRUPT|NOTADB)/, 'damaged'],
	[/^SQLITE_(BUSY|LOCKED)/, 'locked'],
	[/^(SQLITE_(IOERR|READONLY|CANTOPEN)|EIO|EROFS)/, 'broken']
];

export function troubleOf(error: unknown): StoreTrouble {
	const code = error instanceof Error && 'code' in error ? String(error.code) : '';
	return CODES.find(([pattern]) => pattern.test(code))?.[1] ?? 'unknown';
}
