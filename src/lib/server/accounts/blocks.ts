/**
 * Blocking people. It stands in the directory of who blocks, and nowhere that the other could see. Each change runs within
 * a transaction of its caller, and throws a Problem if a rule is broken.
 */
import type { BlockStore } from './blockStore';
import type { UserStore } from './userStore';
import { noSuchUser, Problem } from '../http/problem';
import type { ProjectionsDue } from '../projections/projectionsDue';
import type { UserId } from '../../domain/ids';
import { BLOCKS_MAX } from '../../domain/limits';
import type { Person } from '../../domain/people';

export interface BlocksParts {
	readonly users: UserStore;
	readonly blocks: BlockStore;
	readonly due: ProjectionsDue;
	readonly now: () => number;
}

export class Blocks {
	readonly #parts: BlocksParts;

	constructor(parts: BlocksParts) {
		this.#parts = parts;
	}

	list(user: UserId): Person[] {
		return this.#parts.blocks.of(user);
	}

	block(user: UserId, other: UserId): void {
		const { users, blocks, due, now } = this.#parts;
		if (!users.person(other)) throw noSuchUser();
		if (other === user) throw new Problem(400, 'invalid', 'Nobody can block themselves.', 'userId');
		if (blocks.has(user, other)) return;
		if (blocks.of(user).length >= BLOCKS_MAX) throw tooManyBlocks();
		blocks.add(user, other, now());
		due.addDirectory(user);
	}

	unblock(user: UserId, other: UserId): void {
		if (this.#parts.blocks.delete(user, other)) this.#parts.due.addDirectory(user);
	}
}

const tooManyBlocks = () =>
	new Problem(409, 'too_many_blocks', `At most ${BLOCKS_MAX} people can be blocked. Unblock somebody first.`);

/**
 * Said to whoever may not begin something with somebody, whichever of them blocked the other and though it be one among
 * many: it tells no more than that it cannot be.
 */
export const outOfReach = (field: 'members' | 'userId') =>
	new Problem(
		403,
		'out_of_reach',
		field === 'userId'
			? 'This person cannot be added by you.'
			: 'You cannot begin this conversation: somebody in it is out of reach for you.',
		field
	);
