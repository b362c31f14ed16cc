/** Names the account that a device acts for, in REST requests; `?user=` says the same when it opens its link. */
export const USER_HEADER = 'x-skein-user';

/** The id of a command, minted by its client: one that comes again under the same id changes nothing and answers the same. */
export const COMMAND_HEADER = 'idempotency-key';
