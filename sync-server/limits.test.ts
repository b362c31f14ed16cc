import { describe, expect, it } from 'vitest';
import {
	FRAME_COST,
	HELD_BYTES_MAX,
	OUTPUT_BYTES_LOW,
	OUTPUT_BYTES_MAX,
	OUTPUT_WORDS_MAX,
	PARTS_BYTES_MAX,
	PAYLOAD_BYTES_MAX,
	RELAY_LIMITS
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

	it('let a member write each entry of a full segment in a log of its own', () => {
		expect(limits.segmentLogsMax).toBeGreaterThan(SEGMENT_ENTRIES_MAX);
		expect(limits.segmentLogsMax).toBeGreaterThan(VECTOR_CLIENTS_MAX);
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
