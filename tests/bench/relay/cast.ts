/**
 * Who is in which conversation, by ids that say it themselves, so that server and load need no common list.
 * user = first conversation: 6 letters, conversations: 4 letters, member: 6 letters (all base 36)
 */
import type { ConversationId, UserId } from '../../../src/lib/domain/ids';

export const conversationId = (n: number): ConversationId =>
	`01900000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;

export const userId = (member: { first: number; conversations: number; member: number }): UserId =>
	base36(member.first, 6) + base36(member.conversations, 4) + base36(member.member, 6);

export function isMember(user: UserId, conversation: ConversationId): boolean {
	const n = parseInt(conversation.slice(-12), 16) - parseInt(user.slice(0, 6), 36);
	return n >= 0 && n < parseInt(user.slice(6, 10), 36);
}

/** The conversations that the user is a member of. */
export function conversationsOf(user: UserId): ConversationId[] {
	const first = parseInt(user.slice(0, 6), 36);
	return Array.from({ length: parseInt(user.slice(6, 10), 36) }, (_, i) => conversationId(first + i));
}

const base36 = (value: number, length: number): string => value.toString(36).padStart(length, '0');
