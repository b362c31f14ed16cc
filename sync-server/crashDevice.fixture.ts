/** Devices on stock providers that write, erase and roll over while relays die, and what they may expect of a store. */
import * as Y from 'yjs';
import type { WebsocketProvider } from 'y-websocket';
import { CONVERSATION, openProvider } from './relay.fixture';
import { CRASH_SEGMENT_MAX } from './crash.fixture';
import { decodeMessageBody } from '../src/lib/domain/bodies';
import { eraseOne, say } from './writing.fixture';
import { LogDocument } from '../src/lib/conversation/logDocument';
import { MESSAGE_ACK, readAck } from '../src/lib/protocol/ack';

export const segmentName = (n: number) => `c/${CONVERSATION}/${n}`;

/** The texts that stand in a segment, by log. */
export function textsByClient(doc: Y.Doc): Map<number, { readonly s: number; readonly text: string }[]> {
	const logs = new LogDocument(doc);
	const texts = new Map<number, { s: number; text: string }[]>();
	for (const { client, s, body } of logs.entries()) {
		const text = body && decodeMessageBody(body)?.text;
		if (text !== undefined) texts.set(client, [...(texts.get(client) ?? []), { s, text }]);
	}
	logs.destroy();
	return texts;
}

interface HeldSegment {
	readonly doc: Y.Doc;
	/** The relay's word on what is on its disk. */
	acked: ReadonlyMap<number, number>;
	/** Own texts that were erased, and the clock of the own log that tells of it. */
	readonly erased: { readonly text: string; readonly clock: number }[];
	said: number;
	provider?: WebsocketProvider;
}

const isSent = ({ doc, acked, said }: HeldSegment): boolean => (acked.get(doc.clientID) ?? 0) >= 2 * said;

export class CrashDevice {
	readonly segments: HeldSegment[] = [];
	readonly name: string;
	readonly #user: string;
	#url: string | undefined;
	#texts = 0;
	#onAck = () => {};

	constructor(user: string, name: string) {
		this.name = name;
		this.#user = user;
		this.#begin();
	}

	/** Connects its segments, and those of others up to so many: each once all of the one before is sent. */
	connect(url: string, segments = 0): void {
		while (this.segments.length < segments) this.#begin();
		this.#url = url;
		this.#openNext();
	}

	disconnect(): void {
		this.#url = undefined;
		for (const held of this.segments) {
			held.provider?.destroy();
			held.provider = undefined;
		}
	}

	/** Writes a message in the live segment, and now and then erases an earlier own one with it. */
	write(): void {
		if (messagesIn(this.segments.at(-1)!.doc) >= CRASH_SEGMENT_MAX) this.#begin();
		const held = this.segments.at(-1)!;
		const { doc, erased } = held;
		const log = `${this.#user}:${doc.clientID}`;
		doc.transact(() => {
			const before = this.#ownTexts(doc);
			if (held.said % 2 === 1) eraseOne(doc, log, held.said * 7);
			const after = new Set(this.#ownTexts(doc));
			say(doc, this.#user, `${this.name} ${this.#texts++}`);
			held.said += 1;
			for (const text of before) if (!after.has(text)) erased.push({ text, clock: 2 * held.said });
		});
	}

	/** Settles with the next ack. */
	nextAck(): Promise<void> {
		return new Promise((resolve) => (this.#onAck = resolve));
	}

	/** The segments in which something of it is not on the relay's disk, or something of others not here. */
	get behind(): string[] {
		return this.segments.flatMap((held, n) =>
			held.provider?.synced && isSent(held)
				? []
				: [`${this.name} ${n}: ${held.said} said, ${(held.acked.get(held.doc.clientID) ?? 0) / 2} acked`]
		);
	}

	#ownTexts(doc: Y.Doc): string[] {
		return (textsByClient(doc).get(doc.clientID) ?? []).map(({ text }) => text);
	}

	#begin(): void {
		this.segments.push({ doc: new Y.Doc(), acked: new Map(), erased: [], said: 0 });
		this.#openNext();
	}

	#openNext(): void {
		for (const [n, held] of this.segments.entries()) {
			if (this.#url === undefined) return;
			held.provider ??= this.#open(n, held);
			if (!isSent(held)) return;
		}
	}

	#open(n: number, held: HeldSegment): WebsocketProvider {
		const session = `${this.#user}-${this.name}`;
		const options = { session, doc: held.doc, room: segmentName(n), params: { ack: '1' } };
		const provider = openProvider(this.#url!, options);
		// The stock provider takes handlers of further message types.
		provider.messageHandlers[MESSAGE_ACK] = (_encoder, decoder) => {
			const { full, vector } = readAck(decoder);
			held.acked = full ? vector : new Map([...held.acked, ...vector]);
			this.#openNext();
			this.#onAck();
		};
		return provider;
	}
}

/** Messages of a segment, erased ones included. */
function messagesIn(doc: Y.Doc): number {
	let clocks = 0;
	for (const clock of Y.decodeStateVector(Y.encodeStateVector(doc)).values()) clocks += clock;
	return clocks / 2;
}
