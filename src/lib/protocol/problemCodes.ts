/** Codes of refusals by which a client decides what to do. */

/** With 401, to a client that acts for an account that was deleted: its copy is to be erased. */
export const ACCOUNT_DELETED = 'account_deleted';
