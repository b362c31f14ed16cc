/**
 * Takes back a conversation that the server has not heard of, and all that was asked for in it. What was written there is
 * kept among the salvaged texts. A page that ends halfway leaves texts in a conversation that nobody lists: those the
 * device finds at its next start (deviceSalvage).
 */
import { conversationOf } from './commands/commandTable';
import { isNewConversation } from './newConversations';
import type { ConversationId } from '../domain/ids';
import type { OpenConversations } from './openConversations';
import type { Outbox } from './outbox';

export interface DiscardOptions {
	readonly open: Pick<OpenConversations, 'use'>;
	readonly outbox: Pick<Outbox, 'commands' | 'cancel'>;
	/** Keeps what stands in the field. */
	readonly keepTyped: () => Promise<void>;
}

/** False if the server may have heard of it: then nothing is changed. */
export async function discardConversation(
	id: ConversationId,
	{ open, outbox, keepTyped }: DiscardOptions
): Promise<boolean> {
	const about = outbox.commands.filter(({ command }) => conversationOf(command) === id);
	const creation = about.find((queued) => isNewConversation(queued) && !queued.refusal);
	const { sync, release } = open.use(id, { inBackground: true });
	try {
		await sync.whenLoaded;
		if (!creation || !(await outbox.cancel(creation.id))) return false;
		sync.giveUp('discarded');
		for (const queued of about) if (queued !== creation) await outbox.cancel(queued.id);
		await keepTyped();
		return true;
	} finally {
		release();
	}
}
