/**
 * How much of a history is on its way at once. A connection takes megabytes into its buffers, and what is urgent would
 * stand behind them on a slow line: so a mark goes out with each slice, which the other side's WebSocket returns by
 * itself (a ping, RFC 6455 section 5.5.2), and no more is sent than comes back soon. Invariant: as long as marks come
 * back, it opens again. The rule is that of delay-based congestion control (LEDBAT, RFC 6817): more while the delay is
 * that of an empty line, less as soon as bytes wait somewhere on it.
 */
import { SLICE_BYTES } from '../src/lib/protocol/fairQueue';

/** Bytes on their way before anything is known of the line, and on the slowest. */
const WINDOW_MIN = 2 * SLICE_BYTES;
const WINDOW_MAX = 4_000_000;
/** Milliseconds that bytes may wait on the line. */
const DELAY_MAX_MS = 100;
/** The least time there and back is forgotten at this rate, so that a line that has become longer is learnt. */
const LEAST_GROWTH = 1.01;

/** A ping with four bytes. */
const PING_HEAD = [0x89, 4];

interface Mark {
	readonly id: number;
	readonly sentAt: number;
	/** Bytes of histories written until then. */
	readonly written: number;
}

export class SendWindow {
	readonly #now: () => number;
	readonly #marks: Mark[] = [];
	#lastId = 0;
	#bytes = WINDOW_MIN;
	#written = 0;
	#returned = 0;
	#leastMs = Infinity;
	#hasMetDelay = false;

	/** `now` gives milliseconds that never go back. */
	constructor(now: () => number) {
		this.#now = now;
	}

	/** Nothing more of a history should be sent for now. */
	get isFull(): boolean {
		return this.#written - this.#returned >= this.#bytes;
	}

	/** So many bytes of a history go out. Returns the mark to send behind them, as a frame. */
	wrote(bytes: number): Buffer {
		this.#written += bytes;
		this.#lastId = (this.#lastId + 1) >>> 0;
		this.#marks.push({ id: this.#lastId, sentAt: this.#now(), written: this.#written });
		const mark = Buffer.from([...PING_HEAD, 0, 0, 0, 0]);
		mark.writeUInt32BE(this.#lastId, PING_HEAD.length);
		return mark;
	}

	/** The other side returned a mark; whatever else it returns is not looked at. */
	returned(bytes: Uint8Array): void {
		if (bytes.length !== 4) return;
		const id = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0);
		const at = this.#marks.findIndex((mark) => mark.id === id);
		if (at < 0) return;
		const mark = this.#marks[at]!;
		this.#marks.splice(0, at + 1);
		const came = mark.written - this.#returned;
		this.#returned = mark.written;
		this.#adapt(this.#now() - mark.sentAt, came);
	}

	#adapt(tookMs: number, bytes: number): void {
		this.#leastMs = Math.min(tookMs, this.#leastMs * LEAST_GROWTH);
		const isLate = tookMs - this.#leastMs > DELAY_MAX_MS;
		this.#hasMetDelay ||= isLate;
		// Twice as much with each round, until the line is known; from then on a slice more.
		const more = this.#hasMetDelay ? (bytes * SLICE_BYTES) / this.#bytes : bytes;
		const next = isLate ? this.#bytes / 2 : this.#bytes + more;
		this.#bytes = Math.min(WINDOW_MAX, Math.max(WINDOW_MIN, next));
	}
}
