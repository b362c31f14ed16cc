/** The invite links of a group, as the screens see them. */
import type { ConversationId } from '../domain/ids';
import type { InviteAnswer } from '../protocol/rest';
import type { AccountRefusal } from './accountModel';

/** Links into groups. The server alone knows them: it may refuse, or not be there to be asked. */
export interface InvitesModel {
	/** Those that hold. */
	list(id: ConversationId): Promise<readonly InviteAnswer[] | AccountRefusal>;
	/** The address of a new one. `uses`: how often it may be used; as often as people like if left out. */
	make(
		id: ConversationId,
		how: { readonly hours: number; readonly uses?: number }
	): Promise<{ readonly link: string } | AccountRefusal>;
	/** Undefined once nobody can use it any more. */
	revoke(id: ConversationId, invite: string): Promise<AccountRefusal | undefined>;
}
