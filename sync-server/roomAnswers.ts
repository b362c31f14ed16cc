/**
 * What a room tells its channels of its logs: to greet them, and to answer what they ask, piece by piece. Invariant: it
 * waits for the channel's turn, and for the document while that is being read.
 */
import * as decoding from 'lib0/decoding';
import * as Y from 'yjs';
import { CLOSE } from '../src/lib/protocol/closeCodes';
import { SMALL_VECTOR_BYTES } from './limits';
import type { AwarenessRelay } from './awarenessRelay';
import type { Channel } from './channel';
import type { Piece } from './arrears';
import type { RelayMeters } from './meters';
import type { RoomChannels } from './roomChannels';
import type { RoomDocument } from './roomDocument';
import type { RoomLedger } from './roomLedger';
import type { RoomQuestions } from './roomQuestions';
import type { Turns } from './turns';

/**
 * What a state vector says of logs that are here. Read by hand, since a map of all that a frame can name takes tens of
 * milliseconds to make. Throws if it is none.
 */
function knownOf(vector: Uint8Array, document: RoomDocument): Map<number, number> {
	const decoder = decoding.createDecoder(vector);
	const known = new Map<number, number>();
	for (let left = decoding.readVarUint(decoder); left > 0; left--) {
		const client = decoding.readVarUint(decoder);
		const clock = decoding.readVarUint(decoder);
		if (document.state(client) > 0) known.set(client, clock);
	}
	return known;
}

export interface RoomAnswersOptions {
	readonly channels: RoomChannels;
	readonly awareness: AwarenessRelay;
	readonly ledger: RoomLedger;
	readonly questions: RoomQuestions;
	readonly turns: Turns;
	readonly meters: RelayMeters;
	/** Undefined while it is being read. */
	readonly document: () => RoomDocument | undefined;
}

export class RoomAnswers {
	readonly #options: RoomAnswersOptions;

	constructor(options: RoomAnswersOptions) {
		this.#options = options;
	}

	/** Greets a channel, in its turn. While the document is being read anew, everyone is greeted once it is there. */
	welcome(channel: Channel): void {
		const { turns, document } = this.#options;
		turns.add(channel, 'welcome', () => {
			const held = document();
			if (held) this.#welcome(channel, held);
		});
	}

	/** Sends a piece of what the channel is owed, in its turn. While the document is being read, that waits until it is there. */
	catchUp(channel: Channel): void {
		const { turns, document } = this.#options;
		turns.add(channel, 'answer', () => {
			const held = document();
			if (held) this.#pay(channel, held);
		});
	}

	/** What is kept of a question, until it is answered, is what it says of logs that are here. */
	ask(channel: Channel, vector: Uint8Array, document: RoomDocument): void {
		if (vector.length <= SMALL_VECTOR_BYTES) return channel.ask(vector);
		try {
			channel.ask(Y.encodeStateVector(knownOf(vector, document)));
		} catch {
			channel.close(CLOSE.badFrame, 'not a state vector');
		}
	}

	#welcome(channel: Channel, document: RoomDocument): void {
		const { channels, questions, awareness, turns } = this.#options;
		const tooMuch = channels.count(channel, () => document.bytes);
		if (tooMuch) return channel.close(CLOSE.tooMany, tooMuch);
		questions.ask(channel, document);
		awareness.tell(channel);
		this.#oweVector(channel);
		this.#pay(channel, document);
		turns.goOn(channel.userId, () => channel.readHeld());
	}

	#pay(channel: Channel, document: RoomDocument): void {
		const { pieceBytes, arrears } = channel;
		if (pieceBytes === undefined) return;
		const piece = this.#pieceOf(channel, document, pieceBytes);
		if (channel.ended) return;
		const { questions, awareness, ledger, meters } = this.#options;
		const notices = arrears.takeNotices();
		if (notices.has('ack')) meters.count('resyncs');
		if (notices.has('step1')) questions.askAgain(channel, document);
		if (notices.has('awareness')) awareness.tell(channel);
		if (notices.has('ack')) this.#oweVector(channel);
		if (piece) ledger.afterCommit((batch) => batch.pieces.push({ channel, piece }));
		else channel.sendNothing();
	}

	#oweVector(channel: Channel): void {
		if (channel.wantsAcks) this.#options.ledger.afterCommit((batch) => batch.welcomed.add(channel));
	}

	#pieceOf(channel: Channel, document: RoomDocument, bytesMax: number): Piece | undefined {
		try {
			return channel.arrears.next(document, bytesMax);
		} catch {
			channel.close(CLOSE.badFrame, 'not a state vector');
			return undefined;
		}
	}
}
