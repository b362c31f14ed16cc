/** The invite links of a group, as the screens see them. */
import { refusalOf, type AccountRefusal } from './accountModel';
import type { ConversationId } from '../domain/ids';
import type { Device } from '../sync/device';
import type { InviteAnswer } from '../protocol/rest';

/** Links into groups. The server alone knows them: it may refuse, or not be there to be asked. */
interface InvitesModel {
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

export const createInvitesModel = ({ api }: Device): InvitesModel => ({
	async list(id) {
		const answer = await api.invites(id);
		return answer.ok ? answer.value.invites : answer;
	},
	async make(id, how) {
		const answer = await api.createInvite(id, how);
		return answer.ok ? { link: `${location.origin}/invite/${answer.value.token}` } : answer;
	},
	revoke: async (id, invite) => refusalOf(await api.revokeInvite(id, invite))
});
