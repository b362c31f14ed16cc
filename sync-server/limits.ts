/**
 * How much the relay lets one socket, one user and one room have. The limits of the formats are in domain/limits.ts;
 * relations between all of them are asserted in limits.test.ts. What arrives in bursts is never refused for its rate: the
 * socket is not read for a while.
 */
import { FRAME_BYTES_MAX, MEMBERS_MAX, SEGMENT_LIMITS } from '../src/lib/domain/limits';
import type { Rate } from './tokenBucket';
import type { UpkeepLimits } from './roomUpkeep';

/**
 * Bytes of a sync step 2 that answers the relay's step 1: a stock provider says all that it has written in one, also
 * what it wrote in weeks without a network.
 */
export const ANSWER_BYTES_MAX = 16 * FRAME_BYTES_MAX;

/** Bytes of a message that is read at all: one over it closes the socket, one over a frame, or an answer, its channel. */
export const PAYLOAD_BYTES_MAX = ANSWER_BYTES_MAX + FRAME_BYTES_MAX;

/** Bytes that must arrive between two pings for a socket to be alive that answers none: its message is a long one. */
export const PROGRESS_BYTES_MIN = 15_000;

/**
 * Bytes of a sync step 1: a home has a log for each page that was ever loaded on a device, and a device names all of them
 * whenever it connects.
 */
export const VECTOR_BYTES_MAX = 2 * FRAME_BYTES_MAX;

/** More than stands in front of the vector or the update of a message. */
export const MESSAGE_HEAD_BYTES = 10;

/** Bytes held for one socket, or one channel, until its caller is known and its room is read. What is over it comes again. */
export const HELD_BYTES_MAX = 4 * FRAME_BYTES_MAX;

/** Bytes of messages that have not ended, and of questions that are not answered, on all sockets of a user. */
export const BEGUN_BYTES_MAX = 8 * PAYLOAD_BYTES_MAX;

/**
 * Bytes of one socket that wait for their turn to be read, {@link FRAME_COST} for each message included, before it is not
 * read on, and how few do when it is again.
 */
export const UNREAD_BYTES_MAX = 128_000;
export const UNREAD_BYTES_LOW = 32_000;

/**
 * Bytes that are read of a socket that the relay has closed, for the other side's word of the end: more is not read, and
 * the line is cut a little later. What a device has on its way as it is refused is no longer of use.
 */
export const CLOSING_BYTES_MAX = 64_000;

/**
 * Bytes of a device's word on a link that carries no message of a room: a name, a query. As much as Node takes of the URL
 * of a socket of its own; a query of megabytes would be read for seconds.
 */
export const WORD_BYTES_MAX = 16_384;

/** Bytes of messages in parts that are not whole yet, on one link: a device has at most 8 of them on their way. */
export const PARTS_BYTES_MAX = 8 * FRAME_BYTES_MAX;

/**
 * Bytes that wait for a slow reader: on one socket in small messages, and as many in large ones; and on one channel. What comes on top is left out, and the room is
 * brought up to date from its document once no more than the lowest number wait. A message that is larger by itself is
 * sent all the same, when nothing of its channel waits.
 */
export const OUTPUT_BYTES_MAX = 1_000_000;
export const OUTPUT_CHANNEL_BYTES_MAX = 250_000;
export const OUTPUT_BYTES_LOW = 250_000;

/** Bytes that wait for all slow readers of a user; above it, a socket has a piece or a message, and no second one. */
export const OUTPUT_USER_BYTES_MAX = 16_000_000;

/** A state vector up to this size is kept as it came until it is answered; of a larger one, what it says of logs that are here. */
export const SMALL_VECTOR_BYTES = 1_000;

/** What a question takes until it is answered, beside its vector. */
export const QUESTION_COST = 500;

/**
 * About the bytes of a piece of what a channel is owed of its room's logs, and on how many channels of a socket one is
 * being made at once: it may have to wait for a commit.
 */
export const PIECE_BYTES = 128_000;
export const PIECES_MAX = 8;

/** Channels of a link that a device may have served before the others. */
export const FIRST_CHANNELS_MAX = 32;

/** Bytes of a link's own words (answers to pings, what has changed) that wait for a slow reader before it is closed. */
export const OUTPUT_WORDS_MAX = 1_000_000;

/** What a message costs its user beside its bytes, so that many small ones count too. */
export const FRAME_COST = 200;

