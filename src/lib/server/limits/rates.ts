/** How often things may be asked for. Generous for people and for their bots; too slow for whoever guesses or floods. */

export interface Rate {
	readonly times: number;
	readonly seconds: number;
}

/** What is counted together. A route that names none is a `read` or a `write`. */
export type RateName = keyof typeof RATES;

const MINUTE = 60;
const QUARTER = 15 * MINUTE;
const HOUR = 60 * MINUTE;

export const RATES = {
	/** Those that fail; for one account from one address, and from everywhere. */
	login: {
		address: { times: 100, seconds: QUARTER },
		account: { times: 100, seconds: HOUR },
		pair: { times: 10, seconds: QUARTER }
	},
	/** Those that are right: each is as much work, and begins a session. One that is too many counts as one that fails. */
	rightLogin: { address: { times: 1_200, seconds: HOUR }, account: { times: 120, seconds: HOUR } },
	register: { address: { times: 300, seconds: HOUR } },
	/** Asking for a mail, and using what it holds. */
	reset: { address: { times: 60, seconds: HOUR }, account: { times: 10, seconds: HOUR } },
	/** What is proven by one's password while one is logged in. */
	password: { address: { times: 200, seconds: QUARTER }, account: { times: 20, seconds: QUARTER } },
	report: { address: { times: 120, seconds: HOUR }, account: { times: 20, seconds: HOUR } },
	search: { address: { times: 1_200, seconds: MINUTE }, account: { times: 300, seconds: MINUTE } },
	/** Setting pictures, of oneself and of groups: what is decoded takes a core. */
	picture: { address: { times: 120, seconds: MINUTE }, account: { times: 20, seconds: MINUTE } },
	send: { address: { times: 12_000, seconds: MINUTE }, account: { times: 6_000, seconds: MINUTE } },
	/** Making webhooks, in all conversations. */
	webhook: { address: { times: 600, seconds: HOUR }, account: { times: 60, seconds: HOUR } },
	/** Posting by a webhook, of each webhook: of their maker it counts as sending too. */
	hook: { address: { times: 6_000, seconds: MINUTE }, account: { times: 600, seconds: MINUTE } },
	/** People who are told of changes in groups and of people: some thirty groups of 500 made, or renames of sixty. */
	tell: { address: { times: 150_000, seconds: QUARTER }, account: { times: 30_000, seconds: QUARTER } },
	/** Pages of messages and of conversations: each is as much work as ten other answers. */
	page: { address: { times: 6_000, seconds: MINUTE }, account: { times: 1_200, seconds: MINUTE } },
	/** Beginning conversations: what is left of one stays on the disk, some of it also when everybody has left it. */
	begin: { address: { times: 6_000, seconds: HOUR }, account: { times: 600, seconds: HOUR } },
	/** Changing groups and who is in them: what the conversation says of it stays on the disk, and counts in nobody's share. */
	change: { address: { times: 12_000, seconds: HOUR }, account: { times: 1_200, seconds: HOUR } },
	read: { address: { times: 12_000, seconds: MINUTE }, account: { times: 6_000, seconds: MINUTE } },
	write: { address: { times: 6_000, seconds: MINUTE }, account: { times: 3_000, seconds: MINUTE } },
	/** Deleting messages: each may read as much as a page does. */
	erase: { address: { times: 3_000, seconds: MINUTE }, account: { times: 600, seconds: MINUTE } },
	/** What is refused before it is known what it is counted with: from other sites, without a login, out of scope. */
	refused: { address: { times: 6_000, seconds: MINUTE } },
	/** Lines of the log that tell of refusals: nobody fills it. Of one kind so few that they hide no other. */
	told: { address: { times: 1_200, seconds: QUARTER }, pair: { times: 200, seconds: QUARTER } }
} satisfies Record<string, { readonly address: Rate; readonly account?: Rate; readonly pair?: Rate }>;
