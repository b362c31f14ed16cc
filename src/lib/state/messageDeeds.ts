import type { ConversationModel } from './models';
import type { HeldConversation } from './heldConversation';

/** What is done to single messages. */
export function messageDeeds(held: HeldConversation): Pick<ConversationModel, 'remove' | 'react' | 'pin'> {
	return {
		async remove(target) {
			const conversation = held.sync;
			if (!conversation) return 'cancelled';
			const done = await conversation.remove(target);
			held.keep(() => Promise.resolve());
			return done;
		},
		react: (target, emoji, on) => held.keep((conversation) => conversation.react(target, emoji, on)),
		pin: (target, on) => held.keep((conversation) => conversation.pin(target, on))
	};
}
