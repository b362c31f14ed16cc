import type { ConversationId } from '../domain/ids';
import type { Directory } from '../domain/directory';
import { isGone } from '../domain/people';
import type { Unwritable } from './models';

/** Why nothing can be written in a conversation: a direct one may have nobody to read it. */
export function unwritable(
	{ conversations, blocked }: Pick<Directory, 'conversations' | 'blocked'>,
	id: ConversationId
): Unwritable | undefined {
	const peer = conversations.get(id)?.peer;
	if (!peer) return undefined;
	if (isGone(peer)) return 'deleted';
	return blocked.has(peer.id) ? 'blocked' : undefined;
}
