/** The place behind which a page of conversations begins, as a client carries it. */
import type { ConversationPlace } from './conversationStore';
import { Problem } from '../http/problem';

export const writeCursor = ({ createdAt, id }: ConversationPlace): string =>
	Buffer.from(JSON.stringify([createdAt, id])).toString('base64url');

/** Throws a Problem if it is none. */
export function readCursor(cursor: string): ConversationPlace {
	try {
		const [createdAt, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[];
		if (typeof createdAt === 'number' && typeof id === 'string') return { createdAt, id };
	} catch {
		// Said below, like any other that was never given.
	}
	throw new Problem(400, 'invalid', 'This is not a cursor from an earlier page.', 'cursor');
}
