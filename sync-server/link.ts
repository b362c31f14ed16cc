/**
 * The relay's end of a link: a device's one socket, on which each room is a channel that behaves like a socket on
 * `/sync/<room>`. A refused channel closes alone; a frame that is no link frame ends the link.
 */
import { CLOSE } from '../src/lib/protocol/closeCodes';
import { decodeReport, encodeNews } from '../src/lib/protocol/presenceWords';
import { decodeLinkFrame, encodeLinkFrame, type LinkFrame } from '../src/lib/protocol/linkFrames';
import { Channel, type Wire } from './channel';
import { FRAME_BYTES_MAX } from '../src/lib/domain/limits';
import {
	HELD_BYTES_MAX,
	MESSAGE_HEAD_BYTES,
	PARTS_BYTES_MAX,
	VECTOR_BYTES_MAX,
	WORD_BYTES_MAX
} from './limits';
import { PartAssembly } from '../src/lib/protocol/partAssembly';
import { HeldFrames } from './heldFrames';
import { isStep1Over } from './syncMessages';
import type { Admission } from './admission';
import type { Feed } from './feed';
import type { FeedFollower } from './feedFollower';
import type { Caller, RelayLog } from './ports';
import type { Presence } from './presence';
import type { PresenceFollower } from './presenceFollower';
import type { Refusals } from './refusals';
import type { SocketOutput } from './socketOutput';
import type { SocketPace } from './socketPace';
import type { Turns } from './turns';

export interface LinkOptions {
	readonly output: SocketOutput;
	/** Closes the socket. */
	readonly close: (code: number, reason: string) => void;
	readonly admission: Admission;
	readonly feed: Feed;
	readonly presence: Presence;
	readonly log: RelayLog;
	readonly refusals: Refusals;
	readonly pace: Pick<SocketPace, 'spend' | 'begun' | 'mayBegin'>;
	readonly turns: Turns;
	/** Channels open at once. */
	readonly channelsMax: number;
}

export class Link {
	readonly #options: LinkOptions;
	readonly #channels = new Map<number, Channel>();
	/** How many channels there are of each room. */
	readonly #rooms = new Map<string, number>();
	readonly #held = new HeldFrames(HELD_BYTES_MAX);
	/** Channels on which a large sync step 1 is on its way. The channel judges what it becomes. */
	readonly #vectors = new Set<number>();
	readonly #partLimits = { messageBytesMax: FRAME_BYTES_MAX, bytesMax: PARTS_BYTES_MAX };
	readonly #parts = new PartAssembly(this.#partLimits);
	/** Of messages in parts, as its user was charged for them. */
	#partBytes = 0;
	#caller: Caller | undefined;
	#follower: FeedFollower | undefined;
	#presence: PresenceFollower | undefined;
	#ended = false;

	constructor(options: LinkOptions) {
		this.#options = options;
	}

	/** Channels open now. */
	get size(): number {
		return this.#channels.size;
	}

