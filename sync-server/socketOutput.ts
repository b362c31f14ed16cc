/**
 * What goes out on one socket: the socket's own words at once, messages of its channels in turn and bounded.
 * Invariants: what waits here for a slow reader is bounded: over the limit a channel's messages are dropped, and the
 * channel is told to catch up once there is room; little waits at the connection itself, so that what is urgent
 * overtakes what is large. Frames are written on the connection, whole ones between those of ws, since they are the same
 * bytes for every receiver; those of one turn of the event loop go out in one piece.
 */
import { FairQueue, SLICE_BYTES } from '../src/lib/protocol/fairQueue';
import { OUTPUT_BYTES_LOW, OUTPUT_BYTES_MAX, OUTPUT_WORDS_MAX } from './limits';
import { Outgoing } from './outgoing';
import { SendWindow } from './sendWindow';
import type { Duplex } from 'node:stream';
import type { Loss } from './arrears';

/** Whose messages a channel's are. */
export interface ChannelEnd {
	/** This did not go out, and will not. */
	lost(loss: Loss): void;
	/** There is room for what was lost. */
	catchUp(): void;
}

export interface SocketOutputOptions {
	/** The connection, which ws reads from and writes its own words on. */
	readonly connection: Duplex;
	readonly isOpen: () => boolean;
	/** Milliseconds that never go back. */
	readonly elapsedMs: () => number;
	/** Even the socket's own words pile up. */
	readonly onStuck: () => void;
	/** Each frame that goes out, with its bytes. */
	readonly onFrame: (bytes: number) => void;
}

interface Waiting {
	readonly bytes: Uint8Array;
	readonly outgoing: Outgoing;
	readonly loss: Loss;
}

/** What is ready is copied into one piece up to this size; a larger one is cheaper handed over in pieces. */
const COPIED_BYTES_MAX = 2 * SLICE_BYTES;

/** The number of the only channel of a socket that is no link. */
export const ALONE = 0;

export class SocketOutput {
	readonly #options: SocketOutputOptions;
	readonly #window: SendWindow;
	readonly #queue: FairQueue<Waiting>;
	readonly #isLink: boolean;
	readonly #ends = new Map<number, ChannelEnd>();
	/** Channels that must catch up. */
	readonly #behind = new Set<number>();
	#words: Uint8Array[] = [];
	#wordBytes = 0;
	/** Words that wait until these channels have sent what they had. */
	#later: { readonly word: Uint8Array; readonly channels: Set<number> }[] = [];
	/** Goes out at the end of this turn. */
	#ready: Buffer[] = [];
	#readyBytes = 0;
	#written = 0;
	#isPumping = false;
	/** The connection has not taken what it was last given. */
	#isFull = false;

	constructor(isLink: boolean, options: SocketOutputOptions) {
		this.#isLink = isLink;
		this.#options = options;
		this.#window = new SendWindow(options.elapsedMs);
		this.#queue = new FairQueue({ sliceBytes: isLink ? SLICE_BYTES : Infinity });
		options.connection.on('drain', () => {
			this.#isFull = false;
			this.#pump();
		});
	}

	/** Bytes that wait for the reader. */
	get bytes(): number {
		return this.#queue.bytes + this.#wordBytes + this.#readyBytes + this.#options.connection.writableLength;
	}

	/** Bytes that the connection has passed on so far. */
	get taken(): number {
		return this.#written - this.#options.connection.writableLength;
	}

	/** From now on the channel may send. */
	open(channel: number, end: ChannelEnd): void {
		this.#ends.set(channel, end);
	}

	/** The channel is no more: nothing of it goes out. */
	close(channel: number): void {
		this.#ends.delete(channel);
		this.#queue.remove(channel);
		this.#behind.delete(channel);
		this.#settle(channel);
	}

	/** The channel goes before others from now on, or no longer does. */
	rank(channel: number, isFirst: boolean): void {
		this.#queue.rank(channel, isFirst);
	}

