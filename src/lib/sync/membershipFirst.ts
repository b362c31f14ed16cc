/**
 * What one writes in a group after one has changed who reads it leaves behind that change: whoever is removed is not to
 * read it, and whoever is added where history begins at joining is (writtenBehind.ts). What others write comes in meanwhile.
 */
import { joinOf } from './commands/joinOf';
import { conversationOf, type Command } from './commands/commandTable';
import { parseRoom } from '../protocol/rooms';
import type { ConversationId } from '../domain/ids';
import type { ConversationSync } from './conversationSync';
import type { Outbox } from './outbox';

export interface MembershipFirstOptions {
	readonly outbox: () => Pick<Outbox, 'commands' | 'onChange'>;
	readonly conversation: (id: ConversationId) => Pick<ConversationSync, 'info'> | undefined;
}

/** What is written in a room stays on this device for now. */
export interface Holding {
	holds(room: string): boolean;
	/** Settles once it does not any more. */
	whenLet(room: string): Promise<void>;
}

/** The first of the commands that wait which what is written in a conversation leaves behind. */
export function membershipAwaited(
	id: ConversationId,
	{ outbox, conversation }: MembershipFirstOptions
): Command | undefined {
	const changes = outbox().commands.find(
		({ command, refusal }) =>
			!refusal &&
			conversationOf(command) === id &&
			(command.type === 'remove-member' || (joinOf(command) && isFromJoining(conversation(id))))
	);
	return changes?.command;
}

const isFromJoining = (sync: Pick<ConversationSync, 'info'> | undefined): boolean =>
	sync?.info?.history === 'joining';

export function createMembershipFirst(options: MembershipFirstOptions): Holding {
	function holds(name: string): boolean {
		const room = parseRoom(name);
		return room?.type === 'segment' && membershipAwaited(room.conversation, options) !== undefined;
	}

	return {
		holds,
		whenLet: (name) =>
			new Promise((resolve) => {
				const stop = options.outbox().onChange(() => {
					if (holds(name)) return;
					stop();
					resolve();
				});
			})
	};
}
