/**
 * The frames of a recording, again and again, each time under other client ids: so what a frame tells is new to the room,
 * and goes on where the frame before it ended. Frames out of turn, as they were recorded, come between.
 */
import { decodeSyncMessage, encodeStep2, encodeUpdate } from '../../sync-server/syncMessages';
import { logName, parseLogName } from '../../src/lib/domain/entry';
import { mutateMessage } from './mutate';
import { readUpdate, type Struct } from '../../src/lib/protocol/updateReader';
import { writeUpdate } from '../../src/lib/protocol/updateWriter';
import type { Random } from '../load/seededRandom';
import type { Recording } from './recording';
import type { Victim } from './mutateStructs';

/** A prime, so that ids of different turns do not meet. */
const STEP = 7_919;

export class Traffic {
	readonly #random: Random;
	readonly #messages: readonly Uint8Array[];
	#next = 0;
	#turn: number;

	/** `first` tells the client ids of several apart. */
	constructor(random: Random, { messages }: Recording, first = 0) {
		this.#random = random;
		this.#turn = 1 + first * 1_000;
		this.#messages = messages.map(({ bytes }) => bytes);
	}

	/** The next one as it is, or changed copies of it before, or of one out of turn. There is a victim at least. */
	next(victims: readonly Victim[]): Uint8Array {
		const random = this.#random;
		const how = { random, others: this.#messages, victims };
		if (random.below(4) === 0) return mutateMessage(random.pick(this.#messages), how);
		if (this.#next === this.#messages.length) {
			this.#next = 0;
			this.#turn += 1;
		}
		const frame = renamed(this.#messages[this.#next]!, (client) => (client + this.#turn * STEP) >>> 0);
		if (random.below(4) !== 0) return mutateMessage(frame, how);
		this.#next += 1;
		return frame;
	}
}

function renamed(message: Uint8Array, rename: (client: number) => number): Uint8Array {
	const read = decodeSyncMessage(message);
	if (read?.type !== 'step2' && read?.type !== 'update') return message;
	const { clients, deletes } = readUpdate(read.payload);
	const id = <T extends { readonly client: number }>(of: T): T => ({ ...of, client: rename(of.client) });
	const struct = (of: Struct): Struct => {
		const log = of.root === undefined ? undefined : parseLogName(of.root);
		const root = log ? logName(log.author, rename(log.client)) : of.root;
		return { ...of, origin: of.origin && id(of.origin), root };
	};
	const update = writeUpdate({
		clients: clients.map((section) => ({ ...id(section), structs: section.structs.map(struct) })),
		deletes: deletes.map(id)
	});
	return read.type === 'step2' ? encodeStep2(update) : encodeUpdate(update);
}
