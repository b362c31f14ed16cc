import { describe, expect, it } from 'vitest';
import {
	ANSWER_BYTES_MAX,
	BEGUN_BYTES_MAX,
	CHANNEL_BYTES,
	CLOSING_BYTES_MAX,
	FRAME_COST,
	HELD_BYTES_MAX,
	OUTPUT_BYTES_LOW,
	OUTPUT_BYTES_MAX,
	OUTPUT_WORDS_MAX,
	PARTS_BYTES_MAX,
	PAYLOAD_BYTES_MAX,
	QUESTION_COST,
	RELAY_LIMITS,
	SMALL_VECTOR_BYTES,
	DELIVERY_MS,
	deliveryMs,
	TELLING_MS,
	UNREAD_BYTES_LOW,
	UNREAD_BYTES_MAX,
	VECTOR_BYTES_MAX
} from './limits';
import {
	BODY_BYTES_MAX,
	FRAME_BYTES_MAX,
	MEMBERS_MAX,
	SEGMENT_ENTRIES_MAX,
	SEGMENT_MESSAGES_MAX,
	VECTOR_CLIENTS_MAX
} from '../src/lib/domain/limits';
import { LINK_SILENCE_MAX_MS } from '../src/lib/protocol/linkFrames';

const limits = RELAY_LIMITS;
/** Rooms of somebody with very many conversations: each one's info and live segment, their home and directory. */
const CONVERSATIONS = 2_000;
const ROOMS = 2 * CONVERSATIONS + 2;
/** What came together on a device that was away for long. */
const QUEUED_ENTRIES = 10_000;
/** More than a usual message takes, with its header and what frames it. */
const ENTRY_BYTES = 300;
/** Of a usual message in memory. */
const KEPT_MESSAGE_BYTES = 130;

