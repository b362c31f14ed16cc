import { parseRoom } from '../src/lib/protocol/rooms';
import { Room, type RoomOptions } from './room';
import type { ConversationId } from '../src/lib/domain/ids';

/** The rooms in memory. Whoever opens one while it loads gets the same one, so that it is loaded once. */
export class Rooms {
	readonly #options: Omit<RoomOptions, 'room' | 'onUnreadable'>;
	readonly #rooms = new Map<string, Room>();

	constructor(options: Omit<RoomOptions, 'room' | 'onUnreadable'>) {
		this.#options = options;
	}

	get size(): number {
		return this.#rooms.size;
	}

	open(name: string): Room {
		const held = this.#rooms.get(name);
		if (held) return held;
		const room = new Room({ ...this.#options, room: name, onUnreadable: () => this.#rooms.delete(name) });
		this.#rooms.set(name, room);
		return room;
	}

	/** The rooms of a conversation that are in memory. */
	ofConversation(conversation: ConversationId): Room[] {
		return [...this.#rooms.values()].filter(({ name }) => {
			const room = parseRoom(name);
			return room !== undefined && 'conversation' in room && room.conversation === conversation;
		});
	}
}
