import type { ConversationId } from '../domain/ids';
import type { EntryId } from '../domain/entry';
import type { SalvagedText, SalvageReason } from './salvagedTexts';
import type { UnsentText } from '../domain/unsentTexts';

/** What is said with a text that is kept. */
export interface CopyOptions {
	readonly conversation: ConversationId;
	readonly reason: SalvageReason;
	/** What a conversation is called, and what a reply quotes, as far as this device knows. */
	readonly describe: () => {
		readonly name: string;
		readonly quote: (id: EntryId) => SalvagedText['replyTo'];
	};
}

/** The text as it is kept for the person. */
export function copyOf(said: UnsentText, { conversation, reason, describe }: CopyOptions): SalvagedText {
	const { name, quote } = describe();
	const { source, text, isEdit, at } = said;
	const replyTo = said.replyTo === undefined ? undefined : quote(said.replyTo);
	const copy = { conversation, conversationName: name, source, text, isEdit, at, reason };
	return replyTo ? { ...copy, replyTo } : copy;
}
