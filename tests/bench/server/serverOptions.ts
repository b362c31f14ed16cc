export interface ServerOptions {
	/** Of each figure. */
	readonly runs: number;
	/** In the large group. */
	readonly members: number;
	/** Of the user who logs in. */
	readonly conversations: number;
}
