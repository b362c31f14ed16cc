// Every limit of the formats in one place. Relations between them are asserted in limits.test.ts.

/** Bytes of one entry's body, its format byte included. */
export const BODY_BYTES_MAX = 64_000;

/**
 * Bytes of one entry's header, which stays for ever: with room for what later versions may add, such as an epoch, hashes of
 * other entries and a signature, and for no text that could not be erased.
 */
export const HEADER_BYTES_MAX = 512;

/** Characters (UTF-16 units) of a message: at 3 bytes a unit it still fits a body with room for its other fields. */
export const MESSAGE_TEXT_MAX = 20_000;

/** Nesting of arrays and objects in a body. Deeper ones are malformed: a decoder must not recurse at a stranger's will. */
export const BODY_DEPTH_MAX = 6;

/** Bytes of UTF-8 of a reaction's emoji: the longest sequences that keyboards offer take half of it. */
export const EMOJI_BYTES_MAX = 64;

/** Clients that one version vector in a body may name; more messages than a segment takes before it is full. */
export const VECTOR_CLIENTS_MAX = 4_000;

/** Pairs of client and clock in the read state of one conversation, over all of its segments. */
export const READ_PAIRS_MAX = 2_000;

/** Messages of one page over REST. */
export const PAGE_MESSAGES_MAX = 200;

/** Conversations of one page over REST, and members of them all after which a page ends sooner. */
export const PAGE_CONVERSATIONS_MAX = 200;
export const PAGE_MEMBERS_MAX = 1_000;

/** Bytes of one sync frame on the wire. */
export const FRAME_BYTES_MAX = 256_000;

/** Client ids whose logs may grow by one sync frame. */
export const FRAME_CLIENTS_MAX = 1_024;

/** Items of one log: one page writes no more, if it writes twice a second for three months. */
export const LOG_ITEMS_MAX = 2 ** 24;

/** Structs of one sync frame, and its deleted ranges: more than entries need, however small, in a full frame. */
export const FRAME_STRUCTS_MAX = 24_000;

/** Messages (erased ones count) after which a segment is full. */
export const SEGMENT_MESSAGES_MAX = 1_000;

/** Entries of any kind after which a segment is full. */
export const SEGMENT_ENTRIES_MAX = 10_000;

/** When a segment is full. Devices and their relay must agree; other limits than these are for tests. */
export interface SegmentLimits {
	readonly segmentMessagesMax: number;
	readonly segmentEntriesMax: number;
}

/**
 * How many segments a conversation may have gone on by between a backup and the moment when it was put back: at 1,000
 * messages each, far more than a day of the busiest group.
 */
export const SEGMENTS_LOST_MAX = 32;

/**
 * For how long after an older copy was put back a group may be made again by somebody's word, in milliseconds: as long as
 * a device may be off for.
 */
export const MADE_AGAIN_FOR_MS = 90 * 86_400_000;

/** How much later than that the id of such a group may say that it began: its device's clock may be wrong. */
export const MADE_AGAIN_CLOCK_MS = 86_400_000;

export const SEGMENT_LIMITS: SegmentLimits = {
	segmentMessagesMax: SEGMENT_MESSAGES_MAX,
	segmentEntriesMax: SEGMENT_ENTRIES_MAX
};

/** How far ahead of the relay's clock a live entry's stamp may be, in milliseconds. */
export const CLOCK_AHEAD_MAX_MS = 5 * 60_000;

/** How long a report of writing holds without being repeated, in milliseconds. */
export const WRITING_HOLDS_MS = 6_000;

export const USERNAME_MIN = 3;
export const USERNAME_MAX = 32;
/** How long nobody may take the username of a deleted account, in milliseconds: 30 days. */
export const NAME_HELD_MS = 30 * 24 * 3_600_000;
export const PASSWORD_MIN = 8;
export const PASSWORD_MAX = 256;
/** Characters of an e-mail address (RFC 5321, 4.5.3.1.3, without its brackets). */
export const EMAIL_MAX = 254;
export const DISPLAY_NAME_MAX = 64;
/** Characters (UTF-16 units) of what people say of themselves: each conversation's info tells it of each member. */
export const ABOUT_MAX = 280;
export const CONVERSATION_NAME_MAX = 80;
/** Characters (UTF-16 units) of what a group says of itself. */
export const DESCRIPTION_MAX = 500;

/** Pixels of the sides of a picture of a person or a group, and bytes of it, as it is kept. */
export const PICTURE_SIDE = 256;
export const PICTURE_BYTES_MAX = 256_000;

/** Bytes, and pixels in all, of a picture as it is handed in: what is larger is not even decoded. */
export const PICTURE_UPLOAD_BYTES_MAX = 3_000_000;
export const PICTURE_UPLOAD_PIXELS_MAX = 4_096 * 4_096;

/** People whom one user may block. */
export const BLOCKS_MAX = 2_000;

/** Messages that a report shows around the one that is reported, on each side of it. */
export const REPORT_AROUND = 3;
/** Characters (UTF-16 units) of each message that a report shows, and of what the reporter says about it. */
export const REPORT_TEXT_MAX = 4_000;
export const REPORT_WORDS_MAX = 1_000;
/** Reports of one user that nobody has settled yet. */
export const REPORTS_OPEN_MAX = 50;

/** Personal API tokens of one user that hold at once, characters of a token's name, and days that it may hold. */
export const API_TOKENS_MAX = 50;
/** Sessions of one user at once: of more, the one that was seen longest ago ends. */
export const SESSIONS_MAX = 100;
export const API_TOKEN_NAME_MAX = 64;
export const API_TOKEN_DAYS_MAX = 366;

/** Members of one group. */
export const MEMBERS_MAX = 500;

/**
 * Conversations that one user may be in; those that others begin with them alone come on top, so that everybody stays
 * within reach. And up to how many others may bring them into a group: what is left then is theirs to use.
 */
export const CONVERSATIONS_OF_USER_MAX = 2_000;
export const CONVERSATIONS_BY_OTHERS_MAX = 1_500;

/** Invite links of one group that hold at once. */
export const INVITES_MAX = 50;
/** How long an invite link may hold, and how long it does if nobody says, in hours. */
export const INVITE_HOURS_MAX = 365 * 24;
export const INVITE_HOURS_DEFAULT = 7 * 24;
/** How often an invite link that counts its uses may be used. */
export const INVITE_USES_MAX = 500;
/** Random bytes of an invite link's token. */
export const INVITE_TOKEN_BYTES = 32;

/** Webhooks of one conversation and of one user in all, characters of a webhook's name and of the address that one calls. */
export const WEBHOOKS_MAX = 20;
export const WEBHOOKS_OF_USER_MAX = 100;
export const WEBHOOK_NAME_MAX = 64;
export const WEBHOOK_URL_MAX = 2_000;

/** People who may ask to join one group at once. */
export const JOIN_REQUESTS_MAX = 200;
/**
 * How long whoever was not let into a group waits before they may ask that group again, in milliseconds: three days, less
 * than a link holds if nobody says how long.
 */
export const JOIN_AGAIN_AFTER_MS = 3 * 24 * 3_600_000;

/** Characters of the id that a client mints for a command. */
export const COMMAND_ID_MAX = 128;

/** How long the server knows a command by its id, in milliseconds: a device that was away so long may still repeat it. */
export const COMMAND_KEPT_MS = 60 * 24 * 60 * 60_000;

/** Commands of one user that the server knows by their ids: of more, the newest. */
export const COMMANDS_KEPT_MAX = 10_000;
