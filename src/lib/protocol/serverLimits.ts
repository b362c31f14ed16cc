/** How much people may have on a server. */

/** What administrators set while it runs, and between which numbers. */
export const SETTABLE_LIMITS = {
	/** Megabytes that one user's writing may take, in all rooms. */
	userStoreMb: { min: 1, max: 1_000_000 },
	/** Megabytes that one user's writing may take in one room. */
	roomStoreMb: { min: 1, max: 100_000 },
	/** Connections of one user at once. */
	userSockets: { min: 1, max: 100_000 },
	/** Accounts that there may be; without it as many as come. */
	accounts: { min: 1, max: 100_000_000 },
	/** Accounts that are made from one address within an hour; without it as many as are asked for. */
	registrationsPerHour: { min: 1, max: 1_000_000 }
} as const;

export type SettableLimit = keyof typeof SETTABLE_LIMITS;
export const SETTABLE_LIMIT_NAMES = Object.keys(SETTABLE_LIMITS) as [SettableLimit, ...SettableLimit[]];

/** What is part of Skein itself, or set by the environment as the server starts. */
export const FIXED_LIMITS = [
	'userKbPerSecond',
	'groupMembers',
	'conversationsOfUser',
	'conversationsByOthers',
	'conversationsBegunPerHour',
	'groupChangesPerHour',
	'messageCharacters',
	'pictureUploadMb',
	'tokensOfUser',
	'webhooksOfConversation',
	'loginTries',
	'sendsPerMinute',
	'searchesPerMinute',
	'pagesPerMinute',
	'peopleToldPerQuarter'
] as const;

export type FixedLimit = (typeof FIXED_LIMITS)[number];
