/** One device that opens one conversation. */
import { conversationId, userId } from '../cast';
import { Member } from './member';
import type { Arm } from '../arms';

export interface JoinPlan {
	readonly arm: Arm;
	readonly port: number;
	readonly room: number;
}

export interface JoinResult {
	/** Until it has all of it. */
	readonly ms: number;
}

export async function join({ arm, port, room }: JoinPlan): Promise<JoinResult> {
	const begunAt = performance.now();
	const user = userId({ first: room, conversations: 1, member: 0 });
	const member = new Member({ arm, port, user, conversation: conversationId(room) });
	await member.ready;
	member.end();
	return { ms: performance.now() - begunAt };
}
