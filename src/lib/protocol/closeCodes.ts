/**
 * Close codes of sockets and channels. 4400–4499 are permanent: the stock provider stops at them; 4500 and up are
 * transient: it tries again. The reason is a short English text for developers.
 */
export const CLOSE = {
	/** The frame could not be understood. */
	badFrame: 4400,
	/** No session, or one that has ended: log in. */
	logIn: 4401,
	/** Not a member, or a write that is not this user's to make. */
	forbidden: 4403,
	/** No such room. */
	noSuchRoom: 4404,
	/** A stamp too far ahead; the reason holds the relay's time in milliseconds. */
	clock: 4409,
	/**
	 * Put out of the conversation, or of this part of it, and let in again perhaps; the reason is the relay's last word on
	 * what it has taken (lastWord).
	 */
	putOut: 4410,
	/** A log of this user's is another's at the relay: what is in it is to be written again in one of their own. */
	logTaken: 4411,
	/** A frame or entry over its limit. */
	tooLarge: 4413,
	/** The user's writing takes as much of the relay's store as it may. */
	storeFull: 4414,
	/** The relay cannot serve now. */
	unavailable: 4500,
	/** The relay is stopping. */
	stopping: 4501,
	/** More sockets or channels at once than one may have. */
	tooMany: 4502,
	/** The segment before this one is not full yet. */
	segmentEarly: 4503
} as const;

/** What a browser gives when a connection breaks without a word; nobody sends it. */
export const BROKEN = 1006;

export const isPermanentClose = (code: number): boolean => code >= 4400 && code < 4500;
