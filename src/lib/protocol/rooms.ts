/** Room names: one Yjs document at the relay each. DESIGN: `c/<id>/<n>`, `info/<id>`, `directory/<user>`, `home/<user>`. */
import { isConversationId, isUserId, type ConversationId, type UserId } from '../domain/ids';

export type Room =
	| { readonly type: 'segment'; readonly conversation: ConversationId; readonly segment: number }
	| { readonly type: 'info'; readonly conversation: ConversationId }
	| { readonly type: 'directory'; readonly user: UserId }
	| { readonly type: 'home'; readonly user: UserId };

export const segmentRoom = (conversation: ConversationId, segment: number): string =>
	`c/${conversation}/${segment}`;
export const infoRoom = (conversation: ConversationId): string => `info/${conversation}`;
export const directoryRoom = (user: UserId): string => `directory/${user}`;
export const homeRoom = (user: UserId): string => `home/${user}`;

/** The parts of a room's name; undefined if no room can have it. */
export function parseRoom(name: string): Room | undefined {
	const parts = name.split('/');
	const [type, id = '', segment = ''] = parts;
	if (type === 'c' && parts.length === 3 && isConversationId(id) && /^(0|[1-9]\d{0,8})$/.test(segment)) {
		return { type: 'segment', conversation: id, segment: Number(segment) };
	}
	if (parts.length !== 2) return undefined;
	if (type === 'info' && isConversationId(id)) return { type, conversation: id };
	if ((type === 'directory' || type === 'home') && isUserId(id)) return { type, user: id };
	return undefined;
}
