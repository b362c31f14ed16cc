/**
 * A relay that runs by itself, as the app sees it: what is asked goes over a line to it, and sockets of devices that
 * come to the app are handed on. Invariant: what is asked is answered once, or fails.
 */
import { WebSocket } from 'ws';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { decodeWord, encodeWord, errorOf, LINE_PATH, RELAY_AWAY, type Asks } from './lineWords';
import type { LineFailure } from './lineWords';
import { pipeUpgrade } from './pipedUpgrade';
import type { AnyValue } from '../../domain/boundedAny';
import type { Entry, EntryId } from '../../domain/entry';
import type { ConversationId, UserId } from '../../domain/ids';
import type { Erasure } from '../../domain/erasures';
import type { RelayHealth, RelayPort, RelayLimitSettings, SegmentState, WrittenEntry } from '../relayPort';

export interface RemoteRelayOptions {
	/** Where the relay is, for example `http://127.0.0.1:3001`. */
	readonly url: URL;
	readonly secret: string;
	readonly log: Logger;
	/** Calls back once after so many milliseconds. Returns the way to stop it. */
	after(ms: number, action: () => void): () => void;
	onSegment(state: SegmentState): void;
	onWritten(room: string): void;
	/** What could not be written may be tried again. */
	onRetry(): void;
}

interface Pending {
	readonly resolve: (value: unknown) => void;
	readonly reject: (error: Error) => void;
}

const RECONNECT_MS = 250;
/** How long something that is asked waits for the line, and then for its answer. */
const LINE_WITHIN_MS = 2_000;
const ANSWER_WITHIN_MS = 30_000;

const away = (what: string) => errorOf({ message: what, code: RELAY_AWAY });

export class RemoteRelay implements RelayPort {
	readonly #options: RemoteRelayOptions;
	readonly #pending = new Map<number, Pending>();
	#line: WebSocket | undefined;
	#waiting: (() => void)[] = [];
	#asked = 0;
	#health: RelayHealth | undefined;
	#closed = false;
	#hasSaidAway = false;
	#stopTimer = () => {};

	constructor(options: RemoteRelayOptions) {
		this.#options = options;
		this.#connect();
	}

	handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
		if (!/^\/sync([/?]|$)/.test(request.url ?? '')) return false;
		const { hostname, port } = this.#options.url;
		pipeUpgrade(request, socket, head, { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 80) });
		return true;
	}

	async append(
		room: string,
		author: UserId,
		entries: readonly { kind: number; body: Uint8Array }[],
		options: { key?: string } = {}
	): Promise<WrittenEntry[]> {
		return (await this.#ask('append', room, author, entries, options)) as WrittenEntry[];
	}

	async writtenUnder(room: string, author: UserId, key: string): Promise<EntryId | undefined> {
		return ((await this.#ask('writtenUnder', room, author, key)) as EntryId | null) ?? undefined;
	}

	async erase(room: string, erasure: Erasure, why?: { kind: number; body: Uint8Array }): Promise<void> {
		await this.#ask('erase', room, erasure, why);
	}

	async writtenBy(user: UserId): Promise<string[]> {
		return (await this.#ask('writtenBy', user)) as string[];
	}

	async bytesOf(user: UserId): Promise<number> {
		return (await this.#ask('bytesOf', user)) as number;
	}

	async project(room: string, facts: ReadonlyMap<string, AnyValue>): Promise<void> {
		await this.#ask('project', room, [...facts]);
	}

	async entries(room: string): Promise<Entry[]> {
		return (await this.#ask('entries', room)) as Entry[];
	}

	async entry(room: string, id: EntryId): Promise<Entry | undefined> {
		return ((await this.#ask('entry', room, id)) as Entry | null) ?? undefined;
	}

	async segment(room: string): Promise<SegmentState> {
		return (await this.#ask('segment', room)) as SegmentState;
	}

	async messageVector(room: string): Promise<ReadonlyMap<number, number>> {
		return new Map((await this.#ask('messageVector', room)) as [number, number][]);
	}

	dropSession(sessionId: string): void {
		this.#tell('dropSession', sessionId);
	}

	dropMember(conversation: ConversationId, user: UserId): void {
		this.#tell('dropMember', conversation, user);
	}

	/** If it is away, it reads them by itself when this app is on the line again. */
	limit(limits: RelayLimitSettings): void {
		this.#tell('limit', limits);
	}

	health(): RelayHealth {
		return this.#health ?? { status: 'degraded', reason: 'the relay does not answer' };
	}

	async close(): Promise<void> {
		this.#closed = true;
		this.#stopTimer();
		this.#line?.terminate();
	}

	get #isUp(): boolean {
		return this.#line?.readyState === WebSocket.OPEN;
	}

	#connect(): void {
		const { url, secret } = this.#options;
		const line = new WebSocket(new URL(LINE_PATH, url), { headers: { authorization: `Bearer ${secret}` } });
		this.#line = line;
		line.on('open', () => this.#up());
		line.on('message', (bytes: Buffer) => this.#hear(new Uint8Array(bytes)));
		line.on('error', (error) => this.#sayAway(error.message));
		line.on('close', () => this.#down());
	}

	#up(): void {
		this.#options.log.info({}, 'the relay is on the line');
		this.#hasSaidAway = false;
		for (const go of this.#waiting.splice(0)) go();
		this.#options.onRetry();
	}

	#down(): void {
		this.#health = undefined;
		if (!this.#closed) this.#sayAway('it ended');
		for (const { reject } of this.#pending.values()) reject(away('the line to the relay broke'));
		this.#pending.clear();
		if (!this.#closed) this.#stopTimer = this.#options.after(RECONNECT_MS, () => this.#connect());
	}

	#sayAway(reason: string): void {
		if (this.#hasSaidAway || this.#closed) return;
		this.#hasSaidAway = true;
		this.#options.log.error({ reason }, 'the relay does not answer; it is tried again');
	}

	#hear(bytes: Uint8Array): void {
		const [id, what, value] = decodeWord(bytes);
		if (id !== 0) {
			if (what === true) this.#pending.get(id)?.resolve(value);
			else this.#pending.get(id)?.reject(errorOf(value as LineFailure));
			this.#pending.delete(id);
		} else if (what === 'segment') this.#options.onSegment(value as SegmentState);
		else if (what === 'written') for (const room of value as string[]) this.#options.onWritten(room);
		else if (what === 'health') this.#health = value as RelayHealth;
		else if (what === 'retry') this.#options.onRetry();
	}

	async #ask<Op extends keyof Asks>(op: Op, ...given: Asks[Op]): Promise<unknown> {
		if (!this.#isUp) await this.#within(LINE_WITHIN_MS, (go) => this.#waiting.push(go));
		return this.#within(ANSWER_WITHIN_MS, (resolve, reject) => {
			const id = ++this.#asked;
			this.#pending.set(id, { resolve, reject });
			this.#line?.send(encodeWord(id, op, given));
		});
	}

	/** What `start` comes to; fails if that takes too long. */
	async #within<T>(
		ms: number,
		start: (resolve: (value?: T) => void, reject: (error: Error) => void) => void
	): Promise<T | undefined> {
		let stop = () => {};
		try {
			return await new Promise<T | undefined>((resolve, reject) => {
				stop = this.#options.after(ms, () => reject(away('the relay does not answer')));
				start(resolve, reject);
			});
		} finally {
			stop();
		}
	}

	/** What was told while the line is down is in the database: the relay asks for it when it is up. */
	#tell<Op extends keyof Asks>(op: Op, ...given: Asks[Op]): void {
		if (!this.#isUp) return;
		this.#ask(op, ...given).catch((error: unknown) =>
			this.#options.log.warn({ err: error, op }, 'the relay could not be told')
		);
	}
}