	/** Sends a message of a channel, in its turn. */
	send(channel: number, outgoing: Outgoing, loss: Loss): void {
		if (this.#behind.has(channel)) return this.#ends.get(channel)?.lost(loss);
		const { length } = outgoing.bytes;
		if (length <= SLICE_BYTES && this.#queue.isEmpty && this.#takesMore)
			return this.#writeWhole(channel, outgoing);
		if (this.#queue.bytes > OUTPUT_BYTES_LOW && this.#queue.bytes + length > OUTPUT_BYTES_MAX)
			return this.#fallBehind(channel, loss);
		this.#queue.push(channel, { bytes: outgoing.bytes, outgoing, loss });
		this.#pump();
	}

	/** Sends a link frame of the link's own, before everything that waits. */
	word(word: Uint8Array): void {
		if (this.#words.length === 0 && this.#takesMore) return this.#writeFrames(new Outgoing(word).onSocket);
		this.#wordBytes += word.length;
		this.#words.push(word);
		if (this.#wordBytes > OUTPUT_WORDS_MAX) this.#options.onStuck();
	}

	/** Sends a link frame of the link's own behind all that waits now: it tells of having sent it. */
	wordBehind(word: Uint8Array): void {
		const channels = new Set([...this.#queue.channels(), ...this.#behind]);
		if (channels.size === 0 && this.#later.length === 0) return this.word(word);
		this.#wordBytes += word.length;
		this.#later.push({ word, channels });
		if (this.#wordBytes > OUTPUT_WORDS_MAX) this.#options.onStuck();
	}

	/** The other side's WebSocket has returned a ping. */
	returned(mark: Uint8Array): void {
		this.#window.returned(mark);
		this.#pump();
	}

	/** Hands what is ready to the connection, so that whatever is written next stands behind it. */
	flush(): void {
		if (this.#ready.length === 0) return;
		const [ready, bytes] = [this.#ready, this.#readyBytes];
		this.#ready = [];
		this.#readyBytes = 0;
		const { connection, isOpen } = this.#options;
		if (!isOpen()) return;
		this.#written += bytes;
		if (ready.length > 1 && bytes <= COPIED_BYTES_MAX) {
			this.#isFull = !connection.write(Buffer.concat(ready, bytes));
			return;
		}
		connection.cork();
		for (const frame of ready) this.#isFull = !connection.write(frame);
		connection.uncork();
	}

	/** The socket is closing: nothing more goes out. */
	end(): void {
		this.#ends.clear();
		this.#queue.clear();
		this.#behind.clear();
		this.#words = [];
		this.#later = [];
		this.#ready = [];
		this.#wordBytes = this.#readyBytes = 0;
	}

	get #takesMore(): boolean {
		return !this.#isFull && this.#readyBytes < SLICE_BYTES;
	}

	#writeWhole(channel: number, outgoing: Outgoing): void {
		this.#writeFrames(this.#isLink ? outgoing.onChannel(channel) : outgoing.onSocket);
	}

	#writeFrames(frames: readonly Buffer[]): void {
		if (this.#ready.length === 0) process.nextTick(this.#turnEnds);
		let bytes = 0;
		for (const frame of frames) {
			this.#ready.push(frame);
			bytes += frame.length;
		}
		this.#readyBytes += bytes;
		this.#options.onFrame(bytes);
	}

	readonly #turnEnds = (): void => {
		this.flush();
		this.#pump();
	};

	#fallBehind(channel: number, loss: Loss): void {
		this.#behind.add(channel);
		const end = this.#ends.get(channel);
		for (const dropped of this.#queue.drop(channel)) end?.lost(dropped.loss);
		end?.lost(loss);
	}

	/** Sends what waits, as far as the connection takes it. */
	#pump(): void {
		if (this.#isPumping) return;
		this.#isPumping = true;
		try {
			while (this.#takesMore && this.#sendNext());
		} finally {
			this.#isPumping = false;
		}
	}

	/** False if there is nothing to send now. */
	#sendNext(): boolean {
		const word = this.#words.shift();
		if (word) {
			this.#wordBytes -= word.length;
			this.#writeFrames(new Outgoing(word).onSocket);
			return true;
		}
		if (this.#behind.size > 0 && this.#queue.bytes <= OUTPUT_BYTES_LOW) this.#catchUpNext();
		const slice = this.#queue.next({ holdsHistories: this.#window.isFull });
		if (!slice) return false;
		const { channel, item, from, to, isLast } = slice;
		if (from === 0 && isLast) this.#writeWhole(channel, item.outgoing);
		else this.#writeFrames([...item.outgoing.partOnChannel(channel, slice), this.#window.wrote(to - from)]);
		this.#settle(channel);
		return true;
	}

	#catchUpNext(): void {
		const [channel] = [...this.#behind].sort(
			(a, b) => Number(this.#queue.isFirst(b)) - Number(this.#queue.isFirst(a))
		);
		this.#behind.delete(channel!);
		this.#ends.get(channel!)?.catchUp();
	}

	/** Words that waited for the channel do so no longer, if it has sent all. */
	#settle(channel: number): void {
		if (this.#later.length === 0 || this.#queue.holds(channel) || this.#behind.has(channel)) return;
		for (const { channels } of this.#later) channels.delete(channel);
		while (this.#later[0]?.channels.size === 0) {
			const { word } = this.#later.shift()!;
			this.#wordBytes -= word.length;
			this.word(word);
		}
	}
}
