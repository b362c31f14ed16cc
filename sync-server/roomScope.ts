import { parseRoom } from '../src/lib/protocol/rooms';

/** Whose room it is: the conversation or the user whose members or devices read it. */
export function scopeOf(name: string): string {
	const room = parseRoom(name);
	if (!room) return name;
	return 'conversation' in room ? room.conversation : room.user;
}

/** Where a key of a server write counts once: a conversation over all its segments, any other room by itself. */
export function keyScopeOf(name: string): string {
	const room = parseRoom(name);
	return room?.type === 'segment' ? `c/${room.conversation}` : name;
}
