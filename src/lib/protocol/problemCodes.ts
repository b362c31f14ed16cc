/** The codes of refusals: what programs know them by. They never change. */

/** With 401, to a client that acts for an account that was deleted: its copy is to be erased. */
export const ACCOUNT_DELETED = 'account_deleted';

/**
 * With which a command that waited on a device may be refused for good. What each of them means the catalogue of texts
 * says to the person.
 */
export const COMMAND_REFUSALS = [
	'changed_meanwhile',
	'direct_conversation',
	'gone_meanwhile',
	'id_reused',
	'id_taken',
	'invalid',
	'last_owner',
	'malformed_json',
	'message_gone',
	'no_such_conversation',
	'no_such_member',
	'no_such_message',
	'no_such_method',
	'no_such_path',
	'no_such_request',
	'no_such_user',
	'not_a_picture',
	'not_allowed',
	'not_json',
	'not_moderator',
	'other_origin',
	'out_meanwhile',
	'out_of_reach',
	'out_of_scope',
	'refused',
	'theirs_too_many',
	'too_large',
	'too_many_blocks',
	'too_many_conversations',
	'too_many_members',
	'too_many_pixels',
	'too_many_reports',
	'unknown_user',
	'was_removed'
] as const;

export type CommandRefusal = (typeof COMMAND_REFUSALS)[number];

/** What refuses other requests, or none for good. */
type OtherRefusal =
	| typeof ACCOUNT_DELETED
	| 'by_invitation'
	| 'common_password'
	| 'declined_lately'
	| 'internal'
	| 'last_administrator'
	| 'link_over'
	| 'named_administrator'
	| 'no_space'
	| 'no_such_invite'
	| 'no_such_picture'
	| 'no_such_report'
	| 'no_such_session'
	| 'no_such_token'
	| 'no_such_webhook'
	| 'not_encrypted'
	| 'not_administrator'
	| 'not_logged_in'
	| 'own_account'
	| 'server_full'
	| 'sole_administrator'
	| 'suspended'
	| 'suspended_account'
	| 'too_many_invites'
	| 'too_many_requests_to_join'
	| 'too_many_tokens'
	| 'too_many_webhooks'
	| 'too_often'
	| 'unavailable'
	| 'username_taken'
	| 'wrong_login'
	| 'wrong_password';

export type ProblemCode = CommandRefusal | OtherRefusal;
