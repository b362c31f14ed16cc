/** Names the account that a device acts for, in REST requests; `?user=` says the same when it opens its link. */
export const USER_HEADER = 'x-skein-user';
