/** Why the server does not start, for the person who starts it: one sentence, and what to do. No stack is of use. */
export class StartProblem extends Error {
	override readonly name = 'StartProblem';
}

const GUIDE = 'docs/OPERATIONS.md says how';

const SENTENCES: readonly (readonly [RegExp, (file: string) => string])[] = [
	[
		/^SQLITE_(CORRUPT|NOTADB)/,
		(file) => `The database ${file} is damaged: keep a copy of it, then restore a backup (${GUIDE}).`
	],
	[
		/^(SQLITE_FULL|ENOSPC|EDQUOT)/,
		(file) => `The disk that holds ${file} is full: make space, then start again.`
	],
	[
		/^SQLITE_(BUSY|LOCKED|PROTOCOL)/,
		(file) => `Another program has locked the database ${file}: stop it, then start again.`
	],
	[
		/^(SQLITE_(READONLY|CANTOPEN|PERM|AUTH)|EACCES|EPERM|EROFS|ENOTDIR|EEXIST)/,
		(file) =>
			`The database ${file} cannot be opened for writing: let the user that runs Skein write in that folder, or name another one with SKEIN_DATA.`
	],
	[
		/^(SQLITE_IOERR|EIO)/,
		(file) =>
			`The disk that holds ${file} has errors: check it, then restore a backup on a sound one (${GUIDE}).`
	]
];

/** The error as a sentence for the person who starts the server, if it comes from the database file; itself otherwise. */
export function explainStart(error: unknown, file: string): unknown {
	const code = error instanceof Error && 'code' in error ? String(error.code) : '';
	const sentence = SENTENCES.find(([pattern]) => pattern.test(code))?.[1](file);
	return sentence === undefined ? error : new StartProblem(sentence, { cause: error });
}
