import type { Command } from './commandTable';
import type { ConversationId } from '../../domain/ids';

/** Somebody comes into a group by a command. */
export interface Join {
	readonly conversation: ConversationId;
}

/** Undefined if nobody comes in by the command. */
export function joinOf(command: Command): Join | undefined {
	const isJoin = command.type === 'add-member' || (command.type === 'answer-request' && command.yes);
	return isJoin ? { conversation: command.conversation } : undefined;
}
