/**
 * What a user keeps for themselves, on all of their devices: settings, pins, mutes, drafts and read state, as facts of
 * one document. Written with no network; each device writes keys of its own where two could disagree.
 */
import { onDocumentChange } from '../conversation/documentChanges';
import { createEmitter } from './emitter';
import { NO_DRAFTS_SEEN, readDrafts, type DraftState } from '../domain/draftState';
import { readFacts, writeFacts } from '../conversation/factDocument';
import { coversEntry } from '../domain/versionVector';
import type { AnyValue } from '../domain/boundedAny';
import type { Clock } from '../domain/clock';
import type { ConversationId, UserId } from '../domain/ids';
import type { Facts } from '../domain/facts';
import type { RoomSync } from './roomSync';
import type { HomeRefusal, KeptHere } from './homeRefusal';
import type { Tabs, Timers } from './ports';

export interface HomeOptions {
	readonly self: UserId;
	/** This tab of a browser profile, or process, among all of the user's. */
	readonly deviceId: string;
	readonly room: RoomSync;
	readonly clock: Clock;
	readonly timers: Timers;
	readonly tabs: Tabs;
}

/** Writing is gathered this long: a draft changes with every key, and one fact for each would be waste. */
const GATHER_MS = 400;

const NO_DRAFT: DraftState = { begun: [], seen: NO_DRAFTS_SEEN, bases: new Map(), heirs: new Map() };

export type Home = ReturnType<typeof openHome>;

export function openHome({ self, deviceId, room, clock, timers, tabs }: HomeOptions) {
	const changed = createEmitter();
	const due = new Map<string, () => AnyValue>();
	let stopTimer: (() => void) | undefined;
	let facts: Facts = new Map();
	let drafts = new Map<ConversationId, DraftState>();
	let stale = true;
	let refusal: HomeRefusal | undefined;

	function read(): void {
		if (!stale) return;
		facts = readFacts(room.doc);
		for (const { stamp } of facts.values()) clock.observe(stamp);
		drafts = readDrafts(facts);
		stale = false;
	}

	onDocumentChange(room.doc, () => {
		stale = true;
		changed.emit();
	});
	room.onChange(() => {
		if (refusal) refusal.follow();
		else if (room.status.at === 'refused') void followRefusals();
		changed.emit();
	});

	/** Little is ever refused, so what is done about it is loaded then. */
	async function followRefusals(): Promise<void> {
		const { createHomeRefusal } = await import('./homeRefusal');
		refusal ??= createHomeRefusal({ room, timers, self, clock, tabs });
		refusal.follow();
		changed.emit();
	}

	function flush(): void {
		stopTimer?.();
		stopTimer = undefined;
		if (due.size === 0) return;
		// Newer than what is not here yet, and based on none of it: it waits, and joins what comes.
		if (!room.isRead && !room.complete) {
			stopTimer = timers.after(GATHER_MS, flush);
			return;
		}
		read();
		const gathered = [...due];
		// What cannot be written must not be in the way of all that comes after it.
		due.clear();
		const wanted = new Map(gathered.map(([key, value]) => [key, value()]));
		writeFacts(room.doc, self, wanted, () => clock.tick());
	}

	/** The value is asked for when it is written, so that it is based on what is known by then. */
	function gather(key: string, value: () => AnyValue): void {
		due.set(key, value);
		stopTimer ??= timers.after(GATHER_MS, flush);
	}

	/** Writes at once after a pause, and gathers what follows: who reads a screen and leaves then has read it. */
	function note(key: string, value: () => AnyValue): void {
		due.set(key, value);
		if (stopTimer) return;
		flush();
		stopTimer ??= timers.after(GATHER_MS, flush);
	}

	const draftOf = (id: ConversationId): DraftState => {
		read();
		return drafts.get(id) ?? NO_DRAFT;
	};

	return {
		room,
		deviceId,
		whenLoaded: room.whenLoaded,
		onChange: changed.on,
		get facts(): Facts {
			read();
			return facts;
		},
		isOn(key: string): boolean {
			read();
			return facts.get(key)?.value === true;
		},
		/** The relay has on its disk what holds under the key, as far as it has told. */
		isTaken(key: string): boolean {
			read();
			const fact = facts.get(key);
			return fact !== undefined && coversEntry(room.acked, fact.client, fact.s);
		},
		/**
		 * Keys of pins, mutes and settings that the relay does not have as they are here, as far as it has told. Not of
		 * drafts, which say so themselves, and not of what was read, which nobody has asked for.
		 */
		get waiting(): readonly string[] {
			read();
			return [...facts.keys()].filter((key) => !this.isTaken(key) && !/^(draft|read)\//.test(key));
		},
		/** Writes a fact of the user's at once. A value of null takes it back. */
		set(key: string, value: AnyValue): void {
			writeFacts(room.doc, self, new Map([[key, value]]), () => clock.tick());
		},
		gather,
		note,
		draftOf,
		/** What the relay has of it is here, as of this connection; or it is refused, and what is here is all there is. */
		get isTold(): boolean {
			return room.status.at === 'synced' || refusal?.reason !== undefined;
		},
		/** Why what is written here is on this device alone, though there be a connection. */
		get keptHere(): KeptHere | undefined {
			return refusal?.reason;
		},
		/** There is a new connection: what was refused is tried again. */
		askAgain: () => refusal?.askNow(),
		/** Writes what is gathered, now: the page may be going. */
		flush,
		close(): Promise<void> {
			refusal?.close();
			flush();
			stopTimer?.();
			return room.close();
		}
	};
}
