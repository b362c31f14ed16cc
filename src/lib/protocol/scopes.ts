/** What a personal API token may be allowed. What no scope opens, only a session may do. */
export const SCOPES = [
	'messages:read',
	'messages:send',
	'messages:delete',
	'conversations:read',
	'conversations:write',
	'people:read',
	'profile:read',
	'profile:write',
	'sync'
] as const;

export type Scope = (typeof SCOPES)[number];
