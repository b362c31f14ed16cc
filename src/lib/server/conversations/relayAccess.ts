import type { BlockStore } from '../accounts/blockStore';
import type { MemberStore } from './memberStore';
import { roomAccess } from './roomAccess';
import type { Sessions } from '../auth/sessions';
import { allowsUpgradeFrom, originOf } from '../http/origin';
import type { RelayAccess } from '../relayPort';
import type { Settings } from '../settings';

/** The relay's answers about people, from the same tables wherever it runs. */
export const relayAccess = (
	{ sessions, members, blocks }: { sessions: Sessions; members: MemberStore; blocks: BlockStore },
	settings: Settings
): RelayAccess => ({
	async authenticate(headers, request) {
		const origin = originOf(request, settings);
		const caller = await sessions.authenticate(headers, origin === undefined ? undefined : new URL(origin));
		return caller?.scopes && !caller.scopes.includes('sync') ? undefined : caller;
	},
	isLoggedIn: (sessionId) => sessions.lives(sessionId),
	access: async (user, room) => roomAccess(members, user, room),
	conversationsOf: async (user) => [...members.firstSegments(user).keys()],
	firstSegments: async (user) => members.firstSegments(user),
	blockedBy: async (user) => blocks.of(user).map(({ id }) => id),
	writesSince: async (user, conversation) => members.reach(conversation, user)?.writesSince ?? 0,
	allowsOrigin: (request) => allowsUpgradeFrom(request, settings)
});
