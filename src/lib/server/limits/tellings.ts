/**
 * Changes that others are told of, counted for who makes them by how many those are: a group of many is made with one
 * request, and costs the server as much as hundreds. Whoever has told as many as they may tells nobody but themselves
 * for a while; a change that goes beyond what is left is made, since the largest must be possible.
 */
import type { Database } from 'better-sqlite3';
import type { Asker, RateLimits } from './rateLimits';
import type { MemberStore } from '../conversations/memberStore';
import type { ProjectionsDue } from '../projections/projectionsDue';
import type { Projector, Told } from '../projections/projector';
import { CallTurns } from './callTurns';
import type { UserId } from '../../domain/ids';
import { parseRoom } from '../../protocol/rooms';

interface TellingsParts {
	readonly db: Database;
	readonly due: ProjectionsDue;
	readonly members: Pick<MemberStore, 'countIn'>;
	readonly projector: Pick<Projector, 'follow'>;
	readonly rates: Pick<RateLimits, 'refusal' | 'add'>;
}

/** Runs a change in a transaction of its own or its caller's, and counts whom it tells. */
export type Counting = <T>(change: () => T) => T;

export class Tellings {
	readonly #parts: TellingsParts;
	/** Of one account one at a time: what is asked for at once would all be let pass before any of it is counted. */
	readonly #turns = new CallTurns({ most: Infinity, mostOfOne: 1 });

	constructor(parts: TellingsParts) {
		this.#parts = parts;
	}

	/**
	 * Has `run` change something within one turn of the event loop, and brings up the documents that tell of it. Throws a
	 * Problem, 429, and nothing is changed, if it tells others and who asks has told too many.
	 */
	tell<T>(asker: Asker & { readonly account: UserId }, run: (counting: Counting) => T): Promise<Told<T>> {
		return this.#turns.run(asker.account, () => this.#tell(asker, run));
	}

	async #tell<T>(
		asker: Asker & { readonly account: UserId },
		run: (counting: Counting) => T
	): Promise<Told<T>> {
		const { db, due, projector, rates } = this.#parts;
		const refusal = await rates.refusal('tell', asker);
		let reached = 0;
		const counting: Counting = (change) =>
			db
				.transaction(() => {
					const { result, rooms } = due.noting(change);
					reached = this.#reachOf(rooms);
					if (refusal && reached > 1) throw refusal;
					return result;
				})
				.immediate();
		const told = projector.follow(asker.account, () => run(counting));
		if (reached > 0) await rates.add('tell', asker, reached);
		return told;
	}

	/** How many people hear by these documents; somebody who hears by two counts twice, as they cost. */
	#reachOf(rooms: readonly string[]): number {
		const parsed = rooms.map((room) => parseRoom(room));
		const told = parsed.flatMap((room) => (room?.type === 'info' ? [room.conversation] : []));
		return rooms.length - told.length + this.#parts.members.countIn(told);
	}
}
