/**
 * The rooms in memory. Invariants: whoever opens one while it loads gets the same one, so that it is loaded once; one
 * leaves only when nobody is in it and nothing of it is on its way to disk.
 */
import { mayBeFollowed, SegmentGate } from './segments';
import { parseRoom, segmentRoom, type Room as RoomName } from '../src/lib/protocol/rooms';
import { Room, type RoomOptions } from './room';
import { RoomUpkeep, type RoomUpkeepOptions } from './roomUpkeep';
import type { ConversationId } from '../src/lib/domain/ids';
import type { RelayLimits } from './limits';

type SegmentName = Extract<RoomName, { type: 'segment' }>;

export type RoomsOptions = Omit<RoomOptions, 'room' | 'gate' | 'watcher'> &
	RoomUpkeepOptions & { readonly limits: Pick<RelayLimits, 'restingBytesMax'> };

export class Rooms {
	readonly #options: RoomsOptions;
	readonly #rooms = new Map<string, Room>();
	/** Rooms that nobody is in, with their bytes; the one that rests longest stands first. */
	readonly #resting = new Map<string, number>();
	#restingBytes = 0;

	constructor(options: RoomsOptions) {
		this.#options = options;
	}

	get size(): number {
		return this.#rooms.size;
	}

	open(name: string): Room {
		const held = this.#rooms.get(name);
		this.#wake(name);
		if (held) return held;
		const upkeep = new RoomUpkeep(name, this.#options);
		const room: Room = new Room({
			...this.#options,
			room: name,
			gate: this.#gateOf(name),
			watcher: {
				onRead: (document, updates) => upkeep.read(document, updates),
				onCommitted: (document, batch) => upkeep.committed(document, batch),
				onFound: (erases) => upkeep.found(erases),
				onUnreadable: () => this.#rooms.delete(name),
				onRest: () => this.#rest(name, room)
			}
		});
		this.#rooms.set(name, room);
		return room;
	}

	/** The rooms in memory. */
	all(): Room[] {
		return [...this.#rooms.values()];
	}

	/** The rooms of a conversation that are in memory. */
	ofConversation(conversation: ConversationId): Room[] {
		return [...this.#rooms.values()].flatMap((room) => {
			const name = parseRoom(room.name);
			return name && 'conversation' in name && name.conversation === conversation ? [room] : [];
		});
	}

	/** False for a segment further on than the one behind the last that holds something, unless devices may be that far. */
	async isReachable(room: RoomName): Promise<boolean> {
		if (room.type !== 'segment' || room.segment === 0 || (await this.#isAhead(room))) return true;
		for (const n of [room.segment, room.segment - 1]) {
			const name = segmentRoom(room.conversation, n);
			const held = this.#rooms.get(name)?.document;
			if (held && held.tally.entries > 0) return true;
			if ((await this.#options.store.position(name)) > 0) return true;
		}
		return false;
	}

	/** Lets go of what is not needed, and of the rooms that have rested since before this time, in milliseconds by the wall clock. */
	evict(before: number): void {
		for (const room of this.#rooms.values()) {
			const since = room.restsSince;
			if (since === undefined || since > before) room.letGo();
			else this.#leave(room);
		}
	}

	/** Nobody is in the room any more: it is kept for a while, as long as those that are do not take too much. */
	#rest(name: string, room: Room): void {
		this.#wake(name);
		if (!room.isReady || this.#rooms.get(name) !== room) return;
		this.#resting.set(name, room.bytes);
		this.#restingBytes += room.bytes;
		for (const oldest of this.#resting.keys()) {
			if (this.#restingBytes <= this.#options.limits.restingBytesMax) return;
			this.#wake(oldest);
			const held = this.#rooms.get(oldest);
			// What is under way in it ends soon: then it leaves with the next round.
			if (held && held.restsSince !== undefined) this.#leave(held);
		}
	}

	#wake(name: string): void {
		this.#restingBytes -= this.#resting.get(name) ?? 0;
		this.#resting.delete(name);
	}

	#leave(room: Room): void {
		this.#options.meters.count('evictions');
		this.#wake(room.name);
		this.#rooms.delete(room.name);
		room.end();
	}

	#gateOf(name: string): SegmentGate | undefined {
		const room = parseRoom(name);
		if (room?.type !== 'segment' || room.segment === 0) return undefined;
		const { limits } = this.#options;
		const holdPrevious = () => {
			const previous = this.open(segmentRoom(room.conversation, room.segment - 1));
			return {
				letGo: previous.use.hold(),
				ready: () => previous.ready(),
				get mayBeFollowed() {
					const tally = previous.document?.tally;
					return tally !== undefined && mayBeFollowed(tally, limits);
				}
			};
		};
		return new SegmentGate({ holdPrevious, isAhead: () => this.#isAhead(room) });
	}

	async #isAhead({ conversation, segment }: SegmentName): Promise<boolean> {
		return segment <= (await this.#options.store.ahead(conversation));
	}
}
