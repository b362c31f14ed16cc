/** What exists on a device alone, counted. */
export interface Lost {
	readonly unsent: number;
	readonly drafts: number;
	readonly queued: number;
}
