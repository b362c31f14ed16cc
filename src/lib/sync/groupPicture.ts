/** Another picture for a group, or none, as a command: over what its server has, as far as the person saw it. */
import type { ConversationId } from '../domain/ids';
import type { NamedUpload } from './commands/commandKind';
import type { Outbox } from './outbox';

interface Wanted {
	readonly conversation: ConversationId;
	/** The one that is shown by now; undefined for none. */
	readonly shown: string | undefined;
	readonly picture: NamedUpload | undefined;
}

/** Rejects if the disk does not take it. */
export async function setGroupPicture(
	outbox: Pick<Outbox, 'commands' | 'cancel' | 'add'>,
	{ conversation, shown = '', picture }: Wanted
): Promise<void> {
	let was: string | undefined = shown;
	for (const { id, command, refusal } of outbox.commands) {
		if (refusal || command.type !== 'set-group-picture' || command.conversation !== conversation) continue;
		// The new one takes the place of one that waits; of one that has left, the server's name is not known yet.
		was = (await outbox.cancel(id)) ? command.was : undefined;
	}
	if (was?.startsWith('new-')) was = undefined;
	await outbox.add({ type: 'set-group-picture', conversation, picture, was });
}
