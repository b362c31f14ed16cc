/**
 * One room on one connection: a socket on `/sync/<room>`, or a channel of a link. Frames that arrive before the room
 * can take them are held, in order and bounded. Invariant: once it has ended, nothing goes out and no room knows it.
 */
import { FRAME_BYTES_MAX } from '../src/lib/domain/limits';
import { CLOSE } from '../src/lib/protocol/closeCodes';
import { Arrears, type Loss, type Piece } from './arrears';
import {
	ANSWER_BYTES_MAX,
	HELD_BYTES_MAX,
	MESSAGE_HEAD_BYTES,
	QUESTION_COST,
	VECTOR_BYTES_MAX
} from './limits';
import { HeldFrames } from './heldFrames';
import { encodeStep2, encodeUpdate, isStep1Over, isStep2 } from './syncMessages';
import { Outgoing } from './outgoing';
import type { AccessLevel, Caller, RelayLog } from './ports';
import type { Refusals } from './refusals';
import type { Room } from './room';
import type { UserId } from '../src/lib/domain/ids';

/** The other side of a channel. */
export interface Wire {
	/** `loss` says what it means if it does not go out. */
	send(message: Outgoing, loss: Loss): void;
	/** Something is owed out of the room's logs: the channel is told to catch up once there is room. */
	owe(): void;
	/** So many bytes more are kept for the other side; less than nothing when they no longer are. False if it is too much. */
	keeps(bytes: number): boolean;
	/** Sends a piece that the channel was told to make. `isLast`: nothing more is owed. */
	catchUpWith(message: Outgoing | undefined, isLast: boolean): void;
	close(code: number, reason: string): void;
}

export interface ChannelOptions {
	readonly wire: Wire;
	/** The room's name, as it was asked for. */
	readonly room: string;
	/** The query of the URL, for example `ack=1`. */
	readonly query: string;
	readonly log: RelayLog;
	readonly refusals: Refusals;
}

/** Who is behind a channel, and what they may do in its room. */
interface Entered {
	readonly caller: Caller;
	readonly level: AccessLevel;
	readonly writesSince: number;
}

/** Characters of a room's name in the log: whoever asks chooses it. */
const LOGGED_NAME_MAX = 120;

export class Channel {
	readonly roomName: string;
	readonly wantsAcks: boolean;
	/**
	 * Since when its user is a member, as the other side knows, in milliseconds since 1970; 0 if it never heard that they
	 * were put out in between. Undefined if it says nothing of it.
	 */
	readonly since: number | undefined;
	/** Sync steps 1 of the relay that the other side has not answered yet. */
	stepsOpen = 0;
	readonly #wire: Wire;
	readonly #log: RelayLog;
	readonly #refusals: Refusals;
	readonly #held = new HeldFrames(HELD_BYTES_MAX);
	#entered: (Entered & { readonly room: Room }) | undefined;
	#arrears: Arrears | undefined;
	/** Bytes of its question, until that is answered. */
	#askedBytes = 0;
	/** Bytes of the piece that it was told to make; undefined if there is no room for one. */
	#pieceBytes: number | undefined;
	/** Its room has greeted it, and what was held for it is being read. */
	#isWelcome = false;
	#ended = false;

	constructor({ wire, room, query, log, refusals }: ChannelOptions) {
		this.#wire = wire;
		this.#log = log;
		this.#refusals = refusals;
		this.roomName = room;
		const params = new URLSearchParams(query);
		const since = params.get('since');
		this.wantsAcks = params.get('ack') === '1';
		this.since = since === null || !/^\d{1,15}$/.test(since) ? undefined : Number(since);
	}

	get ended(): boolean {
		return this.#ended;
	}

	/** Who is behind it; empty before it entered its room, when no room asks. */
	get userId(): UserId {
		return this.#entered?.caller.userId ?? '';
	}

	/** The session behind it; empty before it entered its room. */
	get sessionId(): string {
		return this.#entered?.caller.sessionId ?? '';
	}

	get mayWrite(): boolean {
		return this.#entered?.level === 'write';
	}

