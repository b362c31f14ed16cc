/**
 * Two honest devices of one user that talk in the room under attack. Invariants: each line counts once the relay has
 * acked it and the other device has it; lines flow while an attack runs, not only behind it.
 */
import * as Y from 'yjs';
import { MESSAGE_ACK, readAck } from '../../src/lib/protocol/ack';
import { say } from '../writing.fixture';
import type * as decoding from 'lib0/decoding';
import type { UserId } from '../../src/lib/domain/ids';
import type { WebsocketProvider } from 'y-websocket';

/** A stock provider whose acks are heard. */
export class Bystander {
	readonly doc: Y.Doc;
	readonly user: UserId;
	readonly #provider: WebsocketProvider;
	readonly #acked = new Map<number, number>();
	#onAck = () => {};

	/** The provider's channel asks for acks (`ack=1`). */
	constructor(user: UserId, provider: WebsocketProvider) {
		this.doc = provider.doc;
		this.user = user;
		this.#provider = provider;
		provider.messageHandlers[MESSAGE_ACK] = (_encoder, decoder: decoding.Decoder) => {
			const { full, vector } = readAck(decoder);
			if (full) this.#acked.clear();
			for (const [client, clock] of vector) this.#acked.set(client, clock);
			this.#onAck();
		};
	}

	/** Settles once it has synced. */
	synced(): Promise<void> {
		return new Promise((resolve) => {
			if (this.#provider.synced) resolve();
			else this.#provider.once('sync', () => resolve());
		});
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

/** So many lines come through while an attack runs. */
const LINES_MIN = 4;

/** So often an attack is run that is over before they did. */
const TRIES_MAX = 200;

export class Talk {
	readonly phone: Bystander;
	readonly laptop: Bystander;
	readonly said: string[] = [];
	/** Milliseconds from writing a line to its arrival on the other device, ack included: reported, never asserted. */
	readonly latencies: number[] = [];

	constructor(phone: Bystander, laptop: Bystander) {
		this.phone = phone;
		this.laptop = laptop;
	}

	async begin(): Promise<this> {
		await Promise.all([this.phone.synced(), this.laptop.synced()]);
		await this.#exchange();
		return this;
	}

	/**
	 * Runs an attack while the two talk on, again and again until {@link LINES_MIN} lines were begun, acked and delivered while
	 * it ran; settles once they have talked behind it. Of one that `lasts` each of them has to be within one run, behind the
	 * call by which it may say that it is under way: what comes through before it has begun in earnest says nothing.
	 */
	async during<T>(attack: (underWay: () => void) => Promise<T>, lasts = false): Promise<T> {
		let isOver = false;
		let [earlier, flowed] = [0, 0];
		let phase = 0;
		const beginPhase = () => {
			phase += 1;
			flowed = 0;
		};
		const run = async (): Promise<T> => {
			for (let tries = 1; ; tries++) {
				if (lasts) beginPhase();
				const result = await attack(beginPhase);
				earlier += flowed;
				flowed = 0;
				if (earlier >= LINES_MIN) return result;
				if (tries === TRIES_MAX) throw new Error(`${earlier} lines came through while the attack ran`);
			}
		};
		const attacked = run().finally(() => {
			isOver = true;
		});
		// Awaited below: until then its failure is nobody's yet.
		attacked.catch(() => {});
		while (!isOver) {
			for (const [from, to] of [
				[this.phone, this.laptop],
				[this.laptop, this.phone]
			] as const) {
				const begun = phase;
				await this.#line(from, to);
				if (begun === phase && !isOver) flowed += 1;
			}
		}
		const result = await attacked;
		await this.#exchange();
		return result;
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
