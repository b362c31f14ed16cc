/** What the server refuses, by its code, where a person is asking it and waits for the answer. */
import type { ProblemCode } from '../../../protocol/problemCodes';

export const refused = {
	by_invitation: 'This server takes new people by invitation only. Open the link that you were given.',
	server_full: 'This server has as many accounts as it takes. Ask whoever runs it.',
	suspended: 'This account was suspended by an administrator.',
	account_deleted: 'This account was deleted.',
	own_account: 'This cannot be done to your own account.',
	last_administrator: 'You administer this server. Name somebody who does after you.',
	unknown_user: 'This person has no account here any more, or may not log in.',
	named_administrator: 'Whoever runs this server has named this account as its administrator.',
	sole_administrator: 'Nobody else administers this server. Make somebody else an administrator first.',
	suspended_account: 'This account is suspended. Readmit it first.',
	not_administrator: 'Only an administrator of this server may do this.',
	not_encrypted: 'This address is not encrypted. It has to begin with https.',
	no_such_user: 'There is no such person any more.',
	no_such_report: 'This report is not there any more.',
	no_such_session: 'This device is logged out already.',
	no_such_token: 'This token is no longer valid.',
	no_such_webhook: 'This webhook has been removed already.',
	no_such_conversation: 'You are not in this conversation any more.',
	not_allowed: 'You may not do this here.',
	too_many_invites: 'This group has as many active links as it can have. Revoke one first.',
	too_many_tokens: 'You have as many active tokens as you can have. Revoke one first.',
	too_many_webhooks: 'There are as many webhooks as there can be. Remove one first.'
} as const satisfies Partial<Record<ProblemCode, string>>;
