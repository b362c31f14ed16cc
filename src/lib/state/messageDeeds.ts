import { textPreview } from '../domain/text';
import type { ConversationModel } from './models';
import type { HeldConversation } from './heldConversation';

/** Characters of a message to know it by. */
const EXCERPT_MAX = 80;

/** What is done to single messages. */
export function messageDeeds(
	held: HeldConversation
): Pick<ConversationModel, 'remove' | 'dropEdits' | 'moderate' | 'react' | 'pin'> {
	return {
		async remove(target) {
			const conversation = held.sync;
			if (!conversation) throw new Error('the conversation is closed');
			const done = await conversation.remove(target);
			held.keep(() => Promise.resolve());
			return done;
		},
		async dropEdits(target) {
			const conversation = held.sync;
			if (!conversation) throw new Error('the conversation is closed');
			const done = await conversation.dropEdits(target);
			await conversation.stored();
			return done;
		},
		async moderate({ id: message, text }) {
			const { device, id: conversation } = held;
			const removal = { conversation, message, text: textPreview(text, EXCERPT_MAX) };
			await device.outbox.add({ type: 'remove-message', ...removal });
		},
		react: (target, emoji, on) => held.keep((conversation) => conversation.react(target, emoji, on)),
		pin: (target, on) => held.keep((conversation) => conversation.pin(target, on))
	};
}
