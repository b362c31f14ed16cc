/**
 * Conversations that the person is about to leave. Invariant: the command goes once all that they wrote there has left,
 * since somebody who has left can send nothing any more.
 */
import { conversationOf, kindOf, type Command } from './commands/commandTable';
import type { ConversationId } from '../domain/ids';
import type { ConversationSync } from './conversationSync';
import type { Outbox } from './outbox';
import type { Unsent } from './unsent';

export interface LeavingOptions {
	readonly outbox: Pick<Outbox, 'commands' | 'flush'>;
	readonly unsent: Pick<Unsent, 'mayBeIn'>;
	/** The server has it on this user's list: of one that it has not, nothing can leave. */
	readonly isListed: (id: ConversationId) => boolean;
}

export type Leaving = ReturnType<typeof createLeaving>;

const endsWriting = (command: Command): boolean => kindOf(command)?.endsWriting === true;

export function createLeaving({ outbox, unsent, isListed }: LeavingOptions) {
	/** Held back when the outbox last asked. */
	const held = new Set<ConversationId>();
	const mustStay = (id: ConversationId): boolean => isListed(id) && unsent.mayBeIn(id);

	return {
		/** It must stay open: what is in it leaves, and then the person does. */
		isIn: (id: ConversationId): boolean =>
			outbox.commands.some(
				({ command, refusal }) => !refusal && endsWriting(command) && conversationOf(command) === id
			),
		/** For the outbox, of every command. */
		mustWait(command: Command): boolean {
			const id = conversationOf(command);
			if (id === undefined || !endsWriting(command) || !mustStay(id)) return false;
			held.add(id);
			return true;
		},
		/** Call with each change of a conversation, and of what is listed. */
		note({ id }: Pick<ConversationSync, 'id'>): void {
			if (held.has(id) && !mustStay(id) && held.delete(id)) void outbox.flush();
		}
	};
}
