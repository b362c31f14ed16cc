/** The invite links of a group, as the screens see them. */
import type { ConversationId } from '../domain/ids';
import type { InviteAnswer } from '../protocol/rest';

/** Links into groups: undefined, or false, if the server cannot be asked now or refuses. */
export interface InvitesModel {
	/** Those that hold. */
	list(id: ConversationId): Promise<readonly InviteAnswer[] | undefined>;
	/** The address of a new one. `uses`: how often it may be used; as often as people like if left out. */
	make(
		id: ConversationId,
		how: { readonly hours: number; readonly uses?: number }
	): Promise<string | undefined>;
	/** True once nobody can use it any more. */
	revoke(id: ConversationId, invite: string): Promise<boolean>;
}
