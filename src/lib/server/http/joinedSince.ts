/** That a request about a group was given by its user as one who was in it since then. */
import { Problem } from './problem';
import type { ApiEvent } from './routeSpec';
import { JOINED_HEADER } from '../../protocol/headers';
import type { ConversationId } from '../../domain/ids';

export interface JoinedSince {
	readonly conversation: ConversationId;
	/** Milliseconds since 1970; 0 from the beginning. */
	readonly joined: number;
}

const OF_CONVERSATION = '/api/conversations/[id]';

/** The requests under this path may say it. */
export const mayTellJoined = (path: string): boolean => path.startsWith(OF_CONVERSATION);

/** Undefined if it says nothing of it. Throws a Problem if it is none. */
export function joinedSince({
	request,
	route,
	params
}: Pick<ApiEvent, 'request' | 'route' | 'params'>): JoinedSince | undefined {
	const said = request.headers.get(JOINED_HEADER);
	if (said === null || !mayTellJoined(route.id ?? '')) return undefined;
	if (/^\d{1,15}$/.test(said)) return { conversation: params.id ?? '', joined: Number(said) };
	throw new Problem(400, 'invalid', 'It is told in milliseconds since 1970.', JOINED_HEADER);
}
