import { CLOSE } from '../protocol/closeCodes';
import type { ConversationModel } from './models';
import type { HeldConversation } from './heldConversation';

type Facts = Pick<
	ConversationModel,
	'status' | 'kind' | 'name' | 'swatch' | 'members' | 'pending' | 'writing' | 'complete' | 'unreadable'
>;

/** What is true of a conversation as a whole. */
export function conversationFacts(held: HeldConversation): Facts {
	const { device, id, subscribe } = held;
	return {
		get status() {
			subscribe();
			const { sync, names } = held;
			if (names.known) {
				if (sync?.refusal?.code === CLOSE.forbidden || names.refused) return 'removed';
				return sync?.loaded ? 'open' : 'opening';
			}
			if (sync || device.salvaged.of(id).length > 0) return 'removed';
			return device.directoryKnown ? 'missing' : 'opening';
		},
		get kind() {
			subscribe();
			return held.names.kind;
		},
		get name() {
			subscribe();
			return held.names.name || (device.salvaged.of(id)[0]?.conversationName ?? '');
		},
		get swatch() {
			subscribe();
			return held.names.swatch;
		},
		get members() {
			subscribe();
			return held.names.members;
		},
		get pending() {
			subscribe();
			return held.names.pending;
		},
		get writing() {
			subscribe();
			return device.presence.writingIn(id).map(held.names.nameOf);
		},
		get complete() {
			subscribe();
			return held.names.pending || held.sync?.complete === true;
		},
		get unreadable() {
			subscribe();
			return held.sync?.unreadable ?? 0;
		}
	};
}
