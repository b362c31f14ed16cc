/**
 * Two honest devices of one user that talk in the room under attack. Invariants: each line counts once the relay has
 * acked it and the other device has it; however long an attack lasts, lines flow until it is over, and one behind it.
 */
import type * as decoding from 'lib0/decoding';
import * as Y from 'yjs';
import { expect } from 'vitest';
import { ALICE, openProvider, ROOM, startRelay, whenSynced, type StartOptions } from '../relay.fixture';
import { MESSAGE_ACK, readAck } from '../../src/lib/protocol/ack';
import { RawClient, type RawClientOptions } from '../rawClient.fixture';
import { say, textsOf } from '../writing.fixture';
import type { RoomStore } from '../roomStore';
import type { UserId } from '../../src/lib/domain/ids';

export interface BystanderOptions {
	/** Names the session: `<user>-<anything>`. */
	readonly session: string;
	readonly room?: string;
	readonly SocketClass?: typeof globalThis.WebSocket;
}

/** A stock provider whose acks are heard. */
export class Bystander {
	readonly doc = new Y.Doc();
	readonly user: UserId;
	readonly #synced: Promise<void>;
	readonly #acked = new Map<number, number>();
	#onAck = () => {};

	constructor(url: string, options: BystanderOptions) {
		this.user = options.session.slice(0, 16);
		const provider = openProvider(url, { ...options, doc: this.doc, params: { ack: '1' } });
		provider.messageHandlers[MESSAGE_ACK] = (_encoder, decoder: decoding.Decoder) => {
			const { full, vector } = readAck(decoder);
			if (full) this.#acked.clear();
			for (const [client, clock] of vector) this.#acked.set(client, clock);
			this.#onAck();
		};
		this.#synced = whenSynced(provider);
	}

	get synced(): Promise<void> {
		return this.#synced;
	}

	/** How many items its log has. */
	get clock(): number {
		return this.has(this.doc.clientID);
	}

	/** How many items of a client's log it has. */
	has(client: number): number {
		return Y.getState(this.doc.store, client);
	}

	/** Settles once the relay has acked all that it wrote until now. */
	acked(): Promise<void> {
		const { clock } = this;
		return new Promise((resolve) => {
			this.#onAck = () => {
				if ((this.#acked.get(this.doc.clientID) ?? 0) >= clock) resolve();
			};
			this.#onAck();
		});
	}

	/** Settles once it has all that the other wrote until now. */
	hears({ doc: { clientID }, clock }: Bystander): Promise<void> {
		return new Promise((resolve) => {
			const look = () => {
				if (this.has(clientID) < clock) return;
				this.doc.off('update', look);
				resolve();
			};
			this.doc.on('update', look);
			look();
		});
	}
}

/** Milliseconds from writing a line to its arrival on the other device, ack included: for reports, never asserted. */
export type Latencies = number[];

export class Talk {
	readonly phone: Bystander;
	readonly laptop: Bystander;
	readonly said: string[] = [];
	readonly latencies: Latencies = [];

	constructor(url: string, options: Omit<BystanderOptions, 'session'> = {}) {
		this.phone = new Bystander(url, { ...options, session: `${ALICE}-phone` });
		this.laptop = new Bystander(url, { ...options, session: `${ALICE}-laptop` });
	}

	async begin(): Promise<this> {
		await Promise.all([this.phone.synced, this.laptop.synced]);
		await this.#exchange();
		return this;
	}

	/** Runs an attack while the two talk on; settles once it is over and they have talked behind it. */
	async during<T>(attack: () => Promise<T>): Promise<T> {
		let isOver = false;
		const attacked = attack().finally(() => {
			isOver = true;
		});
		// Awaited below: until then its failure is nobody's yet.
		attacked.catch(() => {});
		while (!isOver) await this.#exchange();
		await this.#exchange();
		return attacked;
	}

	async #exchange(): Promise<void> {
		await this.#line(this.phone, this.laptop);
		await this.#line(this.laptop, this.phone);
	}

	async #line(from: Bystander, to: Bystander): Promise<void> {
		const text = `line ${this.said.length}`;
		this.said.push(text);
		const startedAt = performance.now();
		say(from.doc, from.user, text);
		await Promise.all([from.acked(), to.hears(from)]);
		this.latencies.push(performance.now() - startedAt);
	}
}

/** A room in which two devices of Alice talk, and whoever attacks it. */
export async function attackedRoom(options: StartOptions = {}) {
	const started = await startRelay(options);
	const talk = await new Talk(started.url).begin();
	/** A client that is admitted, or not: it is connected. */
	const attacker = async (of: RawClientOptions) => {
		const client = new RawClient(started.url, of);
		await client.opened;
		return client;
	};
	return {
		...started,
		talk,
		attacker,
		/** Runs the attack beside the talk; gives what it gives. Everything must be as it should be behind it. */
		async attack<T>(act: () => Promise<T>, alsoThere: readonly string[] = []): Promise<T> {
			const result = await talk.during(act);
			await expectIntact(started, talk, alsoThere);
			return result;
		}
	};
}

/** The room holds what was said and nothing else, leaves nothing pending, and is the same after a restart. */
async function expectIntact(
	{ url, log, store }: { url: string; log: { lines: readonly object[] }; store: RoomStore },
	{ phone, laptop, said }: Talk,
	alsoThere: readonly string[]
): Promise<void> {
	const expected = [...said, ...alsoThere].sort();
	expect(log.lines.filter((line) => 'level' in line && line.level === 'error')).toEqual([]);
	const again = await startRelay({ store });
	for (const address of [url, again.url]) {
		const reader = new Bystander(address, { session: `${ALICE}-reader` });
		await reader.synced;
		expect(textsOf(reader.doc)).toEqual(expected);
		expect(reader.doc.store.pendingStructs).toBeNull();
		expect(reader.doc.store.pendingDs).toBeNull();
		for (const { doc } of [phone, laptop]) {
			const name = `${ALICE}:${doc.clientID}`;
			expect(reader.doc.getArray(name).toArray()).toEqual(doc.getArray(name).toArray());
		}
	}
	expect(again.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
	expect((await store.load(ROOM)).updates.length).toBeGreaterThan(0);
}
