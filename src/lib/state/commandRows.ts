import { conversationOf, type Command } from '../sync/commands/commandTable';
import { namesOf } from './conversationNames';
import { isNewConversation } from '../sync/newConversations';
import { uuidMs, type ConversationId } from '../domain/ids';
import type { CommandProblem, QueuedRow } from './onlyHereRows';
import type { Device } from '../sync/device';
import type { QueuedCommand } from '../sync/outbox';

/**
 * Commands that wait, as the screens list them. A conversation that is begun with one person is as soon begun again; a new
 * group has a name and members to lose. Its own screen takes it back, with what was written there.
 */
export const queuedRows = (device: Device): QueuedRow[] =>
	device.outbox.commands
		.filter((queued) => !queued.refusal && !isDirect(queued))
		.map((queued) => ({
			...rowOf(device, queued),
			at: uuidMs(queued.id),
			cancel: isNewConversation(queued) ? undefined : () => device.outbox.cancel(queued.id)
		}));

const isDirect = (queued: QueuedCommand): boolean =>
	isNewConversation(queued) && queued.command.request.kind === 'direct';

/** Commands that the server refused, until the person has seen why. */
export const commandProblems = (device: Device): CommandProblem[] =>
	device.outbox.commands
		.filter(({ refusal }) => !refusal?.seen)
		.flatMap((queued) => problemOf(device, queued));

/** Why the server would not make a conversation, whether the person has seen it or not. */
export const refusedMaking = (device: Device, id: ConversationId): CommandProblem | undefined =>
	device.outbox.commands
		.filter((queued) => isNewConversation(queued) && queued.command.request.id === id)
		.flatMap((queued) => problemOf(device, queued))[0];

function problemOf(device: Device, queued: QueuedCommand): CommandProblem[] {
	const { id, refusal } = queued;
	const dismiss = () => void device.outbox.dismiss(id, { keep: holdsText(device, queued) });
	return refusal ? [{ ...rowOf(device, queued), refusal, dismiss }] : [];
}

/** Text was written in a conversation that was never made. */
const holdsText = (device: Device, queued: QueuedCommand): boolean =>
	isNewConversation(queued) && device.unsentIn(queued.command.request.id) > 0;

function rowOf(device: Device, { id, command, name = '' }: QueuedCommand) {
	const conversation = conversationOf(command);
	const conversationName = conversation === undefined ? '' : nameOf(device, conversation, command, name);
	return { id, command, conversationName };
}

/** A group that one is not in is called as the command has kept it; one that is not made yet, as it is shown. */
function nameOf(device: Device, id: ConversationId, command: Command, kept: string): string {
	if (command.type === 'create-conversation') return namesOf(device, id).name;
	return device.summaries.get(id)?.name ?? (command.type === 'withdraw-request' ? command.name : kept);
}
