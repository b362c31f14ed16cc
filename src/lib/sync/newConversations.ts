/** Conversations made on this device that the server has not made yet, or would not make. */
import { directConversationId, type ConversationId } from '../domain/ids';
import { foundingInfo, type Info } from '../domain/info';
import type { CommandOf } from './commands/commandTable';
import type { Outbox, QueuedCommand } from './outbox';
import type { Person } from '../domain/people';

type CreateCommand = CommandOf<'create-conversation'>;

export interface QueuedConversation extends QueuedCommand {
	readonly command: CreateCommand;
}

/** The wish for a new conversation among other commands. */
export const isNewConversation = (queued: QueuedCommand): queued is QueuedConversation =>
	queued.command.type === 'create-conversation';

/** Where it is kept when the person left a group from this device: a server that was put back to before does not know. */
export const leftKey = (id: ConversationId): string => `left ${id}`;

export interface NewConversationsOptions {
	readonly self: Person;
	readonly outbox: Pick<Outbox, 'commands' | 'add'>;
	readonly mintId: () => ConversationId;
	/** The server has it on this user's list. */
	readonly isListed: (id: ConversationId) => boolean;
	/** The server knew it once. */
	readonly isForgotten: (id: ConversationId) => boolean;
	/** Opens the conversation of a command whose outcome has not arrived yet. */
	readonly expect: (command: CreateCommand) => void;
}

export interface NewConversation {
	readonly people: readonly Person[];
	readonly name: string;
}

export function createNewConversations({
	self,
	outbox,
	mintId,
	isListed,
	isForgotten,
	expect
}: NewConversationsOptions) {
	/** Carried out by the server, which tells in the directory a moment later. */
	const done = new Map<ConversationId, QueuedConversation>();
	const infos = new WeakMap<CreateCommand, Info>();

	const asked = (): readonly QueuedConversation[] => outbox.commands.filter(isNewConversation);

	/** Made on this device, and not listed by the server yet. */
	const isPending = (id: ConversationId): boolean =>
		(done.has(id) && !isListed(id)) ||
		asked().some(({ command, refusal }) => !refusal && command.request.id === id);

	/** The server would not make it: it is on this device alone, with what was written in it. */
	const isRefused = (id: ConversationId): boolean =>
		asked().some(({ command, refusal }) => refusal && command.request.id === id);

	/**
	 * Starts a conversation at once, on this device; the server hears of it as soon as it can. One person and no name:
	 * the direct conversation with them, which may exist. Rejects if the disk does not take it.
	 */
	async function start({ people, name }: NewConversation): Promise<ConversationId> {
		const direct = people.length === 1 && name.trim() === '';
		const id = direct ? directConversationId(self.id, people[0]!.id) : mintId();
		if (isListed(id) || isPending(id) || isForgotten(id)) return id;
		const command: CreateCommand = {
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

	/** What is known of conversations that are not listed: from commands that wait, and from those just done. */
	function commands(): readonly QueuedConversation[] {
		const unlisted = [...done.values()].filter(({ command }) => !isListed(command.request.id));
		return [...asked(), ...unlisted];
	}

	return {
		isPending,
		isRefused,
		/** The server was asked for it, and may have made it already: it cannot be taken back any more. */
		isTried: (id: ConversationId): boolean =>
			asked().some(({ command, tried }) => tried && command.request.id === id),
		start,
		get commands(): readonly QueuedConversation[] {
			return commands();
		},
		/** What a group that is not listed begins with: the very same while its command is, so that changes can be laid over. */
		founding(id: ConversationId): Info | undefined {
			const command = commands().find(({ command }) => command.request.id === id)?.command;
			if (command?.request.kind !== 'group') return undefined;
			const info = infos.get(command) ?? foundingInfo(command.request.name ?? '', self, command.people);
			infos.set(command, info);
			return info;
		},
		/** Call when the server has made one. */
		noteDone(queued: QueuedConversation): void {
			const { id } = queued.command.request;
			if (!isListed(id)) done.set(id, queued);
		},
		/** Call when the directory has changed: what it has listed is not new any more, though it may go from there again. */
		followDirectory(): void {
			for (const id of done.keys()) if (isListed(id)) done.delete(id);
		}
	};
}
