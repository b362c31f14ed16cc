/** Conversations made on this device that the server has not made yet, or would not make. */
import { directConversationId, type ConversationId, type UserId } from '../domain/ids';
import type { Command, Outbox, QueuedCommand } from './outbox';
import type { Person } from '../domain/people';

export interface NewConversationsOptions {
	readonly self: UserId;
	readonly outbox: Outbox;
	readonly mintId: () => ConversationId;
	/** The server has it on this user's list. */
	readonly isListed: (id: ConversationId) => boolean;
	/** Opens the conversation of a command whose outcome has not arrived yet. */
	readonly expect: (command: Command) => void;
}

export interface NewConversation {
	readonly people: readonly Person[];
	readonly name: string;
}

export function createNewConversations({ self, outbox, mintId, isListed, expect }: NewConversationsOptions) {
	/** Carried out by the server, which tells in the directory a moment later. */
	const done = new Map<ConversationId, QueuedCommand>();

	/** Made on this device, and not listed by the server yet. */
	const isPending = (id: ConversationId): boolean =>
		(done.has(id) && !isListed(id)) ||
		outbox.commands.some(({ command, refusal }) => !refusal && command.request.id === id);

	/** The server would not make it: it is on this device alone, with what was written in it. */
	const isRefused = (id: ConversationId): boolean =>
		outbox.commands.some(({ command, refusal }) => refusal && command.request.id === id);

	/**
	 * Starts a conversation at once, on this device; the server hears of it as soon as it can. One person and no name:
	 * the direct conversation with them, which may exist. Rejects if the disk does not take it.
	 */
	async function start({ people, name }: NewConversation): Promise<ConversationId> {
		const direct = people.length === 1 && name.trim() === '';
		const id = direct ? directConversationId(self, people[0]!.id) : mintId();
		if (isListed(id) || isPending(id)) return id;
		const command: Command = {
			type: 'create-conversation',
			request: {
				id,
				kind: direct ? 'direct' : 'group',
				members: people.map((person) => person.id),
				name: direct ? undefined : name.trim()
			},
			people
		};
		const added = outbox.add(command);
		expect(command);
		await added;
		return id;
	}

	return {
		isPending,
		isRefused,
		start,
		/** What is known of conversations that are not listed: from commands that wait, and from those just done. */
		get commands(): readonly QueuedCommand[] {
			const unlisted = [...done.values()].filter(({ id }) => !isListed(id));
			return unlisted.length === 0 ? outbox.commands : [...outbox.commands, ...unlisted];
		},
		/** Call when the server has carried a command out. */
		noteDone(command: Command): void {
			const { id } = command.request;
			done.set(id, { id, command });
		}
	};
}
