/** Names the account that a device acts for, in REST requests; `?user=` says the same when it opens its link. */
export const USER_HEADER = 'x-skein-user';

/** The id of a command, minted by its client: one that comes again under the same id changes nothing and answers the same. */
export const COMMAND_HEADER = 'idempotency-key';

/**
 * Of a command about a group: since when its user was in it as they gave it, as its info told them, in milliseconds since
 * 1970; 0 for who was there from the beginning. If they have been out of it since, it is refused.
 */
export const JOINED_HEADER = 'x-skein-joined';
