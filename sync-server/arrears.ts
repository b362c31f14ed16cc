/**
 * What a channel is to be sent out of its room's logs, in few bytes, and handed over piece by piece: what it asked for,
 * and what went past it since its reader was too slow. Invariants: of an answer no more is made than goes out next, so
 * that whatever is asked costs no memory; what a piece that never went out said is still owed; how much went past in
 * how many logs costs no memory either: beyond a few the room is sent as a whole.
 */
import * as Y from 'yjs';
import { BEGINNING, type Lacks, type Part, type Place } from './roomLogs';
import type { RoomDocument } from './roomDocument';
import type { VersionVector } from '../src/lib/domain/versionVector';

/** A message of another kind than the room's logs, which can be said again. */
export type Notice = 'step1' | 'ack' | 'awareness';

/** What it means that a message does not go out. */
export type Loss = UpdateLoss | { readonly type: Notice };

export interface UpdateLoss {
	readonly type: 'update';
	/** How long the logs were that it lets grow. */
	readonly before: VersionVector;
	readonly erases: boolean;
}

/** A piece of what is owed, made of the logs as they are now. */
export interface Piece {
	readonly update: Uint8Array;
	/** It goes out now, and is no longer owed. Undefined if another was made in its place: it is not to go out. */
	sent(): Sent | undefined;
}

/** `answer`: what was asked for has been said with it. */
type Sent = 'part' | 'answer';

/** On the way through all logs of the room, or some. */
interface Walk {
	/** What was asked, as it came; undefined if nothing was. */
	readonly vector: Uint8Array | undefined;
	/** Otherwise the first clock that was not sent, by log; `all` if there were too many to know. */
	readonly lacks: Lost;
	readonly erasures: boolean;
	at: Place;
}

type Lost = ReadonlyMap<number, number> | 'all';

/**
 * Logs that are told apart of those that something went past in. There may be thousands of channels that lag, and
 * thousands of logs in each of their rooms.
 */
export const LOST_LOGS_MAX = 128;

const firstLost = (lost: Lost, client: number): number =>
	lost === 'all' ? 0 : (lost.get(client) ?? Infinity);

export class Arrears {
	#walk: Walk | undefined;
	/** What was lost since the walk began: for each log, the first clock that was not sent. */
	#lacks: Map<number, number> | 'all' = new Map();
	/** Some of it erased something. */
	#erasures = false;
	readonly #notices = new Set<Notice>();
	/** The last that was made, until it goes out. */
	#made: Piece | undefined;

	/** Something is owed. */
	get isOwing(): boolean {
		return this.#walk !== undefined || this.#hasLost || this.#notices.size > 0;
	}

	/** The reader says how much it has. Whatever was owed before, that is what it lacks now. */
	ask(vector: Uint8Array): void {
		this.#walk = { vector, lacks: new Map(), erasures: true, at: BEGINNING };
		this.#forget();
	}

	/** This did not go out. */
	lost(loss: Loss): void {
		if (loss.type !== 'update') {
			this.#notices.add(loss.type);
			return;
		}
		this.#erasures ||= loss.erases;
		for (const [client, clock] of loss.before) {
			if (this.#lacks === 'all') return;
			this.#lacks.set(client, Math.min(clock, this.#lacks.get(client) ?? clock));
			if (this.#lacks.size > LOST_LOGS_MAX) this.#lacks = 'all';
		}
	}

	/** Logs that are told apart. */
	get lostLogs(): number {
		const sizeOf = (lost: Lost = 'all') => (lost === 'all' ? 0 : lost.size);
		return sizeOf(this.#lacks) + sizeOf(this.#walk?.lacks);
	}

	/** What can be said again, each once. */
	takeNotices(): ReadonlySet<Notice> {
		const notices = new Set(this.#notices);
		this.#notices.clear();
		return notices;
	}

	/** The next piece, of about so many bytes; undefined if nothing is owed. Throws if what was asked is no state vector. */
	next(document: Pick<RoomDocument, 'part'>, bytesMax: number): Piece | undefined {
		const walk = (this.#walk ??= this.#begin());
		if (!walk) return undefined;
		const part = document.part(this.#lacksOf(walk), walk.at, bytesMax);
		const isLast = !part.end && !this.#hasLost;
		const piece: Piece = {
			update: part.update,
			sent: () => (this.#made === piece ? this.#sent(walk, part, isLast) : undefined)
		};
		this.#made = piece;
		return piece;
	}

	get #hasLost(): boolean {
		return this.#erasures || this.#lacks === 'all' || this.#lacks.size > 0;
	}

	#begin(): Walk | undefined {
		if (!this.#hasLost) return undefined;
		const walk = { vector: undefined, lacks: this.#lacks, erasures: this.#erasures, at: BEGINNING };
		this.#forget();
		// What was written meanwhile is on disk, whoever wrote it.
		this.#notices.add('ack');
		return walk;
	}

	#sent(walk: Walk, { end }: Part, isLast: boolean): Sent {
		this.#made = undefined;
		// Asked anew meanwhile: all of that is owed.
		if (this.#walk !== walk) return 'part';
		if (end) walk.at = end;
		else this.#walk = undefined;
		// What went past meanwhile was in the logs when the last piece was made.
		if (isLast) this.#forget();
		return !end && walk.vector ? 'answer' : 'part';
	}

	/** What was lost since the walk began is lacking too: an erasure in it would come before what it erases. */
	#lacksOf({ vector, lacks, erasures }: Walk): Lacks {
		const has = vector && Y.decodeStateVector(vector);
		const sent = (client: number) => Math.min(firstLost(lacks, client), firstLost(this.#lacks, client));
		return { known: has ? (client) => has.get(client) ?? 0 : sent, erasures };
	}

	#forget(): void {
		this.#lacks = new Map();
		this.#erasures = false;
	}
}
