import type { ConversationStore } from './conversationStore';
import { roomAccess } from './roomAccess';
import type { Sessions } from '../auth/sessions';
import { allowsUpgradeFrom } from '../http/origin';
import type { RelayAccess } from '../relayPort';
import type { Settings } from '../settings';

/** The relay's answers about people, from the same tables wherever it runs. */
export const relayAccess = (
	{ sessions, conversations }: { sessions: Sessions; conversations: ConversationStore },
	settings: Settings
): RelayAccess => ({
	authenticate: (headers) => sessions.authenticate(headers),
	isLoggedIn: (sessionId) => sessions.lives(sessionId),
	access: async (user, room) => roomAccess(conversations, user, room),
	conversationsOf: async (user) => conversations.idsOfMember(user),
	allowsOrigin: (request) => allowsUpgradeFrom(request, settings)
});
