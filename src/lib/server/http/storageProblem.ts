import { noSuchConversation, Problem } from './problem';

const STORAGE = /^(SQLITE_(FULL|IOERR|READONLY|BUSY|CORRUPT|NOTADB|CANTOPEN)|ENOSPC|EIO|EROFS|RELAY_AWAY)/;

/** What the relay says when a user may not write more, and when they were removed while they wrote. */
const STORE_FULL = 'STORE_FULL';
const FORBIDDEN = 'FORBIDDEN';

/** The answer to a request that failed because of what the relay can or may store now; undefined if it failed otherwise. */
export function storageProblem(error: unknown): Problem | undefined {
	for (let cause = error; cause instanceof Error; cause = cause.cause) {
		if ('code' in cause && cause.code === STORE_FULL)
			return new Problem(
				507,
				'no_space',
				'Your messages take all the space that one person has here. Delete some first.'
			);
		if ('code' in cause && cause.code === FORBIDDEN) return noSuchConversation();
		if ('code' in cause && STORAGE.test(String(cause.code)))
			return new Problem(503, 'unavailable', 'The server cannot store anything now. Try again later.');
	}
	return undefined;
}
