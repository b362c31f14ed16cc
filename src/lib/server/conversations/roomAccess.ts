/** Who may read and write which room (DESIGN section 3), by what SQL says now. */
import type { ConversationStore } from './conversationStore';
import type { UserId } from '../../domain/ids';
import type { Room } from '../../protocol/rooms';

export function roomAccess(store: ConversationStore, user: UserId, room: Room): 'write' | 'read' | 'none' {
	switch (room.type) {
		// How far there are segments, and when the next may begin, the relay knows.
		case 'segment':
			return store.isMember(room.conversation, user) ? 'write' : 'none';
		case 'info':
			return store.isMember(room.conversation, user) ? 'read' : 'none';
		case 'directory':
			return room.user === user ? 'read' : 'none';
		case 'home':
			return room.user === user ? 'write' : 'none';
	}
}