	/** The caller is known: what was held until now is read. */
	start(caller: Caller): void {
		this.#caller = caller;
		if (!this.#held.isEmpty) this.#options.turns.goOn(caller.userId, () => this.#readHeld(caller));
	}

	receive(bytes: Uint8Array): void {
		if (this.#ended) return;
		if (!this.#caller || !this.#held.isEmpty) {
			if (!this.#held.push(bytes)) this.close(CLOSE.unavailable, 'too much before the login was known');
			return;
		}
		this.#read(bytes, this.#caller);
	}

	close(code: number, reason: string): void {
		if (this.#ended) return;
		this.end();
		this.#options.refusals.note('link', code, reason, { user: this.#caller?.userId });
		this.#options.close(code, reason);
	}

	end(): void {
		this.#ended = true;
		this.#held.clear();
		this.#follower?.end();
		this.#presence?.end();
		this.#follower = this.#presence = undefined;
		for (const channel of this.#channels.values()) channel.end();
		this.#channels.clear();
		this.#rooms.clear();
	}

	/** False if nothing more was held. */
	#readHeld(caller: Caller): boolean {
		const bytes = this.#held.next();
		if (bytes && !this.#ended) this.#read(bytes, caller);
		return !this.#held.isEmpty;
	}

	#read(bytes: Uint8Array, caller: Caller): void {
		const frame = decodeLinkFrame(bytes, WORD_BYTES_MAX);
		if (frame) this.#take(frame, caller);
		else this.close(CLOSE.badFrame, 'not a link frame');
	}

	#take(frame: LinkFrame, caller: Caller): void {
		switch (frame.op) {
			case 'ping':
				return this.#send({ op: 'pong', channel: 0 });
			case 'open':
				return this.#open(frame, caller);
			case 'since':
				this.#options.pace.spend('asks', 1);
				this.#follower ??= this.#follow(caller);
				return this.#follower.since(frame.position);
			case 'presence': {
				const report = decodeReport(frame.data);
				if (!report) return this.close(CLOSE.badFrame, 'not a report of presence');
				return this.#presenceOf(caller).hear(report);
			}
			case 'data': {
				const message = this.#parts.finish(frame.channel, frame.data);
				this.#vectors.delete(frame.channel);
				this.#countParts();
				// One that the relay has just closed may still be written to.
				return this.#channels.get(frame.channel)?.receive(message);
			}
			case 'part':
				return this.#takePart(frame.channel, frame.data);
			case 'rank':
				if (this.#channels.has(frame.channel)) this.#options.output.rank(frame.channel, frame.isFirst);
				return;
			case 'close':
				this.#channels.get(frame.channel)?.end();
				return this.#forget(frame.channel);
			default:
				return this.close(CLOSE.badFrame, 'not a frame of a device');
		}
	}

	#takePart(id: number, part: Uint8Array): void {
		const channel = this.#channels.get(id);
		if (channel && isStep1Over(FRAME_BYTES_MAX - MESSAGE_HEAD_BYTES, part)) this.#vectors.add(id);
		this.#partLimits.messageBytesMax = this.#vectors.has(id) ? VECTOR_BYTES_MAX : FRAME_BYTES_MAX;
		if (channel && !this.#parts.add(id, part))
			channel.close(CLOSE.tooLarge, 'a message in parts is too large');
		this.#countParts();
	}

	/** A user's messages in parts count on all of their links together. */
	#countParts(): void {
		const { bytes } = this.#parts;
		if (bytes === this.#partBytes) return;
		this.#options.pace.begun(bytes - this.#partBytes);
		this.#partBytes = bytes;
	}

	#forget(id: number): void {
		this.#count(this.#channels.get(id)?.roomName, -1);
		this.#channels.delete(id);
		this.#parts.drop(id);
		this.#vectors.delete(id);
		this.#countParts();
		this.#options.output.close(id);
	}

	#count(room: string | undefined, by: number): void {
		if (room === undefined) return;
		const channels = (this.#rooms.get(room) ?? 0) + by;
		if (channels > 0) this.#rooms.set(room, channels);
		else {
			this.#rooms.delete(room);
			this.#follower?.left(room);
		}
	}

	#follow(caller: Caller): FeedFollower {
		const presence = this.#presenceOf(caller);
		return this.#options.feed.follow(caller.userId, {
			send: (changes) =>
				this.#options.output.wordBehind(encodeLinkFrame({ op: 'changes', channel: 0, ...changes })),
			sent: () => this.#options.output.wordsSent(),
			holds: (room) => this.#rooms.has(room),
			moved: (added, removed) => presence.move(added, removed),
			blocked: (users) => presence.hideFrom(users),
			fail: () => this.close(CLOSE.unavailable, 'try again')
		});
	}

	#presenceOf(caller: Caller): PresenceFollower {
		return (this.#presence ??= this.#options.presence.follow(caller.userId, {
			news: (news) => this.#send({ op: 'presence', channel: 0, data: encodeNews(news) })
		}));
	}

	#open({ channel: id, room, query }: Extract<LinkFrame, { op: 'open' }>, caller: Caller): void {
		if (id === 0 || this.#channels.has(id)) return this.close(CLOSE.badFrame, 'channel number in use');
		const wire: Wire = {
			send: (message, loss) => this.#options.output.send(id, message, loss),
			owe: () => this.#options.output.owe(id),
			keeps: (bytes) => {
				this.#options.pace.begun(bytes);
				return this.#options.pace.mayBegin;
			},
			catchUpWith: (message, isLast) => this.#options.output.catchUpWith(id, message, isLast),
			close: (code, reason) => {
				this.#forget(id);
				this.#send({ op: 'close', channel: id, code, reason });
			}
		};
		const { log, refusals, pace, channelsMax } = this.#options;
		pace.spend('opens', 1);
		const channel = new Channel({ wire, room, query, log, refusals });
		this.#channels.set(id, channel);
		this.#count(room, 1);
		this.#options.output.open(id, channel);
		this.#send({ op: 'opened', channel: id });
		if (this.#channels.size > channelsMax)
			return channel.close(CLOSE.tooMany, `over ${channelsMax} rooms on a link`);
		void this.#options.admission.enter(channel, caller);
	}

	#send(frame: LinkFrame): void {
		this.#options.output.word(encodeLinkFrame(frame));
	}
}
