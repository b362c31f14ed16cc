/**
 * Commands that wait for their conversation. Somebody who leaves does so once all that they wrote there has left, since
 * they can send nothing any more; and what is wanted of one that the server has forgotten goes once it is made again.
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
	readonly isForgotten: (id: ConversationId) => boolean;
	/** It is known what the server lists, as of this connection. */
	readonly isTold: () => boolean;
}

export type Leaving = ReturnType<typeof createLeaving>;

const endsWriting = (command: Command): boolean => kindOf(command)?.endsWriting === true;

export function createLeaving({ outbox, unsent, isListed, isForgotten, isTold }: LeavingOptions) {
	/** Held back when the outbox last asked. */
	const held = new Set<ConversationId>();
	/** It waits for somebody else, who may never come. */
	function isHeld(command: Command): boolean {
		const id = conversationOf(command);
		return id !== undefined && command.type !== 'create-conversation' && isForgotten(id);
	}
	const mustStay = (id: ConversationId): boolean => isForgotten(id) || (isListed(id) && unsent.mayBeIn(id));

	return {
		/** The server is to be asked for something, and not only for what waits for somebody else. */
		isAsking: (): boolean => outbox.commands.some(({ command, refusal }) => !refusal && !isHeld(command)),
		/** It must stay open: what is in it leaves, and then the person does. */
		isIn: (id: ConversationId): boolean =>
			outbox.commands.some(
				({ command, refusal }) => !refusal && endsWriting(command) && conversationOf(command) === id
			),
		/** For the outbox, of every command; `isUnknown` once the server has said that there is no such conversation. */
		mustWait(command: Command, isUnknown = false): boolean {
			const id = conversationOf(command);
			if (id === undefined || command.type === 'create-conversation') return false;
			const waits = isHeld(command) || (endsWriting(command) && mustStay(id));
			if (waits) held.add(id);
			return waits || (isUnknown && !isTold());
		},
		/** Call with each change of a conversation, and of what is listed. */
		note({ id }: Pick<ConversationSync, 'id'>): void {
			if (held.has(id) && !mustStay(id) && held.delete(id)) void outbox.flush();
		}
	};
}
