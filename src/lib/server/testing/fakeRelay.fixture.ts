/** A relay of maps, for tests of the server alone. What it holds outlives the server under test, as a disk would. */
import { equalFlat } from 'lib0/array';
import type { AnyValue } from '../../domain/boundedAny';
import { formatEntryId, KIND, type Entry, type EntryId } from '../../domain/entry';
import { erasedBy, type Erasure } from '../../domain/erasures';
import { SYSTEM_USER, type ConversationId, type UserId } from '../../domain/ids';
import { parseRoom } from '../../protocol/rooms';
import type { RelayHealth, RelayPort, RelayLimitSettings, SegmentState, WrittenEntry } from '../relayPort';

const keyOf = (room: string, author: UserId, key: string): string =>
	`${room.replace(/^(c\/.*)\/\d+$/, '$1')} ${author} ${key}`;

const NEVER = new Promise<never>(() => {});

export class FakeRelay implements RelayPort {
	readonly droppedSessions: string[] = [];
	readonly droppedMembers: (readonly [ConversationId, UserId])[] = [];
	/** What it was told to hold people to. */
	limits: RelayLimitSettings = {};
	/** While true the relay answers nothing, as if the process had been killed on the way. */
	isStuck = false;
	/** While true it writes, and is killed before it can say so. */
	forgetsToAnswer = false;
	/** While true every write fails. */
	isBroken = false;
	/** Messages after which a segment is full. */
	messagesMax = Infinity;
	/** Projections that wait for {@link holdProjections} to be released. */
	held = 0;
	/** Rooms whose projection was asked for. */
	readonly asked = new Set<string>();
	#gate: Promise<void> = Promise.resolve();
	#written = 0;
	readonly #facts = new Map<string, Map<string, AnyValue>>();
	readonly #entries = new Map<string, Entry[]>();
	readonly #keys = new Map<string, WrittenEntry[]>();

	async append(
		room: string,
		author: UserId,
		entries: readonly { kind: number; body: Uint8Array }[],
		{ key }: { key?: string } = {}
	): Promise<WrittenEntry[]> {
		await this.#fault();
		const keyed = key === undefined ? undefined : keyOf(room, author, key);
		const before = keyed === undefined ? undefined : this.#keys.get(keyed);
		if (before) return before.map(({ id }) => ({ id, stamp: undefined }));
		const written = entries.map((entry) => this.#write(room, author, entry));
		if (keyed !== undefined) this.#keys.set(keyed, written);
		return this.forgetsToAnswer ? NEVER : written;
	}

	async writtenUnder(room: string, author: UserId, key: string): Promise<EntryId | undefined> {
		await this.#fault();
		return this.#keys.get(keyOf(room, author, key))?.[0]?.id;
	}

	async erase(room: string, erasure: Erasure, why?: { kind: number; body: Uint8Array }): Promise<void> {
		await this.#fault();
		const log = this.#entries.get(room) ?? [];
		const { bodies, whole } = erasedBy(erasure, log);
		const [gone, goneWhole] = [new Set(bodies), new Set(whole)];
		this.#entries.set(
			room,
			log
				.filter((entry) => !goneWhole.has(entry))
				.map((entry) => (gone.has(entry) ? { ...entry, body: undefined } : entry))
		);
		const isSaid = log.some(
			({ author, body }) => author === SYSTEM_USER && body && why && equalFlat(body, why.body)
		);
		if (why && !isSaid) this.#write(room, SYSTEM_USER, why);
	}

	async writtenBy(user: UserId): Promise<string[]> {
		const wrote = (log: readonly Entry[]) => log.some(({ author }) => author === user);
		return [...this.#entries].filter(([, log]) => wrote(log)).map(([room]) => room);
	}

	async bytesOf(user: UserId): Promise<number> {
		await this.#fault();
		const own = [...this.#entries.values()].flat().filter(({ author }) => author === user);
		return own.reduce((sum, { body }) => sum + (body?.length ?? 0), 0);
	}

	async project(room: string, facts: ReadonlyMap<string, AnyValue>): Promise<void> {
		await this.#fault();
		this.asked.add(room);
		this.held++;
		await this.#gate;
		this.held--;
		const gone = [...(this.#facts.get(room) ?? new Map()).keys()].filter((key) => !facts.has(key));
		this.#facts.set(room, new Map([...facts, ...gone.map((key) => [key, null] as const)]));
	}

	/** Lets projections wait from now on; returns the way to let them go. */
	holdProjections(): () => void {
		let release = () => {};
		this.#gate = new Promise((resolve) => (release = resolve));
		return release;
	}

	async entries(room: string): Promise<Entry[]> {
		return [...(this.#entries.get(room) ?? [])];
	}

	async entry(room: string, id: EntryId): Promise<Entry | undefined> {
		return this.#entries.get(room)?.find((entry) => formatEntryId(entry) === id);
	}

	async segment(room: string): Promise<SegmentState> {
		const times = (this.#entries.get(room) ?? [])
			.filter(({ kind }) => kind === KIND.message)
			.map(({ stamp }) => stamp.ms);
		const parsed = parseRoom(room);
		if (parsed?.type !== 'segment') throw new Error(`${room} is no segment`);
		const { conversation, segment } = parsed;
		const isFull = times.length >= this.messagesMax;
		return { conversation, segment, firstMs: times[0], lastMs: times.at(-1), isFull };
	}

	async messageVector(room: string): Promise<ReadonlyMap<number, number>> {
		return new Map([[1, 2 * (this.#entries.get(room)?.length ?? 0)]]);
	}

	/** What a document that the server writes says, by key. */
	facts(room: string): Record<string, AnyValue> {
		return Object.fromEntries(this.#facts.get(room) ?? []);
	}

	dropSession(sessionId: string): void {
		this.droppedSessions.push(sessionId);
	}

	dropMember(conversation: ConversationId, user: UserId): void {
		this.droppedMembers.push([conversation, user]);
	}

	limit(limits: RelayLimitSettings): void {
		this.limits = { ...this.limits, ...limits };
	}

	health(): RelayHealth {
		return this.isBroken ? { status: 'degraded', reason: 'the disk is full' } : { status: 'ok' };
	}

	async close(): Promise<void> {}

	async #fault(): Promise<void> {
		if (this.isStuck) return NEVER;
		if (this.isBroken) throw new Error('the disk is full');
	}

	#write(room: string, author: UserId, { kind, body }: { kind: number; body: Uint8Array }): WrittenEntry {
		const log = this.#entries.get(room) ?? [];
		const parsed = parseRoom(room);
		const ref = { segment: parsed?.type === 'segment' ? parsed.segment : 0, client: 1, s: log.length };
		const stamp = { ms: 1_000 + ++this.#written, counter: 0 };
		log.push({ version: 0, kind, author, body, stamp, ...ref });
		this.#entries.set(room, log);
		return { id: formatEntryId(ref), stamp };
	}
}
