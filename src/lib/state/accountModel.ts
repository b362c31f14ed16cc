import type { Answer } from '../sync/answer';
import type { Device } from '../sync/device';
import type { DeleteMeRequest, OwnUser, SessionInfo } from '../protocol/rest';

/** Why the server did not do it; status 0 without a connection. */
export type AccountRefusal = Omit<Extract<Answer<never>, { ok: false }>, 'ok'>;

/** Undefined once it is done. */
type Done = Promise<AccountRefusal | undefined>;

/** What is going on with the account. */
interface AccountEnding {
	/** It is being deleted from here, so nobody needs to be told. */
	deleting: boolean;
}

/**
 * What a person does with their own account and needs a connection for: passwords are never kept on a device, and who is
 * logged in elsewhere the server alone knows.
 */
export interface AccountModel extends Readonly<AccountEnding> {
	/** The account as the server has it, with its address. */
	own(): Promise<OwnUser | AccountRefusal>;
	/** An empty address takes it away. */
	changeEmail(change: { readonly email: string; readonly password: string }): Done;
	/** Ends all other sessions. */
	changePassword(change: { readonly password: string; readonly newPassword: string }): Done;
	/** Where one is logged in, the session used last first. */
	sessions(): Promise<readonly SessionInfo[] | AccountRefusal>;
	endSession(id: string): Done;
	endOtherSessions(): Done;
	/** `erase`: all that one wrote goes too, from everybody's devices. What this device keeps is then to be erased. */
	deleteAccount(request: DeleteMeRequest): Done;
}

export const isRefusal = (answer: object): answer is AccountRefusal => 'status' in answer;

export const refusalOf = (answer: Answer<unknown>): AccountRefusal | undefined =>
	answer.ok ? undefined : answer;

export function createAccountModel({ api }: Pick<Device, 'api'>, ending: AccountEnding): AccountModel {
	return {
		get deleting() {
			return ending.deleting;
		},
		async own() {
			const answer = await api.me();
			return answer.ok ? answer.value.user : answer;
		},
		changeEmail: async (change) => refusalOf(await api.changeEmail(change)),
		changePassword: async (change) => refusalOf(await api.changePassword(change)),
		async sessions() {
			const answer = await api.sessions();
			return answer.ok ? answer.value.sessions : answer;
		},
		endSession: async (id) => refusalOf(await api.endSession(id)),
		endOtherSessions: async () => refusalOf(await api.endOtherSessions()),
		async deleteAccount(request) {
			ending.deleting = true;
			const refusal = refusalOf(await api.deleteAccount(request));
			ending.deleting = !refusal;
			return refusal;
		}
	};
}
