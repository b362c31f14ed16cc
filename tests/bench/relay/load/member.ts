/** One device in one conversation, as each arm is spoken to, and the entries that it writes. */
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { encodeHeader } from '../../../../src/lib/domain/entryCodec';
import { encodeLinkFrame, LINK_OP } from '../../../../src/lib/protocol/linkFrames';
import { encodeMessageBody } from '../../../../src/lib/domain/bodies';
import { KIND, logName } from '../../../../src/lib/domain/entry';
import { RawSocket } from './rawSocket';
import { segmentRoom } from '../../../../src/lib/protocol/rooms';
import { writeUpdate } from '../../../../src/lib/protocol/updateWriter';
import { isDeaf, isSkein, type Arm } from '../arms';
import type { ConversationId, UserId } from '../../../../src/lib/domain/ids';
import type { Struct } from '../../../../src/lib/protocol/updateReader';

export interface MemberOptions {
	readonly arm: Arm;
	readonly port: number;
	readonly user: UserId;
	/** Undefined: a connection without a room, where there is such a thing. */
	readonly conversation: ConversationId | undefined;
	/** The position that the device asks the changes behind. */
	readonly since?: number;
	/** What the device has of the room, as a state vector. */
	readonly vector?: Uint8Array;
	readonly onMessage?: (message: Buffer) => void;
}

const CHANNEL = 1;
const DATA_HEAD = [CHANNEL, LINK_OP.data];
const NOTHING = new Uint8Array([0, 0]);
const STEP_2 = 1;

export class Member {
	readonly user: UserId;
	readonly client = Math.floor(Math.random() * 2 ** 32);
	/** Settles once the room is synced, or the connection open where there is none. Rejects if it closes first. */
	readonly ready: Promise<void>;
	readonly #options: MemberOptions;
	readonly #socket: RawSocket;
	readonly #isLink: boolean;
	#entries = 0;
	#closing = false;
	#onAnswer = () => {};
	/** A sync step 2 is coming in parts. */
	#isInAnswer = false;

	constructor(options: MemberOptions) {
		const { arm, port, user, conversation } = options;
		this.#options = options;
		this.user = user;
		this.#isLink = arm === 'skein';
		const room = conversation === undefined ? '' : `/${segmentRoom(conversation, 0)}`;
		const path = this.#isLink ? `/sync?user=${user}` : `/sync${room}?ack=1`;
		let isReady = () => {};
		let fail = (_error: Error) => {};
		this.ready = new Promise((resolve, reject) => ([isReady, fail] = [resolve, reject]));
		const awaitsSync = conversation !== undefined && !isDeaf(arm);
		this.#onAnswer = () => isReady();
		this.#socket = new RawSocket({
			port,
			path: isSkein(arm) ? path : room || '/',
			token: `${user}-1`,
			onOpen: () => {
				this.#greet();
				if (!awaitsSync) isReady();
			},
			onMessage: (message) => {
				if (this.#endsAnswer(message)) this.#onAnswer();
				options.onMessage?.(message);
			},
			onClose: () => {
				if (!this.#closing) fail(new Error(`${arm}: a connection was closed`));
			}
		});
	}

	get bytes(): number {
		return this.#socket.bytesIn + this.#socket.bytesOut;
	}

	/** What it has written, as a state vector. */
	get vector(): Uint8Array {
		return Y.encodeStateVector(new Map([[this.client, 2 * this.#entries]]));
	}

	/** Writes one message of the conversation. */
	say(text: string): void {
		this.send(syncMessage(2, this.#written([text])));
	}

	/** Writes many in one update. */
	sayAll(texts: readonly string[]): void {
		this.send(syncMessage(2, this.#written(texts)));
	}

	/** Settles once the server has taken in all that was written until now: it answers one question behind it. */
	async taken(): Promise<void> {
		if (isDeaf(this.#options.arm)) return;
		const answered = new Promise<void>((resolve) => (this.#onAnswer = resolve));
		this.send(syncMessage(0, this.vector));
		await answered;
	}

	end(): void {
		this.#closing = true;
		this.#socket.end();
	}

	#endsAnswer(message: Buffer): boolean {
		if (!this.#isLink) return isStep2(message, 0);
		if (message[0] !== CHANNEL) return false;
		const isAnswer = this.#isInAnswer || isStep2(message, 2);
		this.#isInAnswer = isAnswer && message[1] === LINK_OP.part;
		return isAnswer && message[1] === LINK_OP.data;
	}

	#greet(): void {
		const { arm, conversation, since = 0, vector } = this.#options;
		if (this.#isLink) this.#socket.send(encodeLinkFrame({ op: 'since', channel: 0, position: since }));
		if (conversation === undefined || isDeaf(arm)) return;
		if (this.#isLink) {
			const room = segmentRoom(conversation, 0);
			this.#socket.send(encodeLinkFrame({ op: 'open', channel: CHANNEL, room, query: 'ack=1' }));
		}
		this.send(syncMessage(0, vector ?? Y.encodeStateVector(new Y.Doc())));
		// The answer to the server's own step 1: there is nothing that it lacks.
		this.send(syncMessage(STEP_2, NOTHING));
	}

	/** Sends a y-websocket message of the room. */
	send(message: Uint8Array): void {
		if (!this.#isLink) return this.#socket.send(message);
		const frame = new Uint8Array(message.length + DATA_HEAD.length);
		frame.set(DATA_HEAD);
		frame.set(message, DATA_HEAD.length);
		this.#socket.send(frame);
	}

	#written(texts: readonly string[]): Uint8Array {
		const { client } = this;
		const clock = 2 * this.#entries;
		const structs = texts.flatMap((text) => this.#entry(text));
		return writeUpdate({ clients: [{ client, clock, structs }], deletes: [] });
	}

	#entry(text: string): Struct[] {
		const { client } = this;
		const s = this.#entries++;
		const root = s === 0 ? logName(this.user, client) : undefined;
		const header = encodeHeader({ kind: KIND.message, s, stamp: { ms: Date.now(), counter: 0 } });
		return [header, encodeMessageBody({ text })].map((bytes, i): Struct => {
			const clock = 2 * s + i;
			const origin = clock === 0 ? undefined : { client, clock: clock - 1 };
			const known = { rightOrigin: undefined, mapKey: undefined, root: i === 0 ? root : undefined };
			return { type: 'binary', clock, length: 1, origin, bytes, ...known };
		});
	}
}

export const isStep2 = (message: Buffer, at: number): boolean =>
	message[at] === 0 && message[at + 1] === STEP_2;

export function syncMessage(step: number, payload: Uint8Array): Uint8Array {
	return encoding.encode((encoder) => {
		encoding.writeVarUint(encoder, 0);
		encoding.writeVarUint(encoder, step);
		encoding.writeVarUint8Array(encoder, payload);
	});
}
