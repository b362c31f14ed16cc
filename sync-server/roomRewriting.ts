/**
 * One room as it is rewritten in the store: gone through once to find what is erased and what holds it, and then
 * rewritten where something is to be gained. Invariants: little is read, and little is handed over, at once, however large the
 * room is; small neighbours are put together, and larger updates are rewritten only if they hold what was erased.
 */
import { compactUpdates, ErasedItems } from './compaction';
import { Sieve, type Poison } from './storedUpdates';
import { readUpdate, type ReadUpdate } from '../src/lib/protocol/updateReader';
import type { Placed, Replacement, RoomStore } from './roomStore';

/** Bytes that are read at once, and up to which neighbours are put together. */
export const PIECE_STORED_BYTES = 256_000;

/** An update of the room, as it was found. */
interface Row {
	readonly position: number;
	readonly bytes: number;
	/** For each log, from where to where items stand in it, one pair of clocks behind the other. */
	readonly standing: readonly { readonly client: number; readonly clocks: readonly number[] }[];
	/** What of it can be read, if that is not all. */
	readonly sound: ReadUpdate | undefined;
	readonly poison: readonly Poison[];
}

export class RoomRewriting {
	readonly #store: Pick<RoomStore, 'read' | 'position'>;
	readonly #room: string;
	readonly #pieceBytes: number;
	readonly #sieve = new Sieve();
	readonly #erased = new ErasedItems();
	readonly #rows: Row[] = [];
	/** The last that is looked at: what is written meanwhile waits for the next rewriting, or it might never come to an end. */
	#end: number | undefined;
	/** Rows that have been rewritten, or left. */
	#done = 0;

	constructor(store: Pick<RoomStore, 'read' | 'position'>, room: string, pieceBytes = PIECE_STORED_BYTES) {
		this.#store = store;
		this.#room = room;
		this.#pieceBytes = pieceBytes;
	}

	/** What is stored behind it is left as it is. */
	get through(): number {
		return this.#rows.at(-1)?.position ?? 0;
	}

	/** Looks at the next updates. False once there are no more. */
	async look(): Promise<boolean> {
		const end = (this.#end ??= await this.#store.position(this.#room));
		const read = await this.#store.read(this.#room, this.through, this.#pieceBytes);
		const placed = read.filter(({ position }) => position <= end);
		for (const one of placed) this.#rows.push(this.#lookAt(one));
		return placed.length > 0;
	}

	/** What takes the place of the next updates; undefined if nothing needs to, `end` once there are no more. */
	async next(): Promise<Replacement | 'end' | undefined> {
		const behind = this.#done > 0 ? this.#rows[this.#done - 1]!.position : 0;
		const rows = this.#takeNeighbours();
		const last = rows.at(-1);
		if (!last) return 'end';
		const aside = rows.flatMap(({ poison }) => poison);
		if (rows.length === 1 && aside.length === 0 && !this.#holdsErased(last)) return undefined;
		const bytes = rows.reduce((sum, row) => sum + row.bytes, 0);
		const placed = await this.#store.read(this.#room, behind, bytes);
		// Whatever is no longer what was looked at is left as it is.
		if (rows.some(({ position }, i) => placed[i]?.position !== position))
			throw new Error(`${this.#room} has changed while it was rewritten`);
		const updates = rows.map(({ sound }, i) => sound ?? readUpdate(placed[i]!.bytes));
		return {
			room: this.#room,
			behind,
			through: last.position,
			update: compactUpdates(updates, this.#erased),
			aside
		};
	}

	#lookAt({ position, bytes }: Placed): Row {
		const { sound, poison } = this.#sieve.take([bytes]);
		const [update] = sound;
		this.#erased.add(update!);
		const standing = update!.clients.map(({ client, structs }) => {
			const clocks: number[] = [];
			for (const { type, clock, length } of structs) {
				if (type === 'deleted') continue;
				if (clocks.at(-1) === clock) clocks.pop();
				else clocks.push(clock);
				clocks.push(clock + length);
			}
			return { client, clocks };
		});
		const isWhole = poison.length === 0;
		return { position, bytes: bytes.length, standing, sound: isWhole ? undefined : update, poison };
	}

	#takeNeighbours(): readonly Row[] {
		const from = this.#done;
		let bytes = 0;
		for (; this.#done < this.#rows.length; this.#done++) {
			bytes += this.#rows[this.#done]!.bytes;
			if (bytes > this.#pieceBytes && this.#done > from) break;
		}
		return this.#rows.slice(from, this.#done);
	}

	#holdsErased({ standing }: Row): boolean {
		return standing.some(({ client, clocks }) =>
			clocks.some((from, i) => i % 2 === 0 && this.#erased.hasSome(client, from, clocks[i + 1]!))
		);
	}
}
