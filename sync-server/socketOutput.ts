/**
 * What goes out on one socket: the socket's own words at once, messages of its channels in turn and bounded.
 * Invariants: what waits here for a slow reader is bounded, on each socket and for each user: what comes on top is left
 * out, and its channel is told to catch up, piece by piece, as there is room; little waits at the connection itself, so
 * that what is urgent overtakes what is large. Frames are written on the connection, whole ones between those of ws, since they are the same
 * bytes for every receiver; those of one turn of the event loop go out in one piece.
 */
import { FairQueue, SLICE_BYTES } from '../src/lib/protocol/fairQueue';
import {
	FIRST_CHANNELS_MAX,
	OUTPUT_BYTES_LOW,
	OUTPUT_BYTES_MAX,
	OUTPUT_CHANNEL_BYTES_MAX,
	OUTPUT_USER_BYTES_MAX,
	OUTPUT_WORDS_MAX,
	PIECE_BYTES,
	PIECES_MAX
} from './limits';
import { ChannelArrears } from './channelArrears';
import { Outgoing } from './outgoing';
import { SendWindow } from './sendWindow';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Loss } from './arrears';

/** Whose messages a channel's are. */
export interface ChannelEnd {
	/** This did not go out, and will not. */
	lost(loss: Loss): void;
	/** There is room for a piece of about so many bytes of what it is owed. */
	catchUp(bytesMax: number): void;
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

/** Words that wait for channels are told apart by what they wait for up to here; further ones wait with the last. */
const LATER_MAX = 4;

/** The number of the only channel of a socket that is no link. */
export const ALONE = 0;

export class SocketOutput {
	readonly #options: SocketOutputOptions;
	readonly #window: SendWindow;
	readonly #queue: FairQueue<Waiting>;
	readonly #isLink: boolean;
	readonly #ends = new Map<number, ChannelEnd>();
	/** What waits for all readers of the user; undefined until the user is known. */
	#ofUser: { waitingBytes: number } | undefined;
	/** Of that, what waits here. */
	#counted = 0;
	readonly #arrears = new ChannelArrears();
	#words: Uint8Array[] = [];
	#wordBytes = 0;
	/** Told once no words wait. */
	#whenSent: (() => void)[] = [];
	/** Words that wait until these channels have sent what they had. */
	#later: { readonly words: Uint8Array[]; readonly channels: Set<number> }[] = [];
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
		this.#seen = {
			slices: this.#slicesSent,
			taken,
			isWaiting: !this.#queue.isEmpty || this.#words.length > 0
		};
		return !hasMoved && before.isWaiting && this.#seen.isWaiting;
	}

	/** Whose socket it is is known. */
	start(user: { waitingBytes: number }): void {
		this.#ofUser = user;
		this.#count();
	}

	/** From now on the channel may send. */
	open(channel: number, end: ChannelEnd): void {
		this.#ends.set(channel, end);
	}

	/** The channel is no more: nothing of it goes out. */
	close(channel: number): void {
		this.#ends.delete(channel);
		this.#queue.remove(channel);
		this.#count();
		this.#arrears.delete(channel);
		this.#settle(channel);
		this.#pump();
	}

	/** The channel goes before others from now on, or no longer does. */
	rank(channel: number, isFirst: boolean): void {
		if (isFirst && this.#queue.firstChannels >= FIRST_CHANNELS_MAX) return;
		this.#queue.rank(channel, isFirst);
		this.#arrears.rank(channel, isFirst);
	}

	/** Sends a message of a channel, in its turn. */
	send(channel: number, outgoing: Outgoing, loss: Loss): void {
		// What is owed comes first: nothing that follows on it.
		if (loss.type === 'update' && this.#arrears.has(channel)) return this.#ends.get(channel)?.lost(loss);
		const { length } = outgoing.bytes;
		if (length <= SLICE_BYTES && this.#queue.isEmpty && this.#takesMore)
			return this.#writeWhole(channel, outgoing);
		if (!this.#hasRoom(channel, outgoing)) {
			this.#ends.get(channel)?.lost(loss);
			return this.owe(channel);
		}
		this.#push(channel, outgoing);
	}

	/** The channel has something to catch up with. */
	owe(channel: number): void {
		this.#arrears.add(channel, { isFirst: this.#queue.isFirst(channel), isBusy: this.#queue.holds(channel) });
		this.#pump();
	}

	/** Sends a piece that the channel was told to make, if it was owed any. `isLast`: nothing more is owed. */
	catchUpWith(channel: number, message: Outgoing | undefined, isLast: boolean): void {
		if (!this.#ends.has(channel)) return;
		if (isLast) this.#arrears.delete(channel);
		else this.#arrears.made(channel);
		if (message) this.#push(channel, message);
		else this.#settle(channel);
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
		const channels = new Set([...this.#queue.channels(), ...this.#arrears.all()]);
		if (channels.size === 0 && this.#later.length === 0) return this.word(word);
		this.#wordBytes += word.length;
		const last = this.#later.at(-1);
		if (last && this.#later.length >= LATER_MAX) {
			for (const channel of channels) last.channels.add(channel);
			last.words.push(word);
		} else this.#later.push({ words: [word], channels });
		if (this.#wordBytes > OUTPUT_WORDS_MAX) this.#options.onStuck();
	}

	/** Settles once no words wait here: they went out, or nothing goes out any more. */
	wordsSent(): Promise<void> {
		return new Promise((resolve) => {
			if (this.#wordBytes === 0) resolve();
			else this.#whenSent.push(resolve);
		});
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
		if (ready.length > 1) connection.cork();
		for (const frame of ready) this.#isFull = !connection.write(frame);
		if (ready.length > 1) connection.uncork();
	}

	/** The socket is closing: nothing more goes out. */
	end(): void {
		this.#ends.clear();
		this.#queue.clear();
		this.#count();
		this.#arrears.clear();
		this.#words = [];
		this.#later = [];
		this.#ready = [];
		this.#readyBytes = 0;
		this.#noLongerWait(this.#wordBytes);
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

	#push(channel: number, outgoing: Outgoing): void {
		this.#queue.push(channel, { bytes: outgoing.bytes, outgoing });
		this.#count();
		this.#pump();
	}

	#count(): void {
		if (!this.#ofUser) return;
		this.#ofUser.waitingBytes += this.#queue.bytes - this.#counted;
		this.#counted = this.#queue.bytes;
	}

	/** A first message of a channel always has, if it is of the first rank: there are few, and they are looked at. */
	#hasRoom(channel: number, { bytes: message }: Outgoing): boolean {
		if (this.#isUserFull && !this.#queue.isEmpty) return false;
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
			this.#writeFrames(new Outgoing(word).onSocket);
			this.#noLongerWait(word.length);
			return true;
		}
		this.#catchUpNext();
		const slice = this.#queue.next({ holdsHistories: this.#window.isFull });
		if (!slice) return false;
		this.#count();
		this.#slicesSent += 1;
		const { channel, item, from, to, isLast } = slice;
		if (from === 0 && isLast) this.#writeWhole(channel, item.outgoing);
		else this.#writeFrames([...item.outgoing.partOnChannel(channel, slice), this.#window.wrote(to - from)]);
		this.#settle(channel);
		return true;
	}

	/** So many bytes of words. */
	#noLongerWait(bytes: number): void {
		this.#wordBytes -= bytes;
		if (this.#wordBytes > 0) return;
		const whenSent = this.#whenSent;
		this.#whenSent = [];
		for (const tell of whenSent) tell();
	}

	get #isUserFull(): boolean {
		return (this.#ofUser?.waitingBytes ?? 0) > OUTPUT_USER_BYTES_MAX;
	}

	/** Has a piece made of what a channel is owed, if there is room for one. */
	#catchUpNext(): void {
		const isAlone = this.#queue.isEmpty && this.#arrears.making === 0;
		if (!isAlone && (this.#isUserFull || this.#arrears.making >= PIECES_MAX)) return;
		const channel = this.#arrears.next({ firstOnly: this.#queue.bytes > OUTPUT_BYTES_LOW });
		if (channel === undefined) return;
		this.#ends.get(channel)?.catchUp(this.#isUserFull ? SLICE_BYTES : PIECE_BYTES);
	}

	/** Its channel has sent what waited: words that waited for that do so no longer. */
	#settle(channel: number): void {
		if (this.#queue.holds(channel)) return;
		if (this.#arrears.has(channel)) return this.#arrears.isFree(channel);
		if (this.#later.length === 0) return;
		for (const { channels } of this.#later) channels.delete(channel);
		while (this.#later[0]?.channels.size === 0) {
			for (const word of this.#later.shift()!.words) {
				this.#noLongerWait(word.length);
				this.word(word);
			}
		}
	}
}
