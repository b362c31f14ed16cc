/**
 * What a device does when the directory, the outbox or the blocked people have changed: what is missing here is caught up
 * with, and what is shown of others is told anew.
 */
import { conversationOf, kindOf } from './commands/commandTable';
import { isNewConversation } from './newConversations';
import type { ConversationId, UserId } from '../domain/ids';
import type { ConversationSync } from './conversationSync';
import type { Directory } from '../domain/directory';
import type { OpenConversations } from './openConversations';
import type { Outbox } from './outbox';
import type { People } from './people';
import type { Summaries } from './summaries';

export interface DeviceFollowingOptions {
	/** As the server tells it. */
	readonly told: () => Directory;
	/** The same, and over it what waits here for the server's word. */
	readonly shown: () => Directory;
	readonly open: OpenConversations;
	readonly outbox: Outbox;
	readonly people: People;
	readonly summaries: Summaries;
	/** Conversations that something is missing of on this device. */
	readonly catchUp: (ids: readonly ConversationId[]) => void;
	/** Asks the relay for one that is listed, unless it must wait. One that was refused is asked for anew. */
	readonly connect: (sync: ConversationSync) => void;
	/** What an open conversation shows has changed. */
	readonly noteConversation: (sync: ConversationSync) => void;
	/** Behind each change. */
	readonly onFollowed: () => void;
}

export function createDeviceFollowing(options: DeviceFollowingOptions) {
	const { told, shown, open, outbox, people, summaries, noteConversation } = options;
	/** Whom the person had blocked when what is shown last changed. */
	let wereBlocked: ReadonlyMap<UserId, unknown> = shown().blocked;
	/** Conversations that a command was about when the outbox last changed. */
	let wereTouched: ReadonlySet<ConversationId> = new Set();

	/** What somebody has written is told otherwise where they are, once they are blocked or no longer. */
	function followBlocks(): void {
		const { blocked } = shown();
		if (blocked === wereBlocked) return;
		const before = wereBlocked;
		wereBlocked = blocked;
		const moved = new Set(
			[...blocked.keys(), ...before.keys()].filter((id) => blocked.has(id) !== before.has(id))
		);
		for (const id of moved.size > 0 ? told().conversations.keys() : []) {
			const sync = open.get(id);
			if (sync) noteConversation(sync);
			else if (summaries.get(id)?.others?.some((other) => moved.has(other))) open.glance(id);
		}
	}

	function followDirectory(): void {
		const { conversations } = told();
		for (const { peer } of conversations.values()) if (peer) people.know([peer]);
		open.values().forEach(options.connect);
		options.catchUp([...conversations.keys()].filter((id) => !summaries.get(id)?.complete));
		followBlocks();
		options.onFollowed();
	}

	/** What waits has changed, and with it what is shown: in the list too, which is painted from summaries. */
	function followCommands(): void {
		for (const { command } of outbox.commands) people.know(kindOf(command)?.people?.(command) ?? []);
		for (const { command, refusal } of outbox.commands.filter(isNewConversation))
			if (!refusal && !open.get(command.request.id)) open.glance(command.request.id);
		const touched = new Set(outbox.commands.flatMap(({ command }) => conversationOf(command) ?? []));
		for (const id of new Set([...touched, ...wereTouched])) {
			const sync = open.get(id);
			if (sync) noteConversation(sync);
			else if (told().conversations.has(id)) open.glance(id);
		}
		wereTouched = touched;
		followBlocks();
		options.onFollowed();
	}

	return { followDirectory, followCommands };
}
