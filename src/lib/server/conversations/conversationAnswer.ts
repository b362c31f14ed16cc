import type { Conversation } from './conversationStore';
import type { Outcome } from '../commands/commandLog';
import type { Invite } from './inviteStore';
import type { Invited } from './invites';
import { personFields } from '../../domain/people';
import type { ConversationAnswer, InviteAnswer, InvitedAnswer } from '../../protocol/rest';

/** A conversation as the REST API tells it to its members. */
export const conversationAnswer = (conversation: Conversation): ConversationAnswer => {
	const { id, kind, name, description, picture, history, joining, live, createdAt } = conversation;
	return {
		id,
		kind,
		name,
		description,
		...(picture === null ? {} : { picture }),
		history,
		joining,
		members: conversation.members.map(({ id: member, role, ...person }) => ({
			id: member,
			...personFields(person),
			role
		})),
		live,
		createdAt
	};
};

/** What is answered to who has changed it. */
export const conversationOutcome = (status: number, conversation: Conversation): Outcome => ({
	status,
	answer: { conversation: conversationAnswer(conversation) },
	about: { conversation: conversation.id }
});

export const inviteAnswer = ({ id, creator, createdAt, expiresAt, uses, usesMax }: Invite): InviteAnswer => ({
	id,
	creator,
	createdAt,
	expiresAt,
	uses,
	...(usesMax === null ? {} : { usesMax })
});

/** What a link leads to, for people who are not in the group: who is in it is the members' affair. */
export const invitedAnswer = ({ invite, group, standing, mustAsk, askAgainAt }: Invited): InvitedAnswer => ({
	name: group.name,
	description: group.description,
	...(group.picture === null ? {} : { picture: group.picture }),
	members: group.members.length,
	mustAsk,
	expiresAt: invite.expiresAt,
	askAgainAt,
	...(standing === undefined ? {} : { standing, conversationId: group.id })
});