describe('the limits of the relay', () => {
	it('let a channel refuse a frame that is too large before the whole socket is closed for it', () => {
		expect(PAYLOAD_BYTES_MAX).toBeGreaterThan(FRAME_BYTES_MAX);
	});

	it('let what is held, and what comes in parts, be whole frames', () => {
		expect(HELD_BYTES_MAX).toBeGreaterThanOrEqual(2 * FRAME_BYTES_MAX);
		expect(PARTS_BYTES_MAX).toBeGreaterThanOrEqual(FRAME_BYTES_MAX);
	});

	it('let 2,000 conversations be opened at once on a link, twice in a row, without a delay', () => {
		expect(limits.channelsMax).toBeGreaterThanOrEqual(ROOMS);
		expect(limits.opens.burst).toBeGreaterThanOrEqual(2 * ROOMS);
	});

	it('let a device that comes back send 10,000 entries, each in a frame of its own, without a delay', () => {
		expect(limits.bytes.burst).toBeGreaterThan(QUEUED_ENTRIES * (ENTRY_BYTES + FRAME_COST));
	});

	it('make nobody wait so long for one message that a device gives the line up', () => {
		const longestMs = ((PAYLOAD_BYTES_MAX + FRAME_COST) / limits.bytes.perSecond) * 1_000;
		expect(longestMs).toBeLessThan(LINK_SILENCE_MAX_MS / 2);
	});

	it('let a member fill a segment with the longest messages', () => {
		expect(limits.roomBytesMax).toBeGreaterThan(SEGMENT_MESSAGES_MAX * (BODY_BYTES_MAX + ENTRY_BYTES));
		expect(limits.userBytesMax).toBeGreaterThanOrEqual(limits.roomBytesMax);
	});

	it('let a member open the app anew for each message of a full segment, and write and read in it', () => {
		expect(limits.segmentLogsMax).toBeGreaterThanOrEqual(2 * SEGMENT_MESSAGES_MAX);
	});

	it('let somebody load pages that write at home 20 times a day for four years, and then go on', () => {
		expect(limits.homeLogsMax).toBeGreaterThan(20 * 365 * 4);
		expect(limits.homeLogs.burst).toBeGreaterThanOrEqual(50);
		expect(limits.homeLogs.perSecond * 86_400).toBeGreaterThanOrEqual(50);
	});

	it('let a home take a small part of what one may have open, and a device name all of its logs for years', () => {
		const [logBytes, pairBytes, years] = [620, 7, 4];
		expect(limits.homeLogsMax * logBytes).toBeLessThan(limits.openBytesMax / 10);
		const pages = limits.homeLogsMax + years * 365 * 20;
		expect(VECTOR_BYTES_MAX).toBeGreaterThan(pages * pairBytes);
		expect(VECTOR_BYTES_MAX).toBeLessThanOrEqual(HELD_BYTES_MAX / 2);
	});

	it('let a member fill a segment, and have written as much when they were apart, on two more devices', () => {
		expect(limits.roomEntriesMax).toBeGreaterThan(3 * SEGMENT_ENTRIES_MAX);
	});

	it("let somebody's home hold what ten devices keep of very many conversations", () => {
		expect(limits.roomEntriesMax).toBeGreaterThan(2 * 10 * CONVERSATIONS);
	});

	it('let a segment be read by one vector, whoever wrote in it', () => {
		expect(VECTOR_CLIENTS_MAX).toBeGreaterThan(SEGMENT_MESSAGES_MAX);
	});

	it('let several devices bring all that they have written at once', () => {
		expect(BEGUN_BYTES_MAX).toBeGreaterThanOrEqual(4 * ANSWER_BYTES_MAX);
	});

	it('let two devices ask for all rooms of a link at once, while others bring what they have written', () => {
		const asked = 2 * limits.channelsMax * (SMALL_VECTOR_BYTES + QUESTION_COST);
		expect(limits.begunBytesMax).toBeGreaterThan(asked + 4 * ANSWER_BYTES_MAX);
	});

	it('let 2,000 conversations with full segments be open at once, and what one may write in a room beside another', () => {
		const rooms = CONVERSATIONS * SEGMENT_MESSAGES_MAX * KEPT_MESSAGE_BYTES;
		expect(limits.openBytesMax).toBeGreaterThan(rooms + limits.channelsMax * CHANNEL_BYTES);
		expect(limits.openBytesMax).toBeGreaterThan(2 * limits.roomBytesMax);
		expect(limits.openBytesMax).toBeLessThan(limits.userBytesMax / 2);
	});

	it('let three users have as much open as one may before anybody has less', () => {
		expect(limits.allOpenBytesMax).toBeGreaterThan(3 * limits.openBytesMax);
	});

	it('keep what a usual user has open for each of 200 while the memory for all rooms is full', () => {
		const OPEN_AT_ONCE = 30;
		const each = OPEN_AT_ONCE * (SEGMENT_MESSAGES_MAX * KEPT_MESSAGE_BYTES + CHANNEL_BYTES);
		expect(limits.allOpenBytesMax / 200).toBeGreaterThan(each);
	});

	it('let ten devices have all rooms of 2,000 conversations open', () => {
		expect(limits.openBytesMax).toBeGreaterThan(10 * ROOMS * CHANNEL_BYTES);
	});

	it('make a room that is larger than one may have open cost as many people as could have more open without it', () => {
		expect(limits.roomBytesMax).toBeLessThan(limits.openBytesMax);
	});

	it('let somebody be seen to come, go and write by 500 people in each of 20 words for a small part of their time', () => {
		expect(20 * MEMBERS_MAX * TELLING_MS).toBeLessThan(limits.work.burst / 10);
	});

	it('let somebody say five things a second to 500 people, on two devices each, who are told of it besides', () => {
		expect(5 * 2 * 2 * MEMBERS_MAX * DELIVERY_MS).toBeLessThan(limits.work.perSecond / 2);
	});

	it('leave half of the time of the relay to others than who makes it send what they say', () => {
		// A write on a socket takes about 20 µs (docs/BENCHMARKS.md).
		expect(DELIVERY_MS).toBeGreaterThanOrEqual(0.02);
	});

	it('let those who hear make nothing dearer by thousands of sockets than it is in a large group', () => {
		expect(deliveryMs(100_000)).toBe(deliveryMs(2 * MEMBERS_MAX));
		expect(deliveryMs(MEMBERS_MAX)).toBeLessThan(deliveryMs(2 * MEMBERS_MAX));
	});

	it('keep a room that was just left, however much one wrote in it', () => {
		expect(limits.restingBytesMax).toBeGreaterThan(limits.roomBytesMax);
		expect(limits.restingBytesMax).toBeLessThan(limits.openBytesMax);
	});

	it('let a closed socket say less than a message, and more than a word of the end behind what is on its way', () => {
		expect(CLOSING_BYTES_MAX).toBeLessThan(FRAME_BYTES_MAX);
		expect(CLOSING_BYTES_MAX).toBeGreaterThanOrEqual(2 * 16_384);
	});

	it('let a socket have a whole frame waiting for its turn', () => {
		expect(UNREAD_BYTES_MAX).toBeGreaterThan(FRAME_BYTES_MAX / 4);
		expect(UNREAD_BYTES_LOW).toBeLessThan(UNREAD_BYTES_MAX / 2);
	});

	it('let somebody have a conversation open in more tabs than anybody looks at', () => {
		expect(limits.roomChannelsMax).toBeGreaterThanOrEqual(50);
	});

	it('leave more than half of the time of the relay to others than one user', () => {
		expect(limits.work.perSecond).toBeLessThanOrEqual(500);
		expect(limits.work.burst).toBeGreaterThanOrEqual(QUEUED_ENTRIES);
	});

	it('let a slow reader have a whole frame waiting, and catch up in whole frames', () => {
		expect(OUTPUT_BYTES_MAX).toBeGreaterThan(2 * FRAME_BYTES_MAX);
		expect(OUTPUT_BYTES_LOW).toBeLessThan(OUTPUT_BYTES_MAX / 2);
		// One word on what has changed names up to 500 rooms of up to 60 bytes.
		expect(OUTPUT_WORDS_MAX).toBeGreaterThan(ROOMS * 60);
	});

	it('let somebody have more sockets than tabs, and ask on each of them', () => {
		expect(limits.socketsMax).toBeGreaterThan(2 * MEMBERS_MAX - 1);
		expect(limits.asks.burst).toBeGreaterThanOrEqual(50);
	});
});
