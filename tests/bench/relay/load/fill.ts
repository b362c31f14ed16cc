/** Conversations with a history: each written in one update by a member of its own, who is gone again. */
import { conversationId, userId } from '../cast';
import { Member } from './member';
import type { Arm } from '../arms';

export interface Filling {
	readonly arm: Arm;
	readonly port: number;
	readonly rooms: number;
	/** The first of them, by its number; 0 if left out. */
	readonly from?: number;
	/** In each. */
	readonly messages: number;
}

/** Members who write at the same time. */
const AT_ONCE = 50;
/** Messages of an update: it stays well below what a frame may be. */
const TOGETHER = 500;
const TEXT = 'Shall we meet at the harbour at seven, or is that too early for you two?';

/** What each room holds then, as a state vector. */
export async function fill({ arm, port, rooms, from = 0, messages }: Filling): Promise<Uint8Array[]> {
	const vectors: Uint8Array[] = [];
	for (let first = 0; first < rooms; first += AT_ONCE) {
		const some = Array.from({ length: Math.min(AT_ONCE, rooms - first) }, (_, i) => from + first + i);
		await Promise.all(
			some.map(async (room) => {
				const user = userId({ first: room, conversations: 1, member: FILLER });
				const member = new Member({ arm, port, user, conversation: conversationId(room) });
				await member.ready;
				for (let left = messages; left > 0; left -= TOGETHER)
					member.sayAll(Array<string>(Math.min(left, TOGETHER)).fill(TEXT));
				await member.taken();
				vectors[room] = member.vector;
				member.end();
			})
		);
	}
	return vectors;
}

/** The number of the member who fills a conversation. */
const FILLER = 46_655;
