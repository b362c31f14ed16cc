/** The rules on what may be asked for when a conversation is made, apart from what is in the database. */
import type { z } from 'zod';
import { Problem } from '../http/problem';
import { tooManyMembers } from './groupProblems';
import { directConversationId, directPeers, type ConversationId, type UserId } from '../../domain/ids';
import { MEMBERS_MAX } from '../../domain/limits';
import type { ConversationKind } from '../../domain/info';
import type { createConversationSchema } from '../../protocol/rest';

type Request = z.output<typeof createConversationSchema>;
export type Stood = NonNullable<Request['stood']>;

export interface WantedConversation {
	readonly id: ConversationId;
	readonly kind: ConversationKind;
	readonly name: string;
	/** Everybody but the creator. */
	readonly others: readonly UserId[];
	/** How it stood before the server forgot it. */
	readonly stood?: Stood | undefined;
}

/** What is wanted, put straight. `mintId` names a group that comes without an id. Throws a Problem. */
export function wantedConversation(
	creator: UserId,
	{ id, kind, members, name = '', stood }: Request,
	mintId: () => ConversationId
): WantedConversation {
	const placed = stood?.places?.map(({ user }) => user) ?? [];
	const others = [...new Set([...members, ...placed])].filter((member) => member !== creator);
	if (kind === 'direct') return { ...wantedDirect(creator, others, id), stood };
	if (id !== undefined && directPeers(id)) {
		throw new Problem(
			400,
			'invalid',
			'This is the id of a direct conversation, and a group cannot have it.',
			'id'
		);
	}
	if (others.length + 1 > MEMBERS_MAX) throw tooManyMembers();
	return { id: id ?? mintId(), kind, name, others, stood };
}

function wantedDirect(
	creator: UserId,
	others: readonly UserId[],
	id: ConversationId | undefined
): WantedConversation {
	if (others.length > 1) {
		throw new Problem(
			400,
			'invalid',
			'A direct conversation is with one person. Start a group for more.',
			'members'
		);
	}
	const derived = directConversationId(creator, others[0] ?? creator);
	if (id !== undefined && id !== derived) {
		throw new Problem(
			400,
			'invalid',
			'This id is not the one of a direct conversation between these two.',
			'id'
		);
	}
	return { id: derived, kind: 'direct', name: '', others };
}
