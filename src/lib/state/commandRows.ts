import { conversationOf } from '../sync/commands/commandTable';
import { isNewConversation } from '../sync/newConversations';
import { uuidMs, type ConversationId } from '../domain/ids';
import type { CommandProblem, QueuedRow } from './onlyHereRows';
import type { Device } from '../sync/device';
import type { QueuedCommand } from '../sync/outbox';

/** Commands that wait, as the screens list them. A new conversation stands in the list of conversations as such. */
export const queuedRows = (device: Device): QueuedRow[] =>
	device.outbox.commands
		.filter((queued) => !queued.refusal && !isNewConversation(queued))
		.map((queued) => ({
			...rowOf(device, queued),
			at: uuidMs(queued.id),
			cancel: () => device.outbox.cancel(queued.id)
		}));

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
	// A group that one is not in is called as the command has kept it.
	const told = command.type === 'withdraw-request' ? command.name : name;
	const conversationName =
		conversation === undefined ? '' : (device.summaries.get(conversation)?.name ?? told);
	return { id, command, conversationName };
}