	/**
	 * What its user wrote before is not taken any more, in milliseconds since 1970. Who knows since when they are a member
	 * has nothing from before, whatever its clock said.
	 */
	get writesSince(): number {
		return this.since === undefined ? (this.#entered?.writesSince ?? 0) : 0;
	}

	/** Joins the room, once who asks and what they may do is known. */
	enter(room: Room, entered: Entered): void {
		if (this.#ended) return;
		this.#entered = { room, ...entered };
		room.join(this);
	}

	/** Takes a message of the other side. */
	receive(frame: Uint8Array): void {
		if (this.#ended) return;
		const bytesMax = this.#bytesMaxOf(frame);
		if (frame.length > bytesMax) return this.close(CLOSE.tooLarge, `a frame is over ${bytesMax} bytes`);
		const room = this.#entered?.room;
		if (room && this.#isWelcome && room.isReady && this.#held.isEmpty) return this.#read(room, frame);
		if (!this.#held.push(frame)) this.close(CLOSE.unavailable, 'too much before the room was ready');
	}

	#bytesMaxOf(frame: Uint8Array): number {
		if (isStep1Over(FRAME_BYTES_MAX - MESSAGE_HEAD_BYTES, frame)) return VECTOR_BYTES_MAX;
		return this.stepsOpen > 0 && isStep2(frame) ? ANSWER_BYTES_MAX : FRAME_BYTES_MAX;
	}

	/** Reads the first frame that was held while the room was not ready. False if none is to be read next. */
	readHeld(): boolean {
		this.#isWelcome = true;
		const room = this.#entered?.room;
		if (!room?.isReady || this.#ended) return false;
		const frame = this.#held.next();
		if (frame) this.#read(room, frame);
		return !this.#held.isEmpty;
	}

	/** A fault of the relay's own ends this channel for now, not the process for all. */
	#read(room: Room, frame: Uint8Array): void {
		try {
			room.receive(this, frame);
		} catch (error) {
			this.#log.error({ err: error, room: room.name }, 'a frame could not be read');
			this.close(CLOSE.unavailable, 'try again');
		}
	}

	send(message: Outgoing, loss: Loss): void {
		if (!this.#ended) this.#wire.send(message, loss);
	}

	/** This did not go out: the other side is too slow. */
	lost(loss: Loss): void {
		this.arrears.lost(loss);
	}

	/** This was never sent to it, and is owed. */
	owe(loss: Loss): void {
		if (this.#ended) return;
		this.arrears.lost(loss);
		this.#wire.owe();
	}

	/** The other side says how much it has, and is owed the rest. */
	ask(vector: Uint8Array): void {
		if (this.#ended) return;
		if (!this.#keepQuestion(vector.length + QUESTION_COST))
			return this.close(CLOSE.unavailable, 'too much asked at once');
		this.arrears.ask(vector);
		this.#wire.owe();
	}

	#keepQuestion(bytes: number): boolean {
		const more = bytes - this.#askedBytes;
		this.#askedBytes = bytes;
		return more === 0 || this.#wire.keeps(more);
	}

	/** There is room for a piece of what is owed. While its room is being read, that waits until it is. */
	catchUp(bytesMax: number): void {
		this.#pieceBytes = bytesMax;
		this.#entered?.room.catchUp(this);
	}

	/** What is owed. */
	get arrears(): Arrears {
		return (this.#arrears ??= new Arrears());
	}

	/** Bytes of the piece that it is to send now; undefined if it is to send none. */
	get pieceBytes(): number | undefined {
		return this.#pieceBytes;
	}

	/** Sends the piece that it was told to. */
	sendPiece(piece: Piece): void {
		const sent = this.#ended ? undefined : piece.sent();
		if (!sent) return;
		const encode = sent === 'answer' ? encodeStep2 : encodeUpdate;
		this.#caughtUp(new Outgoing(encode(piece.update)));
	}

	/** It was to send a piece, and nothing of the room's logs is owed. */
	sendNothing(): void {
		this.#caughtUp(undefined);
	}

	#caughtUp(message: Outgoing | undefined): void {
		this.#pieceBytes = undefined;
		const isLast = !this.#arrears?.isOwing;
		if (isLast) {
			this.#arrears = undefined;
			this.#keepQuestion(0);
		}
		this.#wire.catchUpWith(message, isLast);
	}

	/**
	 * Closes it from the relay's side: at once, whatever the other side does. `noted`: what operators are told, if not the
	 * reason.
	 */
	close(code: number, reason: string, noted = reason): void {
		if (this.#ended) return;
		const room = this.roomName.slice(0, LOGGED_NAME_MAX);
		this.#refusals.note('channel', code, noted, { room, user: this.#entered?.caller.userId });
		this.end();
		this.#wire.close(code, reason);
	}

	/** The other side is gone. */
	end(): void {
		this.#ended = true;
		this.#held.clear();
		this.#arrears = undefined;
		this.#keepQuestion(0);
		this.#entered?.room.leave(this);
	}
}
