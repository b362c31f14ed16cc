/**
 * What goes out on one socket: the socket's own words at once, messages of its channels in turn and bounded.
 * Invariants: what waits here for a slow reader is bounded: what comes on top is left out, and its channel is told to
 * catch up once there is room; little waits at the connection itself, so that what is urgent
 * overtakes what is large. Frames are written on the connection, whole ones between those of ws, since they are the same
 * bytes for every receiver; those of one turn of the event loop go out in one piece.
 */
import { FairQueue, SLICE_BYTES } from '../src/lib/protocol/fairQueue';
import {
	FIRST_CHANNELS_MAX,
	OUTPUT_BYTES_LOW,
	OUTPUT_BYTES_MAX,
	OUTPUT_CHANNEL_BYTES_MAX,
	OUTPUT_WORDS_MAX
} from './limits';
import { Outgoing } from './outgoing';
import { SendWindow } from './sendWindow';
import { Socket } from 'node:net';
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
	#slicesSent = 0;
	/** As it was when somebody last looked whether it stands still. */
	#seen = { slices: 0, taken: 0, isWaiting: false };
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

	/** True if something waited when this was last asked and still does, and nothing has gone out since. */
	standsStill(): boolean {
		const { connection } = this.#options;
		const bytes = connection instanceof Socket ? connection.bytesWritten : 0;
		const taken = bytes - connection.writableLength;
		// Small words may still pass while the other side takes nothing of what it asked for.
		const before = this.#seen;
		const hasMoved = this.#slicesSent > before.slices || (this.#isFull && taken > before.taken);
		this.#seen = { slices: this.#slicesSent, taken, isWaiting: !this.#queue.isEmpty };
		return !hasMoved && before.isWaiting && this.#seen.isWaiting;
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
		if (isFirst && this.#queue.firstChannels >= FIRST_CHANNELS_MAX) return;
		this.#queue.rank(channel, isFirst);
	}

	/** Sends a message of a channel, in its turn. */
	send(channel: number, outgoing: Outgoing, loss: Loss): void {
		if (this.#behind.has(channel)) return this.#ends.get(channel)?.lost(loss);
		const { length } = outgoing.bytes;
		if (length <= SLICE_BYTES && this.#queue.isEmpty && this.#takesMore)
			return this.#writeWhole(channel, outgoing);
		if (!this.#hasRoom(channel, outgoing)) {
			this.#behind.add(channel);
			return this.#ends.get(channel)?.lost(loss);
		}
		this.#queue.push(channel, { bytes: outgoing.bytes, outgoing });
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

	/** A first message of a channel always has, if it is of the first rank: there are few, and they are looked at. */
	#hasRoom(channel: number, { bytes: message }: Outgoing): boolean {
		const bytes = message.length;
		const ofChannel = this.#queue.bytesOf(channel);
		if (ofChannel > 0 && ofChannel + bytes > OUTPUT_CHANNEL_BYTES_MAX) return false;
		if (ofChannel === 0 && this.#queue.isFirst(channel)) return true;
		// A history takes no room from what is said now.
		const waiting = this.#queue.bytesLike(message);
		return waiting <= OUTPUT_BYTES_LOW || waiting + bytes <= OUTPUT_BYTES_MAX;
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
		if (this.#behind.size > 0) this.#catchUpNext();
		const slice = this.#queue.next({ holdsHistories: this.#window.isFull });
		if (!slice) return false;
		this.#slicesSent += 1;
		const { channel, item, from, to, isLast } = slice;
		if (from === 0 && isLast) this.#writeWhole(channel, item.outgoing);
		else this.#writeFrames([...item.outgoing.partOnChannel(channel, slice), this.#window.wrote(to - from)]);
		this.#settle(channel);
		return true;
	}

	#catchUpNext(): void {
		const mayCatchUp = (channel: number) =>
			!this.#queue.holds(channel) && (this.#queue.bytes <= OUTPUT_BYTES_LOW || this.#queue.isFirst(channel));
		const able = [...this.#behind].filter(mayCatchUp);
		const channel = able.find((each) => this.#queue.isFirst(each)) ?? able[0];
		if (channel === undefined) return;
		this.#behind.delete(channel);
		this.#ends.get(channel)?.catchUp();
		this.#settle(channel);
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
