/**
 * An honest device: one room through an unmodified provider, on a socket of its own or on the real link. It writes what
 * people write, goes away and comes back, and is reloaded: the same entries in a new document, under a new client id.
 */
import * as Y from 'yjs';
import {
	cancelMessage,
	writeEdit,
	writeMessage,
	writeQueuedEdit,
	writeReaction,
	writeReceipt,
	writeRedaction,
	type Writing
} from '../../src/lib/conversation/messageWrites';
import { Clock } from '../../src/lib/domain/clock';
import { covers, joinVectors, EMPTY_VECTOR, type VersionVector } from '../../src/lib/domain/versionVector';
import { createChannelSocketClass } from '../../src/lib/sync/channelSocket';
import { createLink } from '../../src/lib/sync/link';
import { createMemoryDisk } from '../../src/lib/sync/memoryStorage';
import { formatEntryId, KIND, type Entry } from '../../src/lib/domain/entry';
import { headlessPorts } from '../../src/lib/sync/headlessDevice';
import { LogDocument } from '../../src/lib/conversation/logDocument';
import { MESSAGE_ACK, readAck } from '../../src/lib/protocol/ack';
import { socketClassFor } from '../../sync-server/sessionSocket.fixture';
import { stockProvider } from './stockProvider';
import type { Random } from '../load/seededRandom';

export interface HonestDeviceOptions {
	readonly url: string;
	readonly room: string;
	readonly user: string;
	readonly name: string;
	readonly onLink: boolean;
	/** Called with every change that another look is worth. */
	readonly onChange: () => void;
	/** Called with the code of a refusal. */
	readonly onRefused: (code: number) => void;
}

/** A device's pauses before it reconnects, so many times shorter. */
const HASTE = 20;

export class HonestDevice {
	readonly user: string;
	readonly room: string;
	readonly #options: HonestDeviceOptions;
	readonly #clock = new Clock(Date.now);
	readonly #link: ReturnType<typeof openLink> | undefined;
	#doc = new Y.Doc();
	#acked: VersionVector = EMPTY_VECTOR;
	#provider: ReturnType<typeof stockProvider>;

	constructor(options: HonestDeviceOptions) {
		this.user = options.user;
		this.room = options.room;
		this.#options = options;
		this.#link = options.onLink ? openLink(options) : undefined;
		this.#provider = this.#open();
	}

	get doc(): Y.Doc {
		return this.#doc;
	}

	/** All that is in the document is on the relay's disk, and the other way around as far as it told. */
	get isSettled(): boolean {
		const held = Y.decodeStateVector(Y.encodeStateVector(this.#doc));
		return this.#provider.synced && covers(this.#acked, held) && covers(held, this.#acked);
	}

	connect(): void {
		this.#link?.connect();
		this.#provider.connect();
	}

	disconnect(): void {
		this.#provider.disconnect();
	}

	/** The line breaks under it: the provider finds out and tries again. */
	breakLine(): void {
		if (this.#link) {
			this.#link.disconnect();
			this.#link.connect();
		} else this.#provider.ws?.close();
	}

	reload(): void {
		const kept = Y.encodeStateAsUpdate(this.#doc);
		const wasConnected = this.#provider.shouldConnect;
		this.#close();
		this.#doc = new Y.Doc();
		Y.applyUpdate(this.#doc, kept);
		this.#provider = this.#open(wasConnected);
	}

	/** Does one of the things that people do to messages. */
	act(random: Random): void {
		const logs = new LogDocument(this.#doc);
		const entries = logs.entries();
		logs.destroy();
		const { user: self } = this;
		const to: Writing = { doc: this.#doc, segment: 0, self, tick: () => this.#clock.tick() };
		const seen = entries.filter(({ kind }) => kind === KIND.message);
		const own = seen.filter(({ author, body }) => author === self && body);
		const any = seen.length > 0 ? formatEntryId(random.pick(seen)) : undefined;
		const mine = own.length > 0 ? random.pick(own) : undefined;
		const text = `${this.#options.name} ${random.below(1_000_000)}`;
		const what = random.below(12);
		if (what >= 6 && mine) this.#change(to, what, formatEntryId(mine), entries, text);
		else if (what === 5 && any) writeReaction(to, any, '👍', random.below(2) === 0);
		else if (what === 4) writeReceipt(to, Y.decodeStateVector(Y.encodeStateVector(this.#doc)), entries);
		else for (let i = random.below(4); i >= 0; i--) writeMessage(to, { text, replyTo: any });
	}

	dispose(): void {
		this.#close();
		this.#link?.disconnect();
	}

	#change(to: Writing, what: number, target: string, entries: readonly Entry[], text: string): void {
		if (what === 6) writeEdit(to, target, { text });
		else if (what === 7) writeRedaction(to, target, entries);
		else if (what === 8) cancelMessage(to, target, entries);
		else if (what === 9) writeQueuedEdit(to, target, { text }, entries);
		else writeMessage(to, { text, replyTo: target });
	}

	#open(connect = true) {
		const { url, room, user, name, onChange, onRefused } = this.#options;
		const SocketClass = this.#link ? createChannelSocketClass(this.#link) : socketClassFor(`${user}-${name}`);
		const provider = stockProvider({ url, room, doc: this.#doc, SocketClass, connect });
		provider.messageHandlers[MESSAGE_ACK] = (_encoder, decoder) => {
			const { full, vector } = readAck(decoder);
			this.#acked = full ? vector : joinVectors(this.#acked, vector);
			onChange();
		};
		provider.on('closed', ({ code }: { code: number }) => onRefused(code));
		provider.on('sync', onChange);
		this.#doc.on('afterTransaction', ({ origin, afterState }: Y.Transaction) => {
			// What comes from the relay is on its disk: fan-out follows its commit.
			if (origin === provider) this.#acked = joinVectors(this.#acked, joined(afterState, this.#doc.clientID));
			onChange();
		});
		return provider;
	}

	#close(): void {
		this.#provider.destroy();
		this.#doc.destroy();
	}
}

/** What a document has of others. */
function joined(state: ReadonlyMap<number, number>, self: number): VersionVector {
	return new Map([...state].filter(([client]) => client !== self));
}

function openLink({ url, user, name }: HonestDeviceOptions) {
	const ports = headlessPorts({ token: `${user}-${name}`, disk: createMemoryDisk(), now: Date.now });
	const hurried = { after: (ms: number, action: () => void) => ports.timers.after(ms / HASTE, action) };
	const link = createLink(url, { ...ports, timers: hurried });
	link.connect();
	return link;
}
