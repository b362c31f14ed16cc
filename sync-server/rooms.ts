/**
 * The rooms in memory. Invariants: whoever opens one while it loads gets the same one, so that it is loaded once; one
 * leaves only when nobody is in it and nothing of it is on its way to disk.
 */
import { mayBeFollowed, SegmentGate } from './segments';
import { parseRoom, segmentRoom, type Room as RoomName } from '../src/lib/protocol/rooms';
import { Room, type RoomOptions } from './room';
import { RoomUpkeep, type RoomUpkeepOptions } from './roomUpkeep';
import type { ConversationId } from '../src/lib/domain/ids';

export type RoomsOptions = Omit<RoomOptions, 'room' | 'gate' | 'watcher'> & RoomUpkeepOptions;

interface Held {
	readonly room: Room;
	readonly upkeep: RoomUpkeep;
}

export class Rooms {
	readonly #options: RoomsOptions;
	readonly #rooms = new Map<string, Held>();

	constructor(options: RoomsOptions) {
		this.#options = options;
	}

	get size(): number {
		return this.#rooms.size;
	}

	open(name: string): Room {
		const held = this.#rooms.get(name)?.room;
		if (held) return held;
		const upkeep = new RoomUpkeep(name, this.#options);
		const room = new Room({
			...this.#options,
			room: name,
			gate: this.#gateOf(name),
			watcher: {
				onRead: (document, updates) => upkeep.read(document, updates),
				onCommitted: (document, batch) => upkeep.committed(document, batch),
				onUnreadable: () => this.#rooms.delete(name)
			}
		});
		this.#rooms.set(name, { room, upkeep });
		return room;
	}

	/** The rooms in memory. */
	all(): Room[] {
		return [...this.#rooms.values()].map(({ room }) => room);
	}

	/** The rooms of a conversation that are in memory. */
	ofConversation(conversation: ConversationId): Room[] {
		return [...this.#rooms.values()].flatMap(({ room }) => {
			const name = parseRoom(room.name);
			return name && 'conversation' in name && name.conversation === conversation ? [room] : [];
		});
	}

	/** False for a segment further on than the one behind the last that holds something. */
	async isReachable(room: RoomName): Promise<boolean> {
		if (room.type !== 'segment' || room.segment === 0) return true;
		for (const n of [room.segment, room.segment - 1]) {
			const name = segmentRoom(room.conversation, n);
			const held = this.#rooms.get(name)?.room.document;
			if (held && held.tally.entries > 0) return true;
			if ((await this.#options.store.position(name)) > 0) return true;
		}
		return false;
	}

	/** Lets go of what is not needed, and of the rooms that have rested since before this time, in milliseconds by the wall clock. */
	evict(before: number): void {
		for (const [name, { room, upkeep }] of this.#rooms) {
			const since = room.restsSince;
			if (since === undefined || since > before) {
				room.letGo();
				continue;
			}
			this.#options.meters.count('evictions');
			this.#rooms.delete(name);
			room.end();
			upkeep.end();
		}
	}

	#gateOf(name: string): SegmentGate | undefined {
		const room = parseRoom(name);
		if (room?.type !== 'segment' || room.segment === 0) return undefined;
		const { limits } = this.#options;
		return new SegmentGate(() => {
			const previous = this.open(segmentRoom(room.conversation, room.segment - 1));
			return {
				letGo: previous.use.hold(),
				ready: () => previous.ready(),
				get mayBeFollowed() {
					const tally = previous.document?.tally;
					return tally !== undefined && mayBeFollowed(tally, limits);
				}
			};
		});
	}
}