/** What an item that is erased before it comes costs its user: a run of them is a few bytes, and fills a segment too. */
export const ERASED_ITEM_COST = 8;

/** About the milliseconds that it takes to tell one link of who has come, gone or writes: they are charged to that person. */
export const TELLING_MS = 0.01;

/** About the milliseconds that it takes to send one channel or link what somebody said: a write on its socket. */
export const DELIVERY_MS = 0.02;

/** A group of the largest size with two devices each. */
const HEARERS_CHARGED_MAX = 2 * MEMBERS_MAX;

/**
 * Milliseconds that are charged to who said something on a socket, since a few bytes may go out to thousands. Those who hear
 * do not make it dearer than a large group is, with however many sockets.
 */
export const deliveryMs = (hearers: number): number => Math.min(hearers, HEARERS_CHARGED_MAX) * DELIVERY_MS;

/** What a channel takes in memory beside its room, which is counted once for each user. */
export const CHANNEL_BYTES = 3_000;

export interface StoreLimits {
	/** Bytes that one user's writing may take in one room. */
	readonly roomBytesMax: number;
	/** Bytes that one user's writing may take in all rooms. */
	readonly userBytesMax: number;
	/** Entries that stand of one user in one room: each opening of it looks at all of them, however short they are. */
	readonly roomEntriesMax: number;
	/**
	 * Logs that one user may begin in one segment: each page that writes in it begins one, everyone keeps it, and each
	 * message that anybody writes there costs more for it.
	 */
	readonly segmentLogsMax: number;
	/**
	 * Logs in a user's home: each page load that writes there begins one, and it stays, though all of it be erased. Behind
	 * so many they begin at a rate, so that nobody is kept out of their own home for good.
	 */
	readonly homeLogsMax: number;
	readonly homeLogs: Rate;
}

export interface UserLimits {
	/** Sockets at once: devices, tabs, and stock providers, which take one for each room. */
	readonly socketsMax: number;
	/** Bytes that arrive, with {@link FRAME_COST} for each message. */
	readonly bytes: Rate;
	/** Rooms that are opened. */
	readonly opens: Rate;
	/** Questions for what has changed. */
	readonly asks: Rate;
	/** Milliseconds that the relay works for the user. */
	readonly work: Rate;
	/** Channels of one room: tabs and devices that have it open at once. */
	readonly roomChannelsMax: number;
	/** Bytes of messages that have not ended, and of questions that are not answered. */
	readonly begunBytesMax: number;
	/** Bytes of the rooms that they have open, and {@link CHANNEL_BYTES} for each channel; one room may be larger by itself. */
	readonly openBytesMax: number;
}

export interface RelayLimits extends UpkeepLimits, UserLimits, StoreLimits {
	/** Rooms open at once on one link. */
	readonly channelsMax: number;
	/**
	 * Bytes of all rooms that somebody has open, each counted once, and {@link CHANNEL_BYTES} for each channel. While there
	 * are more, a user whose rooms take more than an even part of that opens no other, so that those with few go on.
	 */
	readonly allOpenBytesMax: number;
	/** Bytes of rooms that nobody is in and that are kept in memory for a while: those that rest longest leave first. */
	readonly restingBytesMax: number;
}

/** Those that may change while the relay runs: they are read whenever something is weighed. */
export type StandingLimits = Pick<RelayLimits, 'socketsMax' | 'roomBytesMax' | 'userBytesMax'>;

export const RELAY_LIMITS: RelayLimits = {
	...SEGMENT_LIMITS,
	updatesMax: 1_000,
	channelsMax: 5_000,
	restingBytesMax: 128_000_000,
	socketsMax: 1_000,
	bytes: { perSecond: 1_000_000, burst: 16_000_000 },
	opens: { perSecond: 500, burst: 10_000 },
	asks: { perSecond: 2, burst: 100 },
	work: { perSecond: 500, burst: 10_000 },
	roomChannelsMax: 64,
	begunBytesMax: BEGUN_BYTES_MAX,
	openBytesMax: 300_000_000,
	allOpenBytesMax: 1_000_000_000,
	roomBytesMax: 100_000_000,
	userBytesMax: 1_000_000_000,
	roomEntriesMax: 50_000,
	segmentLogsMax: 2_048,
	homeLogsMax: 32_768,
	homeLogs: { perSecond: 100 / 86_400, burst: 100 }
};
