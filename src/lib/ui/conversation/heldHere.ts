/** What is wanted of a conversation that the server has forgotten: it waits until that is made again. */
import type { ConversationId } from '../../domain/ids';
import type { QueuedRow } from '../../state/onlyHereRows';

export interface HeldHere {
	readonly count: number;
	/** The person leaves it then. */
	readonly isLeaving: boolean;
}

export function heldHere(queued: readonly Pick<QueuedRow, 'command'>[], id: ConversationId): HeldHere {
	const held = queued.filter(({ command }) => 'conversation' in command && command.conversation === id);
	return { count: held.length, isLeaving: held.some(({ command }) => command.type === 'leave-group') };
}
