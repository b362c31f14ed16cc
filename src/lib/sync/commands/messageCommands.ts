import type { ConversationId } from '../../domain/ids';
import type { EntryId } from '../../domain/entry';
import type { KindsOf } from './commandKind';

/** Commands about single messages: what their authors cannot do in their own logs. */
export interface MessageCommands {
	/** As a moderator. `text` is the beginning of what it said, to know it by. */
	'remove-message': {
		readonly conversation: ConversationId;
		readonly message: EntryId;
		readonly text: string;
	};
}

export const messageCommands: KindsOf<MessageCommands> = {
	'remove-message': {
		conversation: ({ conversation }) => conversation,
		touches: ({ conversation }) => [conversation]
	}
};
