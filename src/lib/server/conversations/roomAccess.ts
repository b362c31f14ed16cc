/** Who may read and write which room (DESIGN section 3), by what SQL says now. */
import type { MemberStore } from './memberStore';
import { directPeers, type ConversationId, type UserId } from '../../domain/ids';
import type { Room } from '../../protocol/rooms';
import type { AccessLevel } from '../relayPort';

export function roomAccess(members: MemberStore, user: UserId, room: Room): AccessLevel {
	switch (room.type) {
		case 'segment': {
			const reach = members.reach(room.conversation, user);
			if (!reach)
				return members.gone(room.conversation, user) ? 'gone' : outside(members, user, room.conversation);
			// How far there are segments, and when the next may begin, the relay knows.
			return room.segment < reach.firstSegment ? 'absent' : 'write';
		}
		case 'info':
			return members.isMember(room.conversation, user) ? 'read' : outside(members, user, room.conversation);
		case 'directory':
			return room.user === user ? 'read' : 'none';
		case 'home':
			return room.user === user ? 'write' : 'none';
	}
}

/** Whether two people talk with each other is for those two alone to ask: the id of theirs can be guessed. */
function outside(members: MemberStore, user: UserId, id: ConversationId): AccessLevel {
	const isTheirs = directPeers(id)?.includes(user) ?? true;
	return isTheirs && members.isForgotten(id) ? 'forgotten' : 'none';
}
